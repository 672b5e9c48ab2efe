import { describe, expect, it } from 'vitest';
import type { ClusterSums, Partition } from '../../src/core/engine';
import { watchPartition } from './watch';

/** Four rows 0, 1, 5, 6 of one column; answers as told. */
function partitionOf(...answers: ClusterSums[]): Partition {
  return watchPartition(
    {
      move: () => {
        const [answer] = answers.splice(0, 1);
        return Promise.resolve({ ...answer, nChanged: 4 });
      },
      labels: () => Promise.resolve(new Int32Array(4)),
      inertias: () => Promise.resolve(new Float64Array(1)),
      dispose: () => undefined,
    },
    4,
  );
}

const sums = (values: number[], counts: number[]): ClusterSums => ({
  sums: Float64Array.from(values),
  counts: Float64Array.from(counts),
});
const centers = new Float64Array(2);
const failed = expect.objectContaining({ code: 'engine-failed' }) as unknown;

// Σ s²/n: {0} {1, 5, 6} 48; {0, 1} {5, 6} 61; {0, 1, 5} {6} 48; the row 6 is a cluster alone and {0, 1, 5} 12 + 36.
const apart = sums([1, 11], [2, 2]);
const worse = sums([0, 12], [1, 3]);

describe('the watch over a descent', () => {
  it('lets one pass that goes downhill, or stays', async () => {
    const partition = partitionOf(worse, apart, apart);
    await partition.move(centers);
    await partition.move(centers);
    await expect(partition.move(centers)).resolves.toMatchObject({ nChanged: 4 });
  });

  it('notices one that goes uphill', async () => {
    const partition = partitionOf(apart, worse);
    await partition.move(centers);
    await expect(partition.move(centers)).rejects.toEqual(failed);
  });

  it('lets it go where an empty cluster has taken over a row', async () => {
    const partition = partitionOf(sums([12, 0], [4, 0]), worse);
    await partition.move(centers);
    await expect(partition.move(centers)).resolves.toBeDefined();
  });

  it.each([
    ['sizes that do not add up', sums([1, 11], [2, 1])],
    ['sums that are no numbers', sums([NaN, 11], [2, 2])],
    ['sums that are infinite', sums([Infinity, 11], [2, 2])],
  ])('notices %s', async (_name, answer) => {
    await expect(partitionOf(answer).move(centers)).rejects.toEqual(failed);
  });
});
