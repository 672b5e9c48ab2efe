import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalVote } from '../../src/core/table/decimal-mark';
import { readNumber } from '../../src/core/table/numbers';
import { readNumberAt } from './number-at';
import { longDecimal, plainNumber, Sort, sortOf } from './plain-number';

const bytesOf = (text: string) => new TextEncoder().encode(text);
/** What `readNumberAt` makes of a cell before a comma or a line end. */
function readAt(cell: string) {
  const values = new Float64Array([-1]);
  const found = readNumberAt(bytesOf(`${cell};\n`), 0, 59, 46, values, 0);
  return found === 0 ? null : { end: found >>> 3, sort: found & 7, value: values[0] };
}

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 22 });
const looksLikeNumber = fc
  .tuple(
    fc.constantFrom('', '', '-', '+', '--', ' '),
    digits,
    fc.constantFrom('', '.', '.', ',', '..'),
    digits,
    fc.constantFrom('', '', '', 'e5', 'E-12', 'e+0', 'e400', 'e', ' ', '%'),
  )
  .map((parts) => parts.join(''));

describe('a plain number', () => {
  it('is a number for readNumber too, of the same value and without a unit', () => {
    fc.assert(
      fc.property(looksLikeNumber, fc.constantFrom('.', ','), (cell, mark) => {
        const value = plainNumber(cell, mark.charCodeAt(0));
        fc.pre(!Number.isNaN(value));
        const reading = readNumber(cell, mark);
        expect(reading).toEqual({ kind: 'number', value, unit: '', thousands: '' });
        expect(Object.is(reading.value, value)).toBe(true);
        // Without a mark the other reading is the same.
        if (!cell.includes(mark)) {
          expect(readNumber(cell, mark === '.' ? ',' : '.')).toEqual(reading);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('votes as its sort says', () => {
    const votes = ['none', 'none', 'point', 'eitherWithPoint', 'none'];
    fc.assert(
      fc.property(looksLikeNumber, (cell) => {
        fc.pre(!Number.isNaN(plainNumber(cell, 46)));
        expect(votes[sortOf(cell, 46)]).toBe(decimalVote(cell));
      }),
      { numRuns: 3000 },
    );
  });

  it('is no code, no group of thousands and nothing that needs a look', () => {
    for (const cell of [
      '007',
      '+5',
      '1,234',
      ' 5',
      '5 ',
      '5.',
      '-',
      '',
      '1e999',
      '1234567890123456',
      '5%',
    ]) {
      expect(plainNumber(cell, 46), cell).toBeNaN();
    }
    for (const cell of ['0', '-0', '5', '-.5', '0.25', '1e-05', '123456789012345', '1.5E+3']) {
      expect(Object.is(plainNumber(cell, 46), Number(cell)), cell).toBe(true);
    }
  });
});

describe('readNumberAt', () => {
  it('finds what plainNumber finds, or nothing', () => {
    let nFound = 0;
    fc.assert(
      fc.property(looksLikeNumber, (cell) => {
        const found = readAt(cell);
        if (found === null) return;
        nFound++;
        expect(found.end).toBe(cell.length);
        if (cell === '') expect(found).toMatchObject({ sort: Sort.missing, value: NaN });
        else {
          expect(found.sort).toBe(sortOf(cell, 46));
          expect(Object.is(found.value, plainNumber(cell, 46))).toBe(true);
        }
      }),
      { numRuns: 5000 },
    );
    expect(nFound).toBeGreaterThan(200);
  });

  it('reads every decimal that a double prints', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        const cell = value.toFixed(12);
        expect(readAt(cell)?.value ?? Number(cell)).toBe(Number(cell));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('longDecimal', () => {
  it('rounds as Number does, half-way cases among them', () => {
    let nTold = 0;
    const check = (mantissa: bigint, nFraction: number) => {
      const [high, low] = [Number(mantissa / 10n ** 9n), Number(mantissa % 10n ** 9n)];
      const value = longDecimal(high, low, 1e9, Number(`1e${nFraction}`));
      if (Number.isNaN(value)) return;
      nTold++;
      expect(value).toBe(Number(`${mantissa}e-${nFraction}`));
    };
    fc.assert(
      fc.property(
        fc.bigInt({ min: 2n ** 53n, max: 10n ** 19n - 1n }),
        fc.integer({ min: 1, max: 22 }),
        check,
      ),
      { numRuns: 20_000 },
    );
    expect(nTold).toBeGreaterThan(19_900);
    // Integers half-way between two doubles, and one beside.
    for (let k = 0; k < 1000; k++) {
      const halfWay = 2n ** 53n + 2n * BigInt(k) + 1n;
      for (const mantissa of [halfWay, halfWay * 10n - 1n, halfWay * 10n, halfWay * 10n + 1n]) {
        check(mantissa, 1);
      }
    }
  });
});
