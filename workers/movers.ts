import type { Queries } from '../src/contract/queries';
import { moversOf, type End } from '../src/core/scoring/migration';
import type { Column, Table } from '../src/core/table/table';
import { writeCsv } from '../src/core/table/write-csv';
import type { Compared } from './next-period';

/** So many movers are listed on the page. */
const listedMovers = 50;

/** The customers of one cell of the migration. */
export function moversAnswer(
  { before, after, pairing, next }: Compared,
  from: End,
  to: End,
): Queries['movers']['answer'] {
  const movers = moversOf(before, after, pairing, from, to);
  const name = (end: End, none: string) => (end === 'none' ? none : next.segments[end]);
  const texts = (column: string, cell: string): Column => ({
    kind: 'text',
    name: column,
    values: movers.map(() => cell),
  });
  const numbers = (column: string, values: readonly number[]): Column => ({
    kind: 'number',
    name: column,
    values: Float64Array.from(values),
  });
  const table: Table = {
    nRows: movers.length,
    lines: new Int32Array(movers.length),
    columns: [
      { kind: 'text', name: next.key, values: movers.map(({ key }) => key) },
      texts('segment_before', name(from, 'new')),
      texts('segment_after', name(to, 'gone')),
      ...(next.value === null
        ? []
        : [
            numbers(
              `${next.value}_before`,
              movers.map(({ valueBefore }) => valueBefore),
            ),
            numbers(
              `${next.value}_after`,
              movers.map(({ valueAfter }) => valueAfter),
            ),
          ]),
    ],
  };
  return {
    first: movers.slice(0, listedMovers),
    csv: new Blob([...writeCsv(table)], { type: 'text/csv' }),
  };
}
