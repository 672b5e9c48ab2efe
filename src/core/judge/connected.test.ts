import { describe, expect, it } from 'vitest';
import { shapes } from '../../../tests/calibration/shapes';
import { blobs, ctx, matrixOf } from '../../../tests/helpers/context';
import { matrix, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { connectedGroups } from './connected';

/** Columns centred and divided by their standard deviation, as rows. */
function scaled(columns: readonly Float64Array[]): Matrix {
  const nSamples = columns[0].length;
  const data = new Float32Array(nSamples * columns.length);
  columns.forEach((column, j) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / nSamples;
    const squares = column.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / nSamples) || 1;
    column.forEach((value, i) => (data[i * columns.length + j] = (value - mean) / deviation));
  });
  return matrix(data, nSamples, columns.length);
}

const normals = (nRows: number, nColumns: number, seed: number) => {
  const random = createRandom(seed);
  return Array.from({ length: nColumns }, () =>
    Float64Array.from({ length: nRows }, () => random.normal()),
  );
};

describe('groups that hang together without being round', () => {
  it('are found, with their shares, whatever the order of the rows', async () => {
    const { columns, groups } = shapes.chainlink(7);
    const found = await connectedGroups(scaled(columns), 1, ctx);
    expect(found?.nGroups).toBe(2);
    expect(found?.gap).toBeGreaterThan(2);
    const order = createRandom(3).shuffle(Int32Array.from(groups.keys()));
    const turned = columns.map((column) => Float64Array.from(order, (i) => column[i]));
    const again = await connectedGroups(scaled(turned), 1, ctx);
    expect(again?.gap).toBeCloseTo(found?.gap ?? NaN, 6);
    expect(again?.shares).toEqual(found?.shares);
    found?.shares.forEach((share) => expect(share).toBeCloseTo(0.5, 1));
  });

  it('are found in a sample of many rows, the same every time', async () => {
    const many = [1, 2, 3].map((seed) => shapes.target(seed).columns);
    const columns = many[0].map((_, j) =>
      Float64Array.from(many.flatMap((one) => Array.from(one[j]))),
    );
    const first = await connectedGroups(scaled(columns), 5, ctx);
    expect(first?.nGroups).toBe(2);
    expect(await connectedGroups(scaled(columns), 5, ctx)).toEqual(first);
  });

  it('are not where K-Means forms the same groups', async () => {
    const { X } = blobs([[0, 0], [9, 0], [0, 9]], 80, 1, 4); // prettier-ignore
    expect(await connectedGroups(X, 1, ctx)).toBeNull();
  });

  it.for([
    ['one cloud', normals(400, 3, 1)],
    ['one long tail', normals(400, 3, 2).map((column) => column.map((x) => Math.exp(1.5 * x)))],
    // Each of the four combinations is a point: so they are when every column is shuffled.
    ['two columns of yes and no', normals(400, 2, 3).map((column) => column.map(Math.sign))],
    ['all rows alike', [new Float64Array(100), new Float64Array(100)]],
  ] as const)('are not in a table of %s', async ([, columns]) => {
    expect(await connectedGroups(scaled(columns), 1, ctx)).toBeNull();
  });

  it('are not told of a handful of rows', async () => {
    expect(await connectedGroups(matrixOf([[0], [1], [50], [51]]), 1, ctx)).toBeNull();
  });
});
