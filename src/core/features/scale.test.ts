import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { row } from '../../../tests/helpers/context';
import { fitScaler, scaleValue, scalings, transform } from './scale';

const columns = (...lists: number[][]) => lists.map((values) => Float64Array.from(values));

describe('scaling', () => {
  // 2 4 4 4 5 5 7 9: mean 5, population sd 2, quartiles 4 and 5.5, range 7.
  const data = columns([2, 4, 4, 4, 5, 5, 7, 9]);

  it.for([
    { scaling: 'standard', scale: 2 },
    { scaling: 'robust', scale: 1.5 },
    { scaling: 'minmax', scale: 7 },
    { scaling: 'none', scale: 1 },
  ] as const)('$scaling divides by $scale and always centres on the mean', ({ scaling, scale }) => {
    expect(fitScaler(data, scaling)).toEqual({ center: [5], scale: [scale] });
    const { data: values } = transform(fitScaler(data, scaling), data);
    expect(values[0]).toBe(Math.fround(-3 / scale));
    expect(values[7]).toBe(Math.fround(4 / scale));
  });

  it('by an interquartile range of 0 divides by the deviation instead', () => {
    // Seven times 0 and once 8: quartiles 0 and 0, mean 1, squares 7 + 49 = 56, sd √7.
    const { scale } = fitScaler(columns([0, 0, 0, 0, 0, 0, 0, 8]), 'robust');
    expect(scale[0]).toBeCloseTo(Math.sqrt(7), 12);
  });

  it.for(scalings)('%s makes a constant column 0, whatever the constant', (scaling) => {
    const input = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: 1, max: 300 }),
    );
    fc.assert(
      fc.property(input, ([value, count]) => {
        const constant = columns(Array<number>(count).fill(value));
        const { data: scaled } = transform(fitScaler(constant, scaling), constant);
        expect(scaled.every((x) => Math.abs(x) < 1e-6)).toBe(true);
      }),
    );
  });

  it('standard gives mean 0 and deviation 1', () => {
    const values = columns(
      Array.from({ length: 500 }, (_, i) => ((i * 7919) % 997) / 3 + 1e6),
      Array.from({ length: 500 }, (_, i) => (i * i) % 13),
    );
    const X = transform(fitScaler(values, 'standard'), values);
    for (const j of [0, 1]) {
      const column = Array.from({ length: 500 }, (_, i) => X.data[i * 2 + j]);
      const mean = column.reduce((sum, x) => sum + x, 0) / 500;
      const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 500;
      expect(mean).toBeCloseTo(0, 6);
      expect(variance).toBeCloseTo(1, 6);
    }
  });

  it('lays the matrix out by rows', () => {
    const X = transform({ center: [0, 10], scale: [1, 2] }, columns([1, 2, 3], [10, 12, 14]));
    expect([X.nSamples, X.nFeatures]).toEqual([3, 2]);
    expect([row(X, 0), row(X, 1), row(X, 2)]).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
  });

  it('of one value is the same as in the matrix, to the last bit', () => {
    const values = columns([0.1, 0.7, 1e5, -3.3]);
    const scaler = fitScaler(values, 'standard');
    const X = transform(scaler, values);
    values[0].forEach((value, i) => {
      expect(scaleValue(value, scaler.center[0], scaler.scale[0])).toBe(X.data[i]);
    });
  });
});
