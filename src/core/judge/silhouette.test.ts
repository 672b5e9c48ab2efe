import { describe, expect, it } from 'vitest';
import { ctx, load, matrixOf, row } from '../../../tests/helpers/context';
import { matrix, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { silhouettes, type Labelling } from './silhouette';

const all = ({ nSamples }: Matrix) => Int32Array.from({ length: nSamples }, (_, i) => i);
const judge = (X: Matrix, labellings: readonly Labelling[], rows = all(X)) =>
  silhouettes(load(X), rows, labellings, ctx);

function distance(X: Matrix, a: number, b: number): number {
  return Math.hypot(...row(X, a).map((value, j) => value - row(X, b)[j]));
}

/** By the definition, row by row. */
function bruteForce(X: Matrix, { labels, nClusters }: Labelling, rows: Int32Array) {
  const values = Array.from(rows, (i) => {
    const meanTo = (c: number) => {
      const others = rows.filter((other) => other !== i && labels[other] === c);
      return others.reduce((sum, other) => sum + distance(X, i, other), 0) / others.length;
    };
    const a = meanTo(labels[i]);
    if (Number.isNaN(a)) return 0;
    const rest = Array.from({ length: nClusters }, (_, c) => (c === labels[i] ? NaN : meanTo(c)));
    const b = Math.min(...rest.filter((value) => !Number.isNaN(value)));
    return Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b);
  });
  const own = (c: number) => values.filter((_, position) => labels[rows[position]] === c);
  const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  return {
    mean: mean(values),
    clusterMeans: Array.from({ length: nClusters }, (_, c) => mean(own(c))),
    negative: Array.from({ length: nClusters }, (_, c) => own(c).filter((v) => v < 0).length),
    sizes: Array.from({ length: nClusters }, (_, c) => own(c).length),
  };
}

describe('the silhouette', () => {
  it('has the figures of the arithmetic', async () => {
    // 0, 1 | 10, 12. Row 0: a = 1, b = (10 + 12)/2 = 11. Row 1: a = 1, b = (9 + 11)/2 = 10.
    // Row 10: a = 2, b = (10 + 9)/2 = 9.5. Row 12: a = 2, b = (12 + 11)/2 = 11.5.
    const X = matrixOf([[0], [1], [10], [12]]);
    const [{ mean, clusterMeans, clusterNegativeShares }] = await judge(X, [
      { labels: Int32Array.of(0, 0, 1, 1), nClusters: 2 },
    ]);
    const s = [10 / 11, 9 / 10, 7.5 / 9.5, 9.5 / 11.5];
    expect(mean).toBeCloseTo((s[0] + s[1] + s[2] + s[3]) / 4, 6);
    expect(clusterMeans[0]).toBeCloseTo((s[0] + s[1]) / 2, 6);
    expect(clusterMeans[1]).toBeCloseTo((s[2] + s[3]) / 2, 6);
    expect(clusterNegativeShares).toEqual([0, 0]);
  });

  it('counts rows that lie nearer to another cluster', async () => {
    // 9 is labelled with 0 and 1: a = (9 + 8)/2 = 8.5, b = (1 + 3)/2 = 2, so s = −6.5/8.5.
    const X = matrixOf([[0], [1], [9], [10], [12]]);
    const [{ clusterNegativeShares }] = await judge(X, [
      { labels: Int32Array.of(0, 0, 0, 1, 1), nClusters: 2 },
    ]);
    expect(clusterNegativeShares[0]).toBeCloseTo(1 / 3, 12);
    expect(clusterNegativeShares[1]).toBe(0);
  });

  it('is 0 for a cluster of one row, and for rows that are all the same', async () => {
    const alone = await judge(matrixOf([[0], [1], [9]]), [
      { labels: Int32Array.of(0, 0, 1), nClusters: 2 },
    ]);
    expect(alone[0].clusterMeans[1]).toBe(0);
    const same = await judge(matrixOf([[2], [2], [2], [2]]), [
      { labels: Int32Array.of(0, 0, 1, 1), nClusters: 2 },
    ]);
    expect(same[0].mean).toBe(0);
  });

  it('of no labelling is nothing', async () => {
    expect(await judge(matrixOf([[1], [2]]), [])).toEqual([]);
  });
});

describe('silhouettes of several labellings at once', () => {
  function example(nSamples: number, nFeatures: number, seed: number) {
    const random = createRandom(seed);
    const values = Float32Array.from({ length: nSamples * nFeatures }, () => random.normal());
    const labelling = (nClusters: number): Labelling => ({
      nClusters,
      labels: Int32Array.from({ length: nSamples }, (_, i) =>
        i < nClusters ? i : random.integer(nClusters),
      ),
    });
    return { X: matrix(values, nSamples, nFeatures), labellings: [2, 3, 7].map(labelling) };
  }

  it.for([
    { n: 40, p: 2, seed: 1 },
    { n: 90, p: 5, seed: 2 },
    { n: 131, p: 17, seed: 3 },
  ])('are those of the definition: $n × $p', async ({ n, p, seed }) => {
    const { X, labellings } = example(n, p, seed);
    const found = await judge(X, labellings);
    labellings.forEach((labelling, m) => {
      const expected = bruteForce(X, labelling, all(X));
      expect(found[m].mean).toBeCloseTo(expected.mean, 6);
      expected.clusterMeans.forEach((mean, c) => {
        expect(found[m].clusterMeans[c]).toBeCloseTo(mean, 5);
        const negative = found[m].clusterNegativeShares[c] * expected.sizes[c];
        expect(negative).toBeCloseTo(expected.negative[c], 9);
      });
    });
  });

  it('of a sample are those of these rows among themselves', async () => {
    const { X, labellings } = example(80, 3, 4);
    const rows = all(X).filter((i) => i % 3 !== 0);
    const found = await judge(X, labellings, rows);
    labellings.forEach((labelling, m) => {
      expect(found[m].mean).toBeCloseTo(bruteForce(X, labelling, rows).mean, 6);
    });
  });

  it('are not disturbed by a cluster that none of the rows is in', async () => {
    const { X, labellings } = example(60, 3, 7);
    const rows = all(X).filter((i) => labellings[2].labels[i] !== 4);
    const [found] = await judge(X, [labellings[2]], rows);
    expect(found.mean).toBeCloseTo(bruteForce(X, labellings[2], rows).mean, 6);
    expect(Number.isFinite(found.mean)).toBe(true);
  });

  it('are the same one by one', async () => {
    const { X, labellings } = example(70, 4, 5);
    const together = await judge(X, labellings);
    for (const [m, labelling] of labellings.entries()) {
      const [alone] = await judge(X, [labelling]);
      expect(alone.mean).toBeCloseTo(together[m].mean, 9);
    }
  });

  it('give way in between: a cancel gets through', async () => {
    const { X, labellings } = example(200, 3, 6);
    const stop = new Error('stopped');
    const stopping = { ...ctx, breathe: () => Promise.reject(stop) };
    await expect(silhouettes(load(X), all(X), labellings, stopping)).rejects.toBe(stop);
  });
});
