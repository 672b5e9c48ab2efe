import { beforeAll, describe, expect, it } from 'vitest';
import { cleaning } from '../../tests/helpers/cleaning';
import { quickRecipe, runPipeline, sampleText } from '../../tests/helpers/pipeline';
import { scratch, spoilJson } from '../../tests/helpers/spoil';
import { AppError } from '../core/errors';
import type { SegmentModel } from '../core/model';
import { predict, predictRows, type ScoreColumn } from '../core/score';
import { createRandom } from '../core/random';
import { reduceDefaults } from '../core/reduce/reduce-params';
import { maxModelBytes, parseModel, writeModel } from './model-file';

let model: SegmentModel;
let text: string;
/** Of codes, with merged segments. */
let layered: string;
beforeAll(async () => {
  const regions = ['North', 'South', 'East', 'West', ''];
  const lines = sampleText(200).trim().split('\n');
  const text200 = lines.map(
    (line, i) => `${line},${i === 0 ? 'Region' : regions[((i * i) % 7) % 5]}`,
  );
  ({ model } = await runPipeline(text200.join('\n'), {
    ...quickRecipe,
    derive: {
      columns: [
        { name: 'Limit usage', formula: 'balance / credit_limit' },
        { name: 'Surplus', formula: '[limit usage] - ifmissing(minimum_payments, 0) / 1000' },
      ],
    },
    clean: {
      ...cleaning({ outlierAction: 'clip' }),
      roles: [{ column: 'Region', role: 'cluster' }],
    },
    encode: { maxLevels: 2 },
    scale: {
      scaling: 'standard',
      powers: [
        { column: 'PURCHASES', power: 'log1p' },
        { column: 'Limit usage', power: 'yeo-johnson' },
      ],
    },
    tree: { ...quickRecipe.tree, maxDepth: 4 },
  }));
  text = writeModel(model);
  const inSpace = await runPipeline(text200.join('\n'), {
    ...quickRecipe,
    reduce: {
      ...reduceDefaults,
      space: 'codes',
      autoencoder: { ...reduceDefaults.autoencoder, hiddenSizes: [4], codeSize: 2, epochs: 1 },
    },
    cluster: { nClusters: 4, merge: [[1, 2]] },
    tree: { ...quickRecipe.tree, maxDepth: 2 },
  });
  layered = writeModel(inSpace.model);
});

function refusal(content: string): AppError {
  try {
    parseModel(content);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('The model was taken.');
}

/** The model's JSON with one place changed. */
function changed(change: (model: Record<string, unknown> & SegmentModel) => void): string {
  const copy = JSON.parse(text) as Record<string, unknown> & SegmentModel;
  change(copy);
  return JSON.stringify(copy);
}

describe('a model file', () => {
  it('gives the very same model back, every digit of it', () => {
    expect(parseModel(text)).toEqual(model);
    expect(writeModel(parseModel(text))).toBe(text);
    expect(writeModel(parseModel(layered))).toBe(layered);
  });

  it('can be read by a person', () => {
    expect(text.split('\n').length).toBeGreaterThan(100);
    expect(text.endsWith('}\n')).toBe(true);
  });
});

/** A model as version 2 wrote it, by hand. `b` was filled with what its bounds allow when it was read back. */
const version2 = {
  format: 'tessera-model',
  version: 2,
  nCustomers: 4,
  scaling: 'robust',
  columns: [
    {
      name: 'a',
      fill: 13,
      clip: null,
      center: 10,
      scale: 2,
      step: 0.25,
      min: 0,
      q1: 1,
      median: 2,
      q3: 3,
      max: 20,
    },
    {
      name: 'b',
      fill: 9,
      clip: { lower: -1, upper: 5 },
      center: 0,
      scale: 1,
      step: 0.5,
      min: -4,
      q1: 0,
      median: 1,
      q3: 2,
      max: 30,
    },
  ],
  projection: {
    components: [
      [1, 0],
      [0, 1],
    ],
    explainedVarianceRatio: [0.75, 0.25],
  },
  segments: [
    { name: 'Low', size: 3, center: [-1, 0], distance: { median: 0, p99: 1 } },
    { name: 'High', size: 1, center: [1, 0], distance: { median: 0, p99: 1 } },
  ],
  tree: {
    nFeatures: 2,
    nClasses: 2,
    feature: [0, -1, -1],
    threshold: [10, 0, 0],
    left: [1, -1, -1],
    right: [2, -1, -1],
    value: [
      [3, 1],
      [3, 0],
      [0, 1],
    ],
    nSamples: [4, 3, 1],
    impurity: [0.375, 0, 0],
    featureImportances: [1, 0],
  },
  treeAccuracy: 1,
};

/** What version 2 added is taken away. */
const version1 = {
  ...version2,
  version: 1,
  columns: version2.columns.map(({ step: _, ...column }) => column),
};

const withoutColumns = ({ columns: _, segments: __, ...rest }: typeof version2) => rest;

/** A model as version 3 wrote it, by hand. */
const version3 = {
  ...inVersion4([0.25, 0.5]),
  space: undefined,
  centers: undefined,
  version: 3,
  segments: version2.segments,
};

/** The same model, as it is now: a centre for each segment, which lies on the map at (a, b). */
function inVersion4(steps: readonly [number, number]): SegmentModel {
  return {
    ...withoutColumns(version2),
    format: 'tessera-model',
    version: 4,
    scaling: 'robust',
    space: null,
    centers: [
      { segment: 0, at: [-1, 0] },
      { segment: 1, at: [1, 0] },
    ],
    segments: [
      { name: 'Low', size: 3, point: [-1, 0], distance: { median: 0, p99: 1 } },
      { name: 'High', size: 1, point: [1, 0], distance: { median: 0, p99: 1 } },
    ],
    inputs: [
      { kind: 'number', name: 'a', min: 0, q1: 1, median: 2, q3: 3, max: 20 },
      { kind: 'number', name: 'b', min: -4, q1: 0, median: 1, q3: 2, max: 30 },
    ],
    derived: [],
    features: [
      {
        name: 'a',
        from: { kind: 'number', column: 'a' },
        fill: 13,
        clip: null,
        power: { kind: 'none', lambda: 1 },
        center: 10,
        scale: 2,
        step: steps[0],
      },
      {
        name: 'b',
        from: { kind: 'number', column: 'b' },
        fill: 5,
        clip: { lower: -1, upper: 5 },
        power: { kind: 'none', lambda: 1 },
        center: 0,
        scale: 1,
        step: steps[1],
      },
    ],
  };
}

describe('a model file of an older version', () => {
  it('2 becomes one whose inputs are numbers, a feature each, a fill within its bounds', () => {
    expect(parseModel(JSON.stringify(version2))).toEqual(inVersion4([0.25, 0.5]));
  });

  it('1 becomes one whose values are not rounded to a grid, too', () => {
    expect(parseModel(JSON.stringify(version1))).toEqual(inVersion4([0, 0]));
  });

  it('3 becomes one whose segments have a centre each, among the features', () => {
    expect(parseModel(JSON.stringify(version3))).toEqual(inVersion4([0.25, 0.5]));
  });

  it('3 is checked as strictly', () => {
    const spoil = (what: object) => refusal(JSON.stringify({ ...version3, ...what })).message;
    expect(spoil({ space: null })).toContain('version 3 has no space');
    expect(spoil({ centers: [] })).toContain('version 3 has no centers');
    expect(spoil({ surprise: 1 })).toContain('surprise');
    const [low, high] = version3.segments;
    expect(spoil({ segments: [low] })).toContain('same length');
    expect(spoil({ segments: [low, { ...high, more: 1 }] })).toContain('segments.1.more');
    expect(spoil({ segments: [low, { ...high, center: [1] }] })).toContain('a centre does not');
    expect(spoil({ segments: [low, { ...high, center: null }] })).toContain('segments.1.center');
    for (const broken of [null, 1, {}, [null], [[]]]) {
      expect(spoil({ segments: broken })).toContain('segments');
      expect(spoil({ projection: broken })).toContain('projection');
    }
  });

  it('gives the answers that it gave, and can be written as it is now', () => {
    const now = parseModel(JSON.stringify(version2));
    // (14 − 10) / 2 = 2; b missing is 9, moved to 5.
    expect(predict(now, [14, null])).toMatchObject({ segment: 1, point: [2, 5], filled: [1] });
    expect(predict(now, [null, 7])).toMatchObject({ segment: 1, point: [1.5, 5], filled: [0] });
    expect(predict(now, [9, -3])).toMatchObject({ segment: 0, point: [-0.5, -1] });
    expect(parseModel(writeModel(now))).toEqual(now);
  });

  it.for([version1, version2])('$version is checked as strictly', (old) => {
    const spoil = (what: object) => refusal(JSON.stringify({ ...old, ...what })).message;
    expect(spoil({ surprise: 1 })).toContain('surprise');
    expect(spoil({ inputs: [] })).toContain('inputs');
    expect(spoil({ features: [] })).toContain('features');
    for (const columns of [null, 1, {}, [null], [1], [{}], [[]]]) {
      expect(spoil({ columns })).toContain('columns');
    }
    expect(spoil({ columns: [] })).toContain('inputs');
    const [a, b] = old.columns;
    expect(spoil({ columns: [a, { ...b, more: 1 }] })).toContain('columns.1.more');
    expect(spoil({ columns: [a, { ...b, scale: 0 }] })).toContain('features.1.scale');
    expect(spoil({ columns: [a, { ...b, min: null }] })).toContain('inputs.1.min');
    expect(spoil({ columns: [a, { ...b, name: 'a' }] })).toContain('same name');
  });

  it('2 without a step is none', () => {
    const { columns } = version1;
    expect(refusal(JSON.stringify({ ...version2, columns })).message).toContain('columns.0.step');
  });

  it.for([0, -1, 1.5, '2', null])('%o is none', (version) => {
    expect(refusal(JSON.stringify({ ...version2, version })).code).toBe('model-invalid');
  });
});

describe('a file that is no model is refused', () => {
  it.for([
    ['nothing', ''],
    ['words', 'hello'],
    ['half a model', '{"format":"tessera-model","version":1'],
    ['a list', '[]'],
    ['null', 'null'],
    ['another format', '{"format":"other","version":1}'],
    ['a results file', '{"format":"tessera-results","version":1}'],
    ['brackets without end', '['.repeat(100_000)],
  ] as const)('%s', ([, content]) => {
    expect(refusal(content).code).toBe('model-invalid');
  });

  it('one of a newer version by name, whatever else is in it', () => {
    const newer = refusal('{"format":"tessera-model","version":5,"wonder":[1]}');
    expect(newer).toMatchObject({ code: 'model-too-new', details: { version: 5, supported: 4 } });
    expect(newer.message).toContain('Reload the page');
  });

  it('one that is too large, before it is parsed', () => {
    const large = ' '.repeat(maxModelBytes + 1);
    expect(refusal(large)).toMatchObject({ code: 'model-invalid' });
    expect(refusal(large).message).toContain('larger than any model');
  });

  it('one with an unknown field, or a name that is special to JavaScript', () => {
    expect(refusal(changed((m) => (m.surprise = 1))).message).toContain('surprise');
    expect(refusal(text.replace('{', '{"__proto__":{"polluted":1},')).code).toBe('model-invalid');
    expect(refusal(text.replace('{', '{"constructor":{},')).code).toBe('model-invalid');
  });

  it.for([
    ['a scale of 0', /features\.0\.scale/, (m) => set(m, 'features.0.scale', 0)],
    ['a step below 0', /features\.0\.step/, (m) => set(m, 'features.0.step', -1)],
    ['a step beyond numbers', /features\.0\.step/, (m) => set(m, 'features.0.step', 1e300)],
    ['no step', /features\.0\.step/, (m) => set(m, 'features.0.step', undefined)],
    ['no power', /features\.0\.power/, (m) => set(m, 'features.0.power', undefined)],
    ['an unknown power', /power\.kind/, (m) => set(m, 'features.0.power.kind', 'toString')],
    ['an unknown origin', /features\.0\.from/, (m) => set(m, 'features.0.from.kind', 'guess')],
    ['bounds the wrong way round', /above the upper/, (m) => set(m, 'features.0.clip.lower', 1e9)],
    ['no input', /inputs/, (m) => set(m, 'inputs', [])],
    ['a feature too many', /does not have 24 values/, (m) => addFeature(m, 'number', 'TENURE2')],
    ['a feature of no column', /column that is not there/, (m) => rename(m, 'BALANCE', 'LOST')],
    ['a feature twice', /made of the same/, (m) => set(m, 'features.1.from', m.features[0].from)],
    ['a level of a number', /not there/, (m) => set(m, 'features.0.from', level('TENURE', 'x'))],
    ['a level of no input', /not there/, (m) => set(m, 'features.20.from', level('Lost', 'x'))],
    [
      'a level that none can choose',
      /levels of “Region”/,
      (m) => set(m, 'inputs.17.levels.0', '?'),
    ],
    ['a level too many', /levels of “Region”/, (m) => set(m, 'inputs.17.levels.2', '?')],
    ['a category as a number', /not there/, (m) => set(m, 'features.0.from.column', 'Region')],
    ['a formula of no column', /not there/, (m) => set(m, 'derived.0.formula', 'LOST + 1')],
    ['a formula of a category', /not there/, (m) => set(m, 'derived.0.formula', 'Region + 1')],
    ['a formula of itself', /not there/, (m) => set(m, 'derived.0.formula', '[Limit usage] + 1')],
    ['a formula of a later one', /not there/, (m) => set(m, 'derived', m.derived.toReversed())],
    ['a formula in another case', /not there/, (m) => set(m, 'derived.0.formula', 'balance')],
    ['a formula of nothing', /cannot be read/, (m) => set(m, 'derived.0.formula', '')],
    ['a formula of JavaScript', /cannot be read/, (m) => set(m, 'derived.0.formula', 'a=>{}')],
    ['a deep formula', /cannot be read/, (m) => set(m, 'derived.0.formula', nested(500))],
    ['a very deep formula', /cannot be read/, (m) => set(m, 'derived.0.formula', nested(4000))],
    ['a long formula', /derived\.0\.formula/, (m) => set(m, 'derived.0.formula', nested(1e5))],
    ['a derived column as an input', /same name/, (m) => rename(m, 'Surplus', 'TENURE')],
    ['two inputs of one name', /same name/, (m) => set(m, 'inputs.1.name', m.inputs[0].name)],
    ['two features of one name', /same name/, (m) => set(m, 'features.1.name', m.features[0].name)],
    ['a centre beyond float32', /centers\.1\.at/, (m) => set(m, 'centers.1.at.2', 1e39)],
    ['a projection that is none', /projection/, (m) => set(m, 'projection.components.0.0', 2)],
    ['a centre that is null', /centers\.1\.at\.2/, (m) => set(m, 'centers.1.at.2', null)],
    ['a centre too short', /does not have 23 values/, (m) => set(m, 'centers.0.at', [1])],
    ['no centre', /centers/, (m) => set(m, 'centers', [])],
    ['a centre of no segment', /belongs to no/, (m) => set(m, 'centers.0.segment', 99)],
    ['a segment without a centre', /has no centre/, (m) => set(m, 'centers.0.segment', 1)],
    ['a point that is none', /segments\.0\.point/, (m) => set(m, 'segments.0.point', [1])],
    ['a space of no kind', /space\.kind/, (m) => set(m, 'space', space({ kind: 'dream' }))],
    ['a space without layers', /space\.layers/, (m) => set(m, 'space', space({ layers: [] }))],
    ['a space of too many layers', /space\.layers/, (m) => set(m, 'space', space(tooDeep))],
    ['a layer of other columns', /layer 0/, (m) => set(m, 'space', space({}, { nInputs: 22 }))],
    ['a layer too short', /layer 0/, (m) => set(m, 'space', space({}, { weights: [1] }))],
    ['a layer without biases', /layer 0/, (m) => set(m, 'space', space({}, { biases: [] }))],
    ['an unknown bend', /activation/, (m) => set(m, 'space', space({}, { activation: 'valueOf' }))],
    ['a weight beyond reason', /biases\.0/, (m) => set(m, 'space', space({}, { biases: [1e7] }))],
    ['a space of other numbers', /have 1 numbers/, (m) => set(m, 'space', space({ step: [] }))],
    ['centres beside its space', /have 1 values/, (m) => set(m, 'space', space())],
    ['one component', /projection\.components/, (m) => set(m, 'projection.components', [[1]])],
    ['no segment', /segments/, (m) => set(m, 'segments', [])],
    ['a share above 1', /treeAccuracy/, (m) => set(m, 'treeAccuracy', 1.5)],
    ['a tree that goes in a circle', /node 0 .* leads nowhere/, (m) => set(m, 'tree.left.0', 0)],
    ['a tree that leads back up', /node 1 .* leads nowhere/, (m) => set(m, 'tree.left.1', 0)],
    ['a tree that leads out', /node 0 .* leads nowhere/, (m) => set(m, 'tree.right.0', 10_000)],
    ['a tree that asks for no column', /leads nowhere/, (m) => set(m, 'tree.feature.0', 23)],
    ['a tree with a list too short', /same length/, (m) => set(m, 'tree.threshold', [1])],
    ['a tree of other segments', /same length/, (m) => set(m, 'tree.nClasses', 99)],
  ] as [string, RegExp, (m: SegmentModel) => void][])(
    'one with %s, saying where',
    ([, where, change]) => {
      const error = refusal(changed(change));
      expect(error.code).toBe('model-invalid');
      expect(error.message).toMatch(where);
    },
  );
});

const layer = {
  nInputs: 23,
  nOutputs: 1,
  activation: 'relu',
  weights: Array<number>(23).fill(0),
  biases: [0],
};
const space = (what: object = {}, ofLayer: object = {}) => {
  return { kind: 'codes', layers: [{ ...layer, ...ofLayer }], center: [0], step: [0], ...what };
};
const tooDeep = { layers: Array<typeof layer>(10).fill(layer) };
const level = (column: string, level: string) => ({ kind: 'level', column, level });
const nested = (depth: number) => `${'('.repeat(depth)}BALANCE${')'.repeat(depth)}`;

function addFeature(model: SegmentModel, kind: string, name: string): void {
  const [first] = model.features;
  set(model, `inputs.${model.inputs.length}`, { ...model.inputs[0], name });
  set(model, `features.${model.features.length}`, { ...first, name, from: { kind, column: name } });
}

/** Of an input or a derived column: its features are left as they are. */
function rename({ inputs, derived }: SegmentModel, from: string, to: string): void {
  const column = [...inputs, ...derived].find(({ name }) => name === from);
  if (column === undefined) throw new Error(`There is no ${from}.`);
  set(column, 'name', to);
}

function set(root: object, path: string, value: unknown): void {
  const keys = path.split('.');
  let inner = root as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) inner = inner[key] as Record<string, unknown>;
  inner[keys[keys.length - 1]] = value;
}

/** Projects and links have a test of their own, of as many (`project-file.test.ts`). */
describe('5,000 spoilt models', () => {
  function columnsFor({ inputs }: SegmentModel, row: readonly (string | number)[]): ScoreColumn[] {
    return inputs.map(({ kind }, at) => {
      const value = row.at(at);
      if (kind === 'number') {
        return { kind, values: Float64Array.of(typeof value === 'number' ? value : NaN) };
      }
      return typeof value === 'string'
        ? { kind, levels: [value], codes: Int32Array.of(0) }
        : { kind, levels: [], codes: Int32Array.of(-1) };
    });
  }

  it('are refused by name or usable, never a crash', () => {
    const prototypeKeys = Object.getOwnPropertyNames(Object.prototype).sort();
    const random = createRandom(2024);
    const outcomes = { refused: 0, taken: 0, slowest: 0 };
    for (let i = 0; i < 5000; i++) {
      const one = i % 4 < 2 ? text : layered;
      const content = i % 2 === 0 ? spoilJson(one, random) : scratch(one, random);
      const start = performance.now();
      let taken: SegmentModel | undefined;
      try {
        taken = parseModel(content);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect((error as AppError).code).toMatch(/^model-(invalid|too-new)$/);
        outcomes.refused++;
      }
      outcomes.slowest = Math.max(outcomes.slowest, performance.now() - start);
      if (taken === undefined) continue;
      // What was taken answers like a model: one by one and in bulk the same.
      const row = taken.inputs.map((input) => (input.kind === 'number' ? input.median : 'North'));
      const { segment, distances } = predict(taken, row);
      expect(segment).toBeGreaterThanOrEqual(0);
      expect(segment).toBeLessThan(taken.segments.length);
      expect(distances).toHaveLength(taken.segments.length);
      expect(distances.every(Number.isFinite)).toBe(true);
      expect(distances[segment]).toBe(Math.min(...distances));
      expect(predictRows(taken, columnsFor(taken, row), 1).labels[0]).toBe(segment);
      outcomes.taken++;
    }
    expect(outcomes.refused).toBeGreaterThan(1000);
    expect(outcomes.taken).toBeGreaterThan(20);
    expect(outcomes.slowest).toBeLessThan(1000);
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(prototypeKeys);
  });
});
