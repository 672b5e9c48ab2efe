import type { SetAsideRow } from '../../src/core/table/read-params';
import { counted, formatCount } from '../../src/core/words';

/** So many rows are listed, the others counted. */
export const maxSetAside = 1000;
const maxText = 200;

/** A row with more fields than the table has columns. */
export function tooLong(line: number, nFields: number, width: number, text: string): SetAsideRow {
  const reason = `Line ${formatCount(line)} has ${counted(nFields, 'field')}, ${formatCount(width)} expected.`;
  return { line, reason, text };
}

/** The beginning of a row, as it stands in the file. */
export function textOfRow(
  fields: readonly string[],
  separator: string,
  quote: string,
  escape: string,
): string {
  const needsQuotes = (field: string) =>
    [separator, quote, '\n', '\r'].some((text) => field.includes(text));
  return fields
    .map((field) =>
      needsQuotes(field) ? quote + field.replaceAll(quote, escape + quote) + quote : field,
    )
    .join(separator)
    .slice(0, maxText);
}
