import { describe, expect, it } from 'vitest';
import type { FeatureOrigin } from '../features/encode-table';
import { carriedNote, carryMerging } from './carry-merging';
import type { PinnedSegments } from './identity';

const from: FeatureOrigin = { kind: 'number', column: 'x' };
/** Clusters of two rows each, around these means. */
function now(...means: number[]) {
  const values = Float64Array.from(means.flatMap((mean) => [mean - 1, mean + 1]));
  const labels = Int32Array.from(means.flatMap((_, c) => [c, c]));
  return [
    { features: [{ from }], values: [values] },
    { labels, nClusters: means.length },
  ] as const;
}
const then = (...means: number[]): PinnedSegments => ({
  features: [{ column: 'x', level: null, means }],
});

describe('a merging', () => {
  it('stays as it is while clusters are those that were merged', () => {
    const carried = carryMerging([[0, 2]], then(0, 10, 20), ...now(0, 10, 20));
    expect(carried).toEqual({ groups: [[0, 2]], hasChanged: false, nLost: 0 });
    expect(carriedNote(carried)).toBeNull();
  });

  it('goes by numbers where nothing else is known', () => {
    expect(carryMerging([[0, 2]], undefined, ...now(5, 6, 7))).toEqual({
      groups: [[0, 2]],
      hasChanged: false,
      nLost: 0,
    });
  });

  it('follows its clusters to other numbers, and is told to have', () => {
    // What was the first is the last now; all have moved a little.
    const carried = carryMerging([[0, 2]], then(0, 10, 20), ...now(20.5, 10.2, 0.4));
    expect(carried).toEqual({ groups: [[2, 0]], hasChanged: true, nLost: 0 });
    expect(carriedNote(carried)).toBe(
      'The segments have changed since you merged some; those were found again by their averages.',
    );
  });

  it('rests where one of its clusters is not found: the nearest has a nearer one', () => {
    // The cluster at 10 is gone: nearest to it is the one at 1, which is nearer to what was at 0.
    const carried = carryMerging([[1, 2]], then(0, 10, 20), ...now(0, 1, 20));
    expect(carried).toEqual({ groups: [], hasChanged: true, nLost: 1 });
    expect(carriedNote(carried)).toBe(
      'The segments have changed since you merged some, and not all of those are found again: nothing is merged now. Merge anew, or undo the change.',
    );
  });

  it('rests alone: others hold', () => {
    const groups = [
      [0, 3],
      [1, 2],
    ];
    const carried = carryMerging(groups, then(0, 10, 20, 30), ...now(0, 1, 20, 30));
    expect(carried).toEqual({ groups: [[0, 3]], hasChanged: true, nLost: 1 });
    expect(carriedNote(carried)).toContain('one merging rests, the others hold.');
  });

  it('rests where both know no column in common, or where there are fewer clusters', () => {
    const elsewhere = { features: [{ column: 'y', level: null, means: [0, 10, 20] }] };
    const lost = { groups: [], hasChanged: true, nLost: 1 };
    expect(carryMerging([[0, 2]], elsewhere, ...now(0, 10, 20))).toEqual(lost);
    expect(carryMerging([[1, 2]], then(0, 10, 11), ...now(0, 10))).toEqual(lost);
    // A group that names more than were known is nobody's.
    expect(carryMerging([[1, 7]], then(0, 10, 20), ...now(0, 10.1, 20))).toEqual(lost);
  });
});
