import type { ParserDialect } from './papa-parser';

/** No gap is held back for longer than this. */
const maxHeldBack = 256;

/**
 * For files written for the eye, `1, "Doe, John"`: the parser takes a quote for a quote only right behind the
 * delimiter, so the spaces between them are taken out. A doubled quote is left alone: inside a cell it stands for one.
 */
export class QuoteGaps {
  readonly #gap: RegExp;
  readonly #closed: string;
  readonly #edge: string;
  #heldBack = '';

  constructor({ separator, quote }: ParserDialect) {
    const literal = separator === '|' ? '\\|' : separator;
    this.#gap = new RegExp(`${literal} +${quote}(?!${quote})`, 'g');
    this.#closed = separator + quote;
    this.#edge = `${separator} ${quote}`;
  }

  /** @param isLast false keeps back what may be the beginning of a gap at the end of the text */
  close(text: string, isLast: boolean): string {
    const all = this.#heldBack + text;
    let end = all.length;
    if (!isLast) {
      const least = Math.max(0, end - maxHeldBack);
      while (end > least && this.#edge.includes(all[end - 1])) end--;
    }
    this.#heldBack = all.slice(end);
    return all.slice(0, end).replace(this.#gap, this.#closed);
  }
}

/** The fields of a row of such a file, without the spaces that set them apart. */
export function withoutPadding(fields: readonly string[]): string[] {
  return fields.map((field) => {
    const text = field.trim();
    return text === '""' ? '' : text;
  });
}
