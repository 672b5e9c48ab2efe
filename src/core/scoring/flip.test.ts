import { beforeAll, describe, expect, it } from 'vitest';
import { quickRecipe, runPipeline, sampleText } from '../../../tests/helpers/pipeline';
import type { SegmentModel } from '../model';
import { predict, type CustomerValues } from '../score';
import { flipInWords, smallestFlips } from './flip';

describe('the smallest change that flips an answer', () => {
  let model: SegmentModel;
  let usual: (number | string | null)[];
  beforeAll(async () => {
    ({ model } = await runPipeline(sampleText(300), quickRecipe));
    usual = model.inputs.map((input) => (input.kind === 'number' ? input.median : null));
  });
  const segmentWith = (values: CustomerValues, at: number, value: number) =>
    predict(model, values.with(at, value)).segment;

  it('leads to the segment that it names, and nothing much smaller does', () => {
    const flips = smallestFlips(model, usual);
    expect(flips.length).toBeGreaterThan(0);
    const own = predict(model, usual).segment;
    for (const { input, from, to, segment } of flips) {
      if (typeof to !== 'number' || typeof from !== 'number') throw new Error('no number');
      expect(segmentWith(usual, input, to)).toBe(segment);
      expect(segment).not.toBe(own);
      // A little less of the change does not do it; in full on a grid.
      for (const share of [0.2, 0.5, 0.9, 0.97]) {
        expect(segmentWith(usual, input, from + share * (to - from))).toBe(own);
      }
    }
    expect(flips.map(({ size }) => size)).toEqual(
      flips.map(({ size }) => size).toSorted((a, b) => a - b),
    );
  });

  it('by hand: two centres in one column, halfway between them', () => {
    const one: SegmentModel = {
      ...model,
      inputs: [{ kind: 'number', name: 'spend', min: 0, q1: 2, median: 5, q3: 8, max: 10 }],
      derived: [],
      features: [
        {
          name: 'spend',
          from: { kind: 'number', column: 'spend' },
          fill: 3,
          clip: null,
          power: { kind: 'none', lambda: 1 },
          center: 5,
          scale: 1,
          step: 0,
        },
      ],
      projection: { components: [[1], [0]], explainedVarianceRatio: [1, 0] },
      space: null,
      centers: [
        { segment: 0, at: [-3] },
        { segment: 1, at: [2] },
      ],
      segments: [
        { ...model.segments[0], name: 'Low' },
        { ...model.segments[0], name: 'High' },
      ],
      tree: {
        ...model.tree,
        nFeatures: 1,
        feature: [-1],
        left: [-1],
        right: [-1],
        threshold: [0],
        value: [[1, 1]],
      },
    };
    // Centres at 2 and 7: the border is 4.5.
    const [flip] = smallestFlips(one, [4]);
    expect(flip).toMatchObject({ input: 0, from: 4, segment: 1 });
    expect(flip.to).toBeGreaterThan(4.5);
    expect(flip.to).toBeLessThan(4.52);
    expect(flip.size).toBeCloseTo(0.5 / 6, 2);
    expect(flipInWords(one, { ...flip, to: 4.51 })).toBe(
      'With spend 4.51 instead of 4 it would be High.',
    );
    // A gap counts as what fills it.
    const [gap] = smallestFlips(one, [null]);
    expect(gap.from).toBeNull();
    expect(flipInWords(one, { ...gap, to: 4.51 })).toBe(
      'With spend 4.51, where none is given, it would be High.',
    );
  });

  it('is not there where nothing within what was seen does it', () => {
    const centers = model.centers.filter(({ segment }) => segment === 0);
    const still = { ...model, segments: [model.segments[0]], centers };
    expect(smallestFlips(still, usual)).toEqual([]);
  });
});
