import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ColumnCells } from './cell-store';

it('gives back its cells in order and by row, however they came in', () => {
  const part = fc.oneof(fc.string(), fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }));
  fc.assert(
    fc.property(fc.array(part), fc.infiniteStream(fc.nat()), (parts, picks) => {
      const cells = new ColumnCells();
      for (const cell of parts) {
        if (typeof cell === 'string') cells.push(cell);
        else {
          let end = 0;
          cells.append(
            cell.join(''),
            Uint32Array.from(cell, (text) => (end += text.length)),
          );
        }
      }
      const expected = parts.flat();
      const seen: string[] = [];
      cells.each((cell, row) => seen.push(cell) === row + 1);
      expect(seen).toEqual(expected);
      expect(cells.length).toBe(expected.length);
      for (const pick of picks.take(expected.length > 0 ? 20 : 0)) {
        const row = pick % expected.length;
        expect(cells.at(row)).toBe(expected[row]);
      }
    }),
  );
});

it('keeps no ends of cells that are equally long', () => {
  const cells = new ColumnCells();
  cells.append('C01C02C03', Uint32Array.of(3, 6, 9));
  cells.append('C4C15', Uint32Array.of(2, 5));
  expect(cells.blocks.map(({ ends }) => ends)).toEqual([3, Uint32Array.of(2, 5)]);
  expect([0, 2, 1, 3, 4].map((row) => cells.at(row))).toEqual(['C01', 'C03', 'C02', 'C4', 'C15']);
});
