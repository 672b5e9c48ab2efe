/** A piece of a document. Only `markup` and `raw` make one, so text from a file can never become markup. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | null | readonly Markup[];

/** Everything that is put in is text, but for pieces that were made the same way; null and lists of none are nothing. */
export function markup(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = pieces[0];
  parts.forEach((part, i) => (text += textOf(part) + pieces[i + 1]));
  return { markup: text };
}

/** Markup of our own: style sheets, numbers of a drawing. Never anything that came from a file. */
export function raw(text: string): Markup {
  return { markup: text };
}

function textOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return escapeText(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map(({ markup }) => markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** As text between tags or inside quotes. What no document may hold (control characters) becomes a visible mark. */
export function escapeText(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (character) => entities[character]);
}
