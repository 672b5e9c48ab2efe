/** Codes of the bytes that end lines. */
export const LF = 10;
export const CR = 13;

/** What {@link fieldEnd} says of a field that is not plain. */
export const notPlain = -1;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/**
 * Where the field that begins at `start` ends: the place of its separator or line end. Lines end with LF or CR LF, the
 * last one too. In quotes stands a field that begins with a quote; it ends with one, on the same line, and quotes inside
 * are doubled. Whatever else quotes, line ends and NULs do is {@link notPlain}.
 */
export function fieldEnd(
  bytes: Uint8Array,
  start: number,
  separator: number,
  quote: number,
): number {
  let at = start;
  if (bytes[at] === quote) {
    at = closingQuote(bytes, at + 1, quote) + 1;
    if (at === 0) return notPlain;
    const code = bytes[at];
    const isEnd = code === separator || code === LF || (code === CR && bytes[at + 1] === LF);
    return isEnd ? at : notPlain;
  }
  for (; ; at++) {
    const code = bytes[at];
    if (code === separator || code === LF) return at;
    if (code === CR) return bytes[at + 1] === LF ? at : notPlain;
    if (code === 0) return notPlain;
  }
}

function closingQuote(bytes: Uint8Array, start: number, quote: number): number {
  for (let at = start; ; at++) {
    const code = bytes[at];
    if (code === quote) {
      if (bytes[at + 1] !== quote) return at;
      at++;
    } else if (code === LF || code === CR || code === 0) {
      return notPlain;
    }
  }
}

/** The content of the field in `[start, end)`, without its quotes. */
export function fieldText(bytes: Uint8Array, start: number, end: number, quote: number): string {
  if (bytes[start] !== quote) return textOf(bytes, start, end);
  const mark = String.fromCharCode(quote);
  return textOf(bytes, start + 1, end - 1).replaceAll(mark + mark, mark);
}

/** Where the line after the one with the line end at `end` begins. */
export function afterLine(bytes: Uint8Array, end: number): number {
  return bytes[end] === CR ? end + 2 : end + 1;
}

/** All fields of the line that begins at `start`, and where the next line begins; null when one is not plain. */
export function splitLine(
  bytes: Uint8Array,
  start: number,
  separator: number,
  quote: number,
): { fields: string[]; next: number } | null {
  const fields: string[] = [];
  for (let at = start; ;) {
    const end = fieldEnd(bytes, at, separator, quote);
    if (end === notPlain) return null;
    fields.push(fieldText(bytes, at, end, quote));
    if (bytes[end] !== separator) return { fields, next: afterLine(bytes, end) };
    at = end + 1;
  }
}
