import type { Queries } from '../src/contract/queries';
import type { ModelInput } from '../src/core/model';
import { cellText, isMissing, type Table } from '../src/core/table/table';

/**
 * A row of a table, as the form asks for it.
 *
 * @param wanted what is written in the key column; where nobody has it, the number of a row, from 1
 */
export function findCustomer(
  { columns, nRows, lines }: Table,
  inputs: readonly ModelInput[],
  wanted: string,
  key: string | null,
): Queries['customer']['answer'] {
  const text = wanted.trim();
  const keys = columns.find(({ name }) => name === key);
  let row = -1;
  for (let i = 0; keys !== undefined && text !== '' && row < 0 && i < nRows; i++) {
    if (cellText(keys, i).trim() === text) row = i;
  }
  if (row < 0 && /^\d+$/.test(text)) row = Number(text) - 1;
  if (row < 0 || row >= nRows) return null;
  const values = inputs.map(({ name, kind }) => {
    const column = columns.find((own) => own.name === name);
    if (column === undefined || isMissing(column, row)) return null;
    return kind === 'number' && column.kind === 'number'
      ? column.values[row]
      : cellText(column, row);
  });
  return { line: lines[row], values };
}
