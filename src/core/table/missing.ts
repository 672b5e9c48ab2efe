/** Ways of writing "nothing here", compared without regard to case and to spaces around them. */
export const defaultMissingTokens: readonly string[] = [
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
];

const missingTokens = new Set(['', ...defaultMissingTokens]);
const longest = Math.max(...defaultMissingTokens.map((token) => token.length));

/** What counts as missing: by default, or by the list that the user gave. */
export interface MissingRule {
  readonly isGiven: boolean;
  readonly tokens: readonly string[];
  isMissing(cell: string): boolean;
  /** What a missing cell is counted as: itself without spaces, or the token of the list that it matches. */
  tokenOf(cell: string): string;
}

/** @param tokens `auto` for {@link defaultMissingTokens}; a blank cell is missing whatever they are */
export function missingRule(tokens: 'auto' | readonly string[]): MissingRule {
  if (tokens === 'auto') return defaultRule;
  const spelled = new Map([['', '']]);
  for (const token of tokens) {
    const folded = token.trim().toLowerCase();
    if (!spelled.has(folded)) spelled.set(folded, token.trim());
  }
  const longestGiven = Math.max(...[...spelled.keys()].map((token) => token.length));
  const tokenOf = (cell: string) => {
    const trimmed = cell.trim();
    // No letter becomes shorter in lower case.
    return trimmed.length > longestGiven ? undefined : spelled.get(trimmed.toLowerCase());
  };
  return {
    isGiven: true,
    tokens,
    isMissing: (cell) => cell === '' || tokenOf(cell) !== undefined,
    tokenOf: (cell) => tokenOf(cell) ?? cell.trim(),
  };
}

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

const defaultRule: MissingRule = {
  isGiven: false,
  tokens: defaultMissingTokens,
  isMissing: isMissingText,
  tokenOf: (cell) => cell.trim(),
};

/** Missing tokens that are also words, which a column of words may mean: Namibia, "none of these". */
export function mayBeAValue(text: string): boolean {
  // Most cells end here: they begin with another character of ASCII than a space or an n.
  const first = text.charCodeAt(0);
  if (first > 32 && first < 128 && (first | 32) !== 110) return false;
  const trimmed = text.trim();
  return trimmed === 'NA' || trimmed === 'None' || trimmed === 'none' || trimmed === 'Nil';
}
