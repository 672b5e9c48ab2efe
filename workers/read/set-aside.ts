import type { SetAsideRow } from '../../src/core/table/read-params';
import { counted, formatCount } from '../../src/core/words';

/** So many rows are listed, the others counted: with their texts they take some 50 MB at the most. */
export const maxSetAside = 100_000;
const maxText = 500;

/** A row with more fields than the table has columns. */
export function tooLong(line: number, nFields: number, width: number, text: string): SetAsideRow {
  const reason = `Line ${formatCount(line)} has ${counted(nFields, 'field')}, ${formatCount(width)} expected.`;
  return { line, column: '', reason, text };
}

/** A row as it stands in the file; of a long one the beginning. */
export function textOfRow(
  fields: readonly string[],
  separator: string,
  quote: string,
  escape: string,
): string {
  const needsQuotes = (field: string) =>
    [separator, quote, '\n', '\r'].some((text) => field.includes(text));
  const text = fields
    .map((field) =>
      needsQuotes(field) ? quote + field.replaceAll(quote, escape + quote) + quote : field,
    )
    .join(separator);
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text;
}
