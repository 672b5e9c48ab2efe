import { beforeAll, describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { quickRecipe, runPipeline, sampleText } from '../../../tests/helpers/pipeline';
import { parseModel, writeModel } from '../../deliver/model-file';
import { matrix } from '../matrix';
import { createRandom } from '../random';
import { predictRows } from '../score';
import type { StepOutputs } from '../steps';
import { fewestFields } from './fewest-fields';
import { changeOfFields, fewestFinding, firstChoice, shortFormSentence } from './fewest-words';
import { smallModel } from './small-model';

/** Four segments by two of five columns: column 3 parts low from high, column 1 the halves of each; the others are noise. */
function made(n: number) {
  const random = createRandom(1);
  const labels = Int32Array.from({ length: n }, (_, i) => i % 4);
  const rows = Array.from(labels, (label) => [
    random.normal(),
    (label % 2 === 0 ? -3 : 3) + random.normal() / 2,
    random.normal(),
    (label < 2 ? -6 : 6) + random.normal() / 2,
    random.normal(),
  ]);
  return { X: matrix(Float32Array.from(rows.flat()), n, 5), labels, nClasses: 4 };
}
const apart = [[0], [1], [2], [3], [4]];

describe('the fewest fields', () => {
  it('are those that part the segments, and no more are looked for', async () => {
    const found = await fewestFields({ ...made(600), groups: apart }, 42, ctx);
    expect(found.steps.map(({ groups }) => groups.length)).toEqual([1, 2]);
    expect([...found.steps[1].groups].sort()).toEqual([1, 3]);
    // Either of the two alone parts halves: two segments of four are right.
    expect(found.steps[0].accuracy).toBeGreaterThan(0.4);
    expect(found.steps[0].accuracy).toBeLessThan(0.6);
    expect(found.steps[1].accuracy).toBeGreaterThan(0.99);
    expect(found).toMatchObject({ nEnough: 2, nTrain: 420, nTest: 180 });
    expect(found.allAccuracy).toBeGreaterThan(0.99);
  });

  it('takes a category with all its levels for one field', async () => {
    const groups = [[1, 3], [0], [2, 4]];
    const found = await fewestFields({ ...made(400), groups }, 42, ctx);
    expect(found.steps.map(({ groups }) => groups)).toEqual([[0]]);
  });

  it('is as right as the nearest mean is, by hand', async () => {
    // One column; segment 0 at 0, segment 1 at 10, and in every tenth row the other way round.
    const labels = Int32Array.from({ length: 100 }, (_, i) => i % 2);
    const X = matrix(
      Float32Array.from(labels, (label, i) => (i % 10 === 0 ? 10 - 10 * label : 10 * label)),
      100,
      1,
    );
    const { steps, allAccuracy } = await fewestFields(
      { X, labels, nClasses: 2, groups: [[0]] },
      42,
      ctx,
    );
    expect(steps).toHaveLength(1);
    expect(steps[0].accuracy).toBe(allAccuracy);
    expect(allAccuracy).toBeGreaterThan(0.8);
    expect(allAccuracy).toBeLessThan(1);
  });

  it('sees what fields are only worth together, and is the same for the same seed', async () => {
    // Three segments in four columns: 0 and 1 part them exactly, together; 2 does it half alone, 3 is noise.
    const random = createRandom(5);
    const labels = Int32Array.from({ length: 600 }, (_, i) => i % 3);
    const rows = Array.from(labels, (label) => [
      (label === 1 ? 4 : 0) + random.normal() / 3,
      (label === 2 ? 4 : 0) + random.normal() / 3,
      label + 0.55 * random.normal(),
      random.normal(),
    ]);
    const X = matrix(Float32Array.from(rows.flat()), 600, 4);
    const data = { X, labels, nClasses: 3, groups: [[0], [1], [2], [3]] };
    const found = await fewestFields(data, 7, ctx);
    // Alone the third is best, so adding one by one would keep it.
    expect(found.steps[0].groups).toEqual([2]);
    expect([...found.steps[1].groups].sort()).toEqual([0, 1]);
    expect(found.steps[1].accuracy).toBeGreaterThan(0.99);
    expect(await fewestFields(data, 7, ctx)).toEqual(found);
  });

  it('can be cancelled', async () => {
    const breathe = () => Promise.reject(new Error('cancelled'));
    const cancelled = fewestFields({ ...made(100), groups: apart }, 1, { ...ctx, breathe });
    await expect(cancelled).rejects.toThrow('cancelled');
  });
});

describe('a model of few fields', () => {
  let outputs: StepOutputs;
  beforeAll(async () => {
    outputs = await runPipeline(sampleText(400), quickRecipe);
  });

  it.for([1, 3])(
    'of %i is a model like any other, and places by the means in them',
    async (nFields) => {
      const columns = outputs.encode.features.slice(2, 2 + nFields).map(({ from }) => from.column);
      const model = await smallModel(outputs, columns, quickRecipe, ctx);
      expect(model.inputs.map(({ name }) => name)).toEqual(columns);
      // A file of it is read again, which checks every length.
      expect(parseModel(writeModel(model))).toEqual(model);
      const table = outputs.derive.table.columns;
      const inputs = columns.map((name) => {
        const column = table.find((one) => one.name === name);
        return column?.kind === 'number' ? column : expect.fail();
      });
      const { labels } = predictRows(model, inputs, outputs.derive.table.nRows);
      const { X } = outputs.scale;
      const all = outputs.cluster.fit.labels;
      const picked = columns.map((name) =>
        outputs.encode.features.findIndex(({ from }) => from.column === name),
      );
      // By hand: the mean of each segment in these columns, and the nearest of them.
      const means = Array.from({ length: outputs.cluster.fit.nClusters }, (_, c) =>
        picked.map((j) => {
          const own = [...all.keys()].filter((i) => all[i] === c);
          return own.reduce((sum, i) => sum + X.data[i * X.nFeatures + j], 0) / own.length;
        }),
      );
      outputs.clean.rows.forEach((row, i) => {
        const distances = means.map((mean) =>
          mean.reduce(
            (sum, value, at) => sum + (X.data[i * X.nFeatures + picked[at]] - value) ** 2,
            0,
          ),
        );
        expect(labels[row]).toBe(distances.indexOf(Math.min(...distances)));
      });
    },
  );
});

describe('fewest fields in words', () => {
  const found = {
    columns: ['CREDIT_LIMIT', 'visits', 'spend'],
    steps: [
      { groups: [2], accuracy: 0.8 },
      { groups: [0, 1], accuracy: 0.95 },
    ],
    allAccuracy: 0.96,
    nEnough: 2,
    nTrain: 700,
    nTest: 300,
  };
  const tested = '300 customers who had no part in the choice';

  it('names those that are right for nine in ten, and says how far they are from all', () => {
    expect(firstChoice(found)).toBe(2);
    expect(fewestFinding(found)).toBe(
      `Credit limit and visits tell the segment of 95\u00a0% of ${tested}. That is within two points of all three (96\u00a0%).`,
    );
    expect(fewestFinding({ ...found, allAccuracy: 0.999, nEnough: 3 })).toContain(
      'Nothing short of all fields comes within two points of all three (99.9\u00a0%).',
    );
    const many = { ...found, columns: [...found.columns, 'a', 'b'], nEnough: 4 };
    expect(fewestFinding(many)).toContain('It takes four to come within two points of all five');
  });

  it('says so where none come close', () => {
    const poor = { ...found, steps: found.steps.slice(0, 1), nEnough: null };
    expect(fewestFinding(poor)).toBe(
      `Spend tells the segment of 80\u00a0% of ${tested}. One field does not come within two points of all three (96\u00a0%).`,
    );
  });

  it('says what changes with one field more', () => {
    expect(changeOfFields(found, 0)).toBe('Spend');
    expect(changeOfFields(found, 1)).toBe('Credit limit, visits; without spend');
  });

  it('says what a short form costs', () => {
    expect(shortFormSentence(found, 1)).toBe(
      'With 1 field the segment of 80\u00a0% of customers is told right, 16.0 points fewer than with all fields; about one in 5 gets a wrong one.',
    );
    const perfect = { ...found, steps: [{ groups: [0], accuracy: 1 }] };
    expect(shortFormSentence(perfect, 1)).toContain('as many as with all fields; hardly anybody');
  });
});
