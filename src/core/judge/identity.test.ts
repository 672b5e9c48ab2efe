import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { identify, meansOf, pinnedFrom, type PinnedSegments } from './identity';

const number = (column: string) => ({ from: { kind: 'number', column } as const });
const level = (column: string, name: string) => ({
  from: { kind: 'level', column, level: name } as const,
});
const pinned: PinnedSegments = {
  features: [
    { column: 'spend', level: null, means: [100, 900, 20] },
    { column: 'visits', level: null, means: [3, 3, 40] },
    { column: 'plan', level: 'gold', means: [0.1, 0.8, 0.2] },
  ],
};
const features = [number('spend'), number('visits'), level('plan', 'gold')];
const deviations = [300, 15, 0.4];

describe('segments of a later run', () => {
  it('have the numbers of the pinned ones that they are nearest to', () => {
    const means = [
      [880, 4, 0.7],
      [25, 38, 0.2],
      [110, 2, 0.1],
    ];
    expect(identify(pinned, features, means, deviations)).toEqual({
      order: [2, 0, 1],
      continues: [0, 1, 2],
      nPinned: 3,
      nShared: 3,
    });
  });

  it('that are more come last, in their order; of fewer, the numbers close up', () => {
    const more = [
      [500, 20, 0.5],
      [25, 38, 0.2],
      [880, 4, 0.7],
      [60, 20, 0.5],
      [110, 2, 0.1],
    ];
    expect(identify(pinned, features, more, deviations)).toMatchObject({
      order: [4, 2, 1, 0, 3],
      continues: [0, 1, 2, null, null],
    });
    const fewer = [more[1], more[4]];
    expect(identify(pinned, features, fewer, deviations)).toMatchObject({
      order: [1, 0],
      continues: [0, 2],
      nPinned: 3,
    });
  });

  it('are told by the columns that both have, in units of their spread', () => {
    // By visits alone: 40 against 3; what is not there, or the same for everybody, tells nothing.
    const means = [
      [39, 1],
      [2, 1],
      [4, 1],
    ];
    const found = identify(pinned, [number('visits'), number('age')], means, [15, 5]);
    expect(found?.continues).toEqual([0, 1, 2]);
    expect(found?.order[2]).toBe(0);
    expect(found?.nShared).toBe(1);
    expect(identify(pinned, [number('age')], [[1]], [5])).toBeNull();
    expect(identify(pinned, [number('spend')], [[1]], [0])).toBeNull();
    // A level of the same name in another column is another one.
    expect(identify(pinned, [level('tier', 'gold')], [[0.5]], [0.4])).toBeNull();
  });

  it('are the same whatever order the run has them in', () => {
    const random = createRandom(5);
    const means = Array.from({ length: 5 }, () => [
      1000 * random.uniform(),
      40 * random.uniform(),
      random.uniform(),
    ]);
    const plain = identify(pinned, features, means, deviations);
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (places) => {
        const found = identify(
          pinned,
          features,
          places.map((c) => means[c]),
          deviations,
        );
        const own = (order: readonly number[] | undefined) => order?.slice(0, 3);
        expect(own(found?.order.map((c) => places[c]))).toEqual(own(plain?.order));
      }),
    );
  });

  it('of the very same run keep their order, from its own means', () => {
    const values = [Float64Array.of(1, 2, 30, 31, 90), Float64Array.of(5, 7, 0, 2, 1)];
    const labels = Int32Array.of(1, 1, 0, 0, 2);
    const { means, deviations: sds } = meansOf({ values }, labels, 3);
    expect(means).toEqual([[30.5, 1], [1.5, 6], [90, 1]]); // prettier-ignore
    // Of 1, 2, 30, 31, 90: mean 30.8, squares 5,222.8.
    expect(sds[0]).toBeCloseTo(Math.sqrt(5222.8 / 5), 9);
    const own = pinnedFrom({
      overall: [number('a'), number('b')],
      segments: means.map((row) => ({ columns: row.map((mean) => ({ mean })) })),
    });
    expect(own.features).toEqual([
      { column: 'a', level: null, means: [30.5, 1.5, 90] },
      { column: 'b', level: null, means: [1, 6, 1] },
    ]);
    const found = identify(own, [number('a'), number('b')], means, sds);
    expect(found?.order).toEqual([0, 1, 2]);
  });

  it('are not pinned by what has no name of its own', () => {
    const overall = [
      level('plan', 'gold'),
      { from: { kind: 'other', column: 'plan' } as const },
      { from: { kind: 'missing', column: 'plan' } as const },
    ];
    const segments = [{ columns: [{ mean: 0.5 }, { mean: 0.3 }, { mean: 0.2 }] }];
    expect(pinnedFrom({ overall, segments }).features).toEqual([
      { column: 'plan', level: 'gold', means: [0.5] },
    ]);
  });
});
