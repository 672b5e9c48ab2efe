import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulasOf } from '../../../tests/helpers/formulas';
import type { Formula } from './formula';
import { evaluateFormula, evaluateRow } from './evaluate';
import { parseFormula } from './parse';

const columns = new Map([
  ['a', Float64Array.of(6, -4, 0, NaN)],
  ['b', Float64Array.of(3, 0, 0, 2)],
]);

function compute(formula: string | Formula, table: ReadonlyMap<string, Float64Array> = columns) {
  const parsed = typeof formula === 'string' ? parseFormula(formula) : formula;
  const nRows = table.values().next().value?.length ?? 0;
  return evaluateFormula(parsed, (name) => table.get(name) ?? new Float64Array(nRows), nRows);
}

const valuesOf = (formula: string) => Array.from(compute(formula).values);

describe('the values of a formula', () => {
  // a: 6, −4, 0, missing; b: 3, 0, 0, 2.
  it.for<[string, number[]]>([
    ['a + b', [9, -4, 0, NaN]],
    ['a - 2 * b', [0, -4, 0, NaN]],
    ['a / b', [2, NaN, NaN, NaN]],
    ['a ^ 2', [36, 16, 0, NaN]],
    ['-a ^ 2', [-36, -16, -0, NaN]],
    ['a > b', [1, 0, 0, NaN]],
    ['a = b', [0, 0, 1, NaN]],
    ['a <> b', [1, 1, 0, NaN]],
    ['a <= b', [0, 1, 1, NaN]],
    ['if(b = 0, -1, a / b)', [2, -1, -1, NaN]],
    ['if(a, 1, 2)', [1, 1, 2, NaN]],
    ['ifmissing(a, b)', [6, -4, 0, 2]],
    ['isMissing(a) + 10 * isMissing(b)', [0, 0, 0, 1]],
    ['min(a, b, 1)', [1, -4, 0, NaN]],
    ['max(a, b, 1)', [6, 1, 1, NaN]],
    ['abs(a)', [6, 4, 0, NaN]],
    ['sqrt(abs(a) + 3 - b)', [Math.sqrt(6), Math.sqrt(7), Math.sqrt(3), NaN]],
    ['log1p(b)', [Math.log1p(3), 0, 0, Math.log1p(2)]],
    ['a ^ 0', [1, 1, 1, NaN]],
    ['5', [5, 5, 5, 5]],
  ])('%s', ([formula, expected]) => {
    expect(valuesOf(formula)).toEqual(expected);
  });

  it('rounds half away from zero, and what is just below a half not up', () => {
    const x = Float64Array.of(0.5, 1.5, 2.5, -0.5, -2.5, 0.49999999999999994, 1.2, -1.7);
    expect(Array.from(compute('round(x)', new Map([['x', x]])).values)).toEqual([
      1, 2, 3, -1, -3, 0, 1, -2,
    ]);
  });

  it('have no infinities', () => {
    const x = Float64Array.of(Infinity, 1e200, -Infinity, 2);
    const table = new Map([['x', x]]);
    expect(Array.from(compute('x', table).values)).toEqual([NaN, 1e200, NaN, 2]);
    const { values, nOutOfDomain } = compute('x * x', table);
    expect(Array.from(values)).toEqual([NaN, NaN, NaN, 4]);
    // The one that was computed; the others came as they are.
    expect(nOutOfDomain).toBe(1);
  });

  it('are the same row by row, to the last bit', () => {
    const cell = fc.oneof(
      fc.constantFrom(0, -0, 1, -1, 2, 0.5, NaN, 1e308, -1e308, 5e-324),
      fc.double({ noDefaultInfinity: true }),
    );
    const rows = fc.array(fc.record({ a: cell, b: cell }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(formulasOf(fc.constantFrom('a', 'b')), rows, (formula, table) => {
        const { values } = compute(
          formula,
          new Map([
            ['a', Float64Array.from(table, ({ a }) => a)],
            ['b', Float64Array.from(table, ({ b }) => b)],
          ]),
        );
        const single = table.map((row) =>
          evaluateRow(formula, (name) => (name === 'a' ? row.a : row.b)),
        );
        // Object.is tells −0 from 0; NaN is NaN.
        expect(Array.from(values, (value, i) => Object.is(value, single[i]))).not.toContain(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('are the same in every block of a long column', () => {
    const n = 10_000;
    const x = Float64Array.from({ length: n }, (_, i) => (i % 7 === 0 ? NaN : i - 5000));
    const formula = parseFormula('if(x > 0, log(x), ifmissing(x, 7) / (x + 1))');
    const { values, nDividedByZero } = compute(formula, new Map([['x', x]]));
    const single = Array.from(x, (value) => evaluateRow(formula, () => value));
    expect(Array.from(values)).toEqual(single);
    expect(nDividedByZero).toBe(1);
  });
});

describe('what has no value', () => {
  const faultsOf = (formula: string) => {
    const { nDividedByZero, nOutOfDomain } = compute(formula);
    return [nDividedByZero, nOutOfDomain];
  };

  // a: 6, −4, 0, missing; b: 3, 0, 0, 2.
  it.for<[string, [number, number], string]>([
    ['a / b', [2, 0], 'rows 2 and 3; a missing a is not its fault'],
    ['b ^ -1', [2, 0], '0 to the −1 divides by zero'],
    ['log(a)', [0, 2], 'of −4 and of 0'],
    ['sqrt(a)', [0, 1], 'of −4'],
    ['log1p(a)', [0, 1], 'of −4; of 0 it is 0'],
    ['a ^ 0.5', [0, 1], 'a root of −4'],
    ['1e300 * 1e300', [0, 4], 'too large in every row'],
    ['a / b + log(a)', [2, 2], 'both in rows 2 and 3'],
    ['if(b = 0, 0, a / b)', [0, 0], 'the branch is not taken where b is 0'],
    ['if(b = 0, a / b, 0)', [2, 0], 'the branch is taken where b is 0'],
    ['ifmissing(a / b, 0)', [0, 0], 'the row has a value'],
    ['ifmissing(a, 1 / (b - b))', [1, 0], 'only where a is missing'],
    ['isMissing(a / b)', [0, 0], 'the row has a value'],
    ['if(a > 0, 1, if(b = 0, 1 / b, 1 / b))', [2, 0], 'inner branches of outer ones'],
  ])('%s: divided by zero, out of the domain %o (%s)', ([formula, expected]) => {
    expect(faultsOf(formula)).toEqual(expected);
  });
});
