import type { Table } from '../table/table';
import { cellText } from '../table/table';

/** Of a table that has been looked through already: tables do not change. */
const known = new WeakMap<Table, readonly number[]>();

/** Rows that are equal to an earlier row in every column, ascending. Asked twice of the same table it answers at once. */
export function findDuplicates(table: Table): readonly number[] {
  let duplicates = known.get(table);
  if (duplicates === undefined) known.set(table, (duplicates = searchDuplicates(table)));
  return duplicates;
}

function searchDuplicates(table: Table): number[] {
  const firstByHash = new Map<number, number[]>();
  const duplicates: number[] = [];
  for (let i = 0; i < table.nRows; i++) {
    const hash = rowHash(table, i);
    const candidates = firstByHash.get(hash);
    if (candidates === undefined) firstByHash.set(hash, [i]);
    else if (candidates.some((other) => rowsEqual(table, i, other))) duplicates.push(i);
    else candidates.push(i);
  }
  return duplicates;
}

const bits = new DataView(new ArrayBuffer(8));

/** FNV-1a over the cells. Equal rows have equal hashes; unequal ones are told apart by `rowsEqual`. */
function rowHash(table: Table, row: number): number {
  let hash = 0x811c9dc5;
  const mix = (word: number) => {
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  };
  for (const column of table.columns) {
    switch (column.kind) {
      case 'number':
      case 'date':
        bits.setFloat64(0, column.values[row]);
        mix(bits.getInt32(0));
        mix(bits.getInt32(4));
        break;
      case 'category':
        mix(column.codes[row]);
        break;
      case 'text': {
        const text = column.values[row] ?? '';
        for (let c = 0; c < text.length; c++) mix(text.charCodeAt(c));
        mix(0xffff);
        break;
      }
    }
  }
  return hash;
}

function rowsEqual(table: Table, a: number, b: number): boolean {
  return table.columns.every((column) =>
    column.kind === 'category'
      ? column.codes[a] === column.codes[b]
      : column.kind === 'text'
        ? column.values[a] === column.values[b]
        : cellText(column, a) === cellText(column, b),
  );
}
