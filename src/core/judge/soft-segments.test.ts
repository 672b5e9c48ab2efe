import { describe, expect, it } from 'vitest';
import { blobs, ctx, matrixOf } from '../../../tests/helpers/context';
import { createRandom } from '../random';
import { mixtureNumbers, mostFitted, softenSegments, sureFrom } from './soft-segments';

const centers = [
  [0, 0],
  [4, 0],
  [0, 30],
];
const { X, truth } = blobs(centers, 300, 1, 11);
/** As K-Means would see it: everybody at the nearest of the centres. */
const segments = { labels: truth, nClusters: 3 };

describe('soft segments', () => {
  it('have nobody in between where groups stand apart, and some where they touch', async () => {
    const { soft, labels } = await softenSegments(X, segments, 'full', 1, ctx);
    // Two of the groups are four deviations apart, the third one thirty.
    expect(soft.segments[2]).toMatchObject({ size: 300, nBetween: 0 });
    expect(soft.segments[2].certainty).toBeCloseTo(1, 6);
    expect(soft.nBetween).toBeGreaterThan(3);
    expect(soft.nBetween).toBeLessThan(80);
    expect(soft.nBetween).toBe(soft.segments[0].nBetween + soft.segments[1].nBetween);
    expect(soft.adjustedRandIndex).toBeGreaterThan(0.9);
    expect(soft.flat).toEqual([[], [], []]);
    // What is told is what the labels say.
    const between = labels.certainty.filter((value) => value < sureFrom);
    expect(between).toHaveLength(soft.nBetween);
    const stayed = labels.labels.filter((label, i) => label === truth[i]);
    expect(stayed).toHaveLength(soft.nStayed);
    for (const row of soft.shares) {
      expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    }
    const sizes = soft.groups.map(({ size }) => size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(900);
  });

  it('have the numbers of the segments that they continue, whatever those are', async () => {
    const turned = { labels: truth.map((label) => (label + 1) % 3), nClusters: 3 };
    const one = await softenSegments(X, segments, 'diag', 1, ctx);
    const other = await softenSegments(X, turned, 'diag', 1, ctx);
    expect(other.soft.crosstab.map((row, c) => row[c])).toEqual(
      [2, 0, 1].map((c) => one.soft.crosstab[c][c]),
    );
    expect(other.soft.nBetween).toBe(one.soft.nBetween);
  });

  it('tell the columns that have one value in a group', async () => {
    const random = createRandom(3);
    const rows = Array.from(truth, (label) => [
      6 * label + random.normal(),
      label === 1 ? 0 : random.normal(),
    ]);
    const { soft } = await softenSegments(matrixOf(rows), segments, 'full', 1, ctx);
    expect(soft.flat).toEqual([[], [1], []]);
  });

  it('of very many customers are fitted to some of them, and judge all', async () => {
    const random = createRandom(4);
    const n = mostFitted + 500;
    const labels = Int32Array.from({ length: n }, (_, i) => i % 2);
    const rows = Array.from(labels, (label) => [8 * label + random.normal()]);
    const { soft, labels: found } = await softenSegments(
      matrixOf(rows),
      { labels, nClusters: 2 },
      'full',
      1,
      ctx,
    );
    expect([soft.nFitted, soft.nRows, found.labels.length]).toEqual([mostFitted, n, n]);
    expect(soft.adjustedRandIndex).toBeGreaterThan(0.99);
  });

  it('say by BIC how many normal groups there are', async () => {
    const merged = { labels: truth.map((label) => (label === 2 ? 1 : 0)), nClusters: 2 };
    const split = { labels: truth.map((label, i) => (label === 2 ? 2 + (i % 2) : label)), nClusters: 4 }; // prettier-ignore
    const heard: number[] = [];
    const numbers = await mixtureNumbers(X, [merged, segments, split], 'full', 1, {
      ...ctx,
      progress: (done, total) => void heard.push(done / total),
    });
    expect(numbers.map(({ nClusters }) => nClusters)).toEqual([2, 3, 4]);
    const [two, three, four] = numbers.map(({ bic }) => bic);
    expect(three).toBeLessThan(two);
    expect(three).toBeLessThan(four);
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
  });
});
