import { describe, expect, it } from 'vitest';
import { blobs, ctx, load } from '../../../tests/helpers/context';
import type { Matrix } from '../matrix';
import { createRandom } from '../random';
import { nullKinds, nullTables } from './null-tables';

const { X } = blobs(
  [
    [0, 0, 0],
    [8, 8, 0],
  ],
  200,
  1,
  1,
);
const draw = await nullTables(X, load(X), ctx);

const columnOf = ({ data, nSamples, nFeatures }: Matrix, j: number) =>
  Array.from({ length: nSamples }, (_, i) => data[i * nFeatures + j]);
const varianceOf = (values: readonly number[]) => {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
};
const totalVariance = (table: Matrix) =>
  [0, 1, 2].reduce((sum, j) => sum + varianceOf(columnOf(table, j)), 0);

describe('tables without groups', () => {
  it.for(nullKinds)('have the shape of the data (%s)', (kind) => {
    const table = draw[kind](createRandom(1));
    expect([table.nSamples, table.nFeatures]).toEqual([400, 3]);
  });

  it.for(nullKinds)('are the same for the same numbers, and other ones for others (%s)', (kind) => {
    expect(draw[kind](createRandom(1)).data).toEqual(draw[kind](createRandom(1)).data);
    expect(draw[kind](createRandom(2)).data).not.toEqual(draw[kind](createRandom(1)).data);
  });

  it.for(['box', 'gaussian'] as const)('lie on a grid, so that no sum is rounded (%s)', (kind) => {
    const { data } = draw[kind](createRandom(1));
    const up = data.reduce((sum, x) => sum + x, 0);
    const down = data.reduceRight((sum, x) => sum + x, 0);
    expect(up === down).toBe(true);
  });

  it('keep the values of every column when they are shuffled, and lose what columns share', () => {
    const table = draw.shuffled(createRandom(1));
    for (const j of [0, 1, 2]) {
      expect(columnOf(table, j).sort()).toEqual(columnOf(X, j).sort());
    }
    // Both columns are bimodal and agree for every row; shuffled they agree for about half of the rows.
    const agreeing = columnOf(table, 0).filter((x, i) => x > 0 === columnOf(table, 1)[i] > 0);
    expect(agreeing.length / 400).toBeGreaterThan(0.4);
    expect(agreeing.length / 400).toBeLessThan(0.6);
  });

  it('spread as the data do in a normal cloud', () => {
    const spread = totalVariance(draw.gaussian(createRandom(1)));
    expect(spread / totalVariance(X)).toBeGreaterThan(0.85);
    expect(spread / totalVariance(X)).toBeLessThan(1.15);
  });

  it('fill the box evenly: along the longest axis a twelfth of its square is the variance', () => {
    const first = columnOf(draw.box(createRandom(1)), 0);
    const length = Math.max(...first) - Math.min(...first);
    // Both groups lie 8·√2 apart on it.
    expect(length).toBeGreaterThan(11);
    expect(varianceOf(first) / (length ** 2 / 12)).toBeGreaterThan(0.85);
    expect(varianceOf(first) / (length ** 2 / 12)).toBeLessThan(1.15);
  });
});
