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
const failed = expect.objectContaining({ code: 'engine-failed' }) as unknown;

const low = Float64Array.of(0.5, 5.5);
/** To 0.5 and 5.5: {0, 1} {5, 6} has an inertia of 1, {0} {1, 5, 6} of 21, {0, 1, 5} {6} of 21. */
const apart = sums([1, 11], [2, 2]);
const worse = sums([0, 12], [1, 3]);

describe('the watch over a descent', () => {
  it('lets one pass whose rows come nearer to the centres, or stay', async () => {
    const partition = partitionOf(worse, apart, apart);
    await partition.move(Float64Array.of(0, 1));
    await partition.move(low);
    await expect(partition.move(low)).resolves.toMatchObject({ nChanged: 4 });
  });

  it('lets centres go anywhere', async () => {
    const partition = partitionOf(apart, sums([1, 11], [2, 2]), sums([12, 0], [4, 0]));
    await partition.move(low);
    await partition.move(Float64Array.of(-1, 7));
    await expect(partition.move(Float64Array.of(3, 60))).resolves.toBeDefined();
  });

  it('notices rows that were nearer to the same centres before', async () => {
    const partition = partitionOf(apart, worse);
    await partition.move(low);
    await expect(partition.move(low)).rejects.toEqual(failed);
  });

  it('remembers what it was told, not what has become of it', async () => {
    const partition = partitionOf(apart, worse);
    (await partition.move(low)).sums.fill(0);
    await expect(partition.move(low)).rejects.toEqual(failed);
  });

  it.each([
    ['sizes that do not add up', sums([1, 11], [2, 1])],
    ['sums that are no numbers', sums([NaN, 11], [2, 2])],
    ['sums that are infinite', sums([Infinity, 11], [2, 2])],
  ])('notices %s', async (_name, answer) => {
    await expect(partitionOf(answer).move(low)).rejects.toEqual(failed);
  });
});
