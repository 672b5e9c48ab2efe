import type { Column, Table } from '../../src/core/table/table';
import { readShared } from './shared-data';
import { numbers, tableOf, texts } from './tables';

/** The published credit-card file, read by plain splitting: it has neither quotes nor spaces. Ask `hasShared` first. */
export function creditCardTable(): Table {
  const [header, ...lines] = new TextDecoder()
    .decode(readShared('CC GENERAL.csv'))
    .trim()
    .split(/\r?\n/);
  const rows = lines.map((line) => line.split(','));
  return tableOf(
    header.split(',').map((name, j): Column => {
      const cells = rows.map((row) => row[j]);
      if (name === 'CUST_ID') return texts(name, cells);
      return numbers(
        name,
        cells.map((cell) => (cell === '' ? NaN : Number(cell))),
      );
    }),
  );
}
