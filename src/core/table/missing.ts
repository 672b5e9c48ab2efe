/** Ways of writing "nothing here", compared without regard to case and to spaces around them. */
const missingTokens = new Set([
  '',
  'na',
  'n/a',
  'n.a.',
  'nan',
  '-nan',
  '+nan',
  'null',
  '(null)',
  'none',
  'nil',
  '<na>',
  '\\n',
  '-',
  '--',
  '---',
  '–',
  '—',
  '.',
  '?',
  '(blank)',
  '#n/a',
  '#n/a n/a',
  '#na',
  '#null!',
  '#div/0!',
  '#value!',
  '#ref!',
  '#num!',
  '#name?',
  '1.#ind',
  '-1.#ind',
  '1.#qnan',
  '-1.#qnan',
]);

const longest = Math.max(...[...missingTokens].map((token) => token.length));

/** True when the cell says that there is no value: '', NA, n/a, NULL, None, -, ?, #N/A … */
export function isMissingText(text: string): boolean {
  if (text === '') return true;
  // Most cells begin with a digit and end here.
  const first = text.charCodeAt(0);
  if (first === 48 || (first >= 50 && first <= 57)) return false;
  // All tokens that begin with a letter begin with n.
  const lower = first | 32;
  if (lower >= 97 && lower <= 122 && lower !== 110) return false;
  const trimmed = text.trim();
  return trimmed.length <= longest && missingTokens.has(trimmed.toLowerCase());
}

/** Missing tokens that are also words, which a column of words may mean: Namibia, "none of these". */
export function mayBeAValue(text: string): boolean {
  // Most cells end here: they begin with another character of ASCII than a space or an n.
  const first = text.charCodeAt(0);
  if (first > 32 && first < 128 && (first | 32) !== 110) return false;
  const trimmed = text.trim();
  return trimmed === 'NA' || trimmed === 'None' || trimmed === 'none' || trimmed === 'Nil';
}
