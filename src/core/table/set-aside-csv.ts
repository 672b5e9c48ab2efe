import { counted } from '../words';
import type { ReadOutput, SetAsideRow } from './read-params';
import type { Column, Table } from './table';
import { writeCsv } from './write-csv';

/**
 * The rows that were set aside, as CSV: line, column, reason, text. Written like every table, so that no spreadsheet
 * runs what stands in them. A last row tells how many more there were, where not all are listed.
 */
export function setAsideCsv({
  setAside,
  nSetAside,
}: Pick<ReadOutput, 'setAside' | 'nSetAside'>): Generator<string> {
  const nMore = nSetAside - setAside.length;
  const rows: readonly Omit<SetAsideRow, 'line'>[] =
    nMore > 0 ? [...setAside, { column: '', reason: moreRows(nMore), text: '' }] : setAside;
  const texts = (name: 'column' | 'reason' | 'text'): Column => ({
    kind: 'text',
    name,
    values: rows.map((row) => row[name]),
  });
  const lines = new Float64Array(rows.length).fill(NaN);
  setAside.forEach(({ line }, i) => (lines[i] = line));
  const table: Table = {
    nRows: rows.length,
    columns: [
      { kind: 'number', name: 'line', values: lines },
      texts('column'),
      texts('reason'),
      texts('text'),
    ],
    lines: new Int32Array(rows.length),
  };
  return writeCsv(table);
}

function moreRows(count: number): string {
  return `${counted(count, 'more row was', 'more rows were')} set aside and only counted.`;
}
