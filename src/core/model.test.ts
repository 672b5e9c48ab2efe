import { beforeAll, describe, expect, it } from 'vitest';
import { cleaning } from '../../tests/helpers/cleaning';
import { quickRecipe, runPipeline, sampleText } from '../../tests/helpers/pipeline';
import { parseModel, writeModel } from '../deliver/model-file';
import type { CleanStep } from './clean/clean-step';
import type { SegmentModel } from './model';
import { autoencoderDefaults } from './learn/autoencoder-params';
import type { Recipe } from './recipe';
import { reduceDefaults, type ReduceParams } from './reduce/reduce-params';
import { predict, predictRows, type CustomerValues, type ScoreColumn } from './score';
import type { StepOutputs } from './steps';

/** The made-up customers with two categories, which have a few rare levels and gaps. */
function customers(nRows: number): string {
  const regions = ['North', 'North', 'South', 'South', 'South', 'East', 'West', ''];
  return sampleText(nRows)
    .trim()
    .split('\n')
    .map((line, i) => {
      if (i === 0) return `${line},Region,Plan`;
      return `${line},${i % 150 === 7 ? 'Isle' : regions[(i * 5 + (i >> 3)) % 8]},${i % 3 === 0 ? 'basic' : 'plus'}`;
    })
    .join('\n');
}

/** The columns that the model asks for, as they stood in the file, of the kept rows. */
function keptColumns({ read, clean }: StepOutputs, { inputs }: SegmentModel): ScoreColumn[] {
  return inputs.map(({ name, kind }) => {
    const column = read.table.columns.find((candidate) => candidate.name === name);
    if (column?.kind === 'number' && kind === 'number') {
      return { kind, values: Float64Array.from(clean.rows, (i) => column.values[i]) };
    }
    if (column?.kind === 'category' && kind === 'category') {
      const codes = clean.rows.map((i) => column.codes[i]);
      return { kind, levels: column.levels, codes };
    }
    throw new Error(`${name} is not in the table.`);
  });
}

function rowsOf(columns: readonly ScoreColumn[], nRows: number): CustomerValues[] {
  return Array.from({ length: nRows }, (_, i) =>
    columns.map((column) => {
      if (column.kind === 'number') return Number.isNaN(column.values[i]) ? null : column.values[i];
      return column.codes[i] < 0 ? null : column.levels[column.codes[i]];
    }),
  );
}

const clip: CleanStep = {
  kind: 'outliers',
  isOn: true,
  columns: [],
  rule: 'iqr',
  limit: 1,
  action: 'clip',
};
const fill: CleanStep = { kind: 'missing', isOn: true, columns: [], rule: 'median', value: 0 };
const roles = ['Region', 'Plan'].map((column) => ({ column, role: 'cluster' }) as const);

const derived = [
  { name: 'Limit usage', formula: 'balance / credit_limit' },
  { name: 'Surplus', formula: '[limit usage] * 2 - ifmissing(minimum_payments, 0) / 1000' },
] as const;
/** The same, in the language of this test. NaN is missing. */
const deriveByHand = new Map<string, (get: (name: string) => number) => number>([
  ['Limit usage', (get) => divide(get('BALANCE'), get('CREDIT_LIMIT'))],
  [
    'Surplus',
    (get) => {
      const least = get('MINIMUM_PAYMENTS');
      return get('Limit usage') * 2 - (Number.isNaN(least) ? 0 : least) / 1000;
    },
  ],
]);
const divide = (a: number, b: number) => (b === 0 ? NaN : a / b);

const codes: ReduceParams = {
  ...reduceDefaults,
  space: 'codes',
  autoencoder: { ...autoencoderDefaults, hiddenSizes: [8], codeSize: 2, epochs: 3 },
};

const powers = [
  { column: 'PURCHASES', power: 'log1p' },
  { column: 'CASH_ADVANCE', power: 'sqrt' },
  { column: 'BALANCE', power: 'yeo-johnson' },
] as const;

describe.for([
  { name: 'as it is by default', recipe: {} },
  {
    name: 'with clipping and means',
    recipe: {
      clean: cleaning({ outlierAction: 'clip', fill: 'mean' }),
      scale: { scaling: 'robust', powers: [] },
    },
  },
  {
    name: 'with outliers set aside and modes',
    recipe: {
      clean: cleaning({ outlierAction: 'set-aside', outlierRule: 'zscore', fill: 'mode' }),
      scale: { scaling: 'minmax', powers: [] },
    },
  },
  {
    name: 'with gaps set aside, unscaled',
    recipe: { clean: cleaning({ fill: 'set-aside' }), scale: { scaling: 'none', powers: [] } },
  },
  {
    name: 'with gaps filled by a value beyond the bounds, after clipping',
    recipe: { clean: { roles: [], steps: [clip, { ...fill, rule: 'value', value: 1e5 }] } },
  },
  {
    name: 'with gaps filled by a value beyond the bounds, before clipping',
    recipe: { clean: { roles: [], steps: [{ ...fill, rule: 'value', value: 1e5 }, clip] } },
  },
  {
    name: 'with values clipped twice, gaps filled in between',
    recipe: {
      clean: { roles: [], steps: [clip, fill, { ...clip, rule: 'percentile', limit: 10 }] },
    },
  },
  {
    name: 'with categories, of which some levels are rare and some values missing',
    recipe: { clean: { ...cleaning(), roles }, encode: { maxLevels: 3 } },
  },
  {
    name: 'with categories, all levels measured',
    recipe: { clean: { ...cleaning(), roles }, scale: { scaling: 'minmax', powers: [] } },
  },
  { name: 'with derived columns, one from another', recipe: { derive: { columns: derived } } },
  { name: 'with powers', recipe: { scale: { scaling: 'standard', powers } } },
  {
    name: 'in the space of three components',
    recipe: { reduce: { ...reduceDefaults, space: 'components', nComponents: 3 } },
  },
  { name: 'in the space of codes', recipe: { reduce: codes } },
  {
    name: 'in the space of codes through bends of another kind',
    recipe: {
      reduce: {
        ...codes,
        autoencoder: { ...codes.autoencoder, hiddenSizes: [9, 5], activation: 'tanh' },
      },
    },
  },
  {
    name: 'with merged segments',
    recipe: { cluster: { nClusters: 4, merge: [[0, 2]] } },
  },
  {
    name: 'with all of it',
    recipe: {
      reduce: { ...codes, autoencoder: { ...codes.autoencoder, activation: 'relu' } },
      cluster: { nClusters: 4, merge: [[1, 3]] },
      derive: { columns: derived },
      clean: { roles, steps: [clip, fill] },
      encode: { maxLevels: 2 },
      scale: {
        scaling: 'robust',
        powers: [
          ...powers,
          { column: 'Limit usage', power: 'log1p' },
          { column: 'Surplus', power: 'yeo-johnson' },
        ],
      },
    },
  },
] as { name: string; recipe: Partial<Recipe> }[])('the model $name', ({ recipe }) => {
  let outputs: StepOutputs;
  let model: SegmentModel;
  let columns: ScoreColumn[];
  let rows: CustomerValues[];
  beforeAll(async () => {
    outputs = await runPipeline(customers(400), { ...quickRecipe, ...recipe });
    model = parseModel(writeModel(outputs.model));
    columns = keptColumns(outputs, model);
    rows = rowsOf(columns, outputs.clean.nKept);
  });

  it('is the same when it was saved and loaded', () => {
    expect(model).toEqual(outputs.model);
  });

  it('says of every customer what clustering said', () => {
    const { labels } = outputs.cluster.fit;
    expect(rows).toHaveLength(labels.length);
    expect(new Set(labels).size).toBeGreaterThan(1);
    const predicted = Int32Array.from(rows, (row) => predict(model, row).segment);
    expect(predicted).toEqual(labels);
  });

  it('says the same of all of them at once', () => {
    const { labels, nRowsFilled } = predictRows(model, columns, rows.length);
    expect(labels).toEqual(outputs.cluster.fit.labels);
    expect(nRowsFilled).toBe(rows.filter((row) => predict(model, row).filled.length > 0).length);
  });

  it('says it in any language: by the steps of docs/results.md', () => {
    const plain = JSON.parse(JSON.stringify(model)) as SegmentModel;
    const segmentOf = (row: CustomerValues) => segmentByHand(plain, row);
    expect(Int32Array.from(rows, segmentOf)).toEqual(outputs.cluster.fit.labels);
  });

  it('puts every customer where the map has it', () => {
    rows.slice(0, 50).forEach((row, i) => {
      const { point } = predict(model, row);
      const size = Math.hypot(outputs.pca.scores[2 * i], outputs.pca.scores[2 * i + 1]);
      expect(Math.abs(point[0] - outputs.pca.scores[2 * i])).toBeLessThan(5e-4 + 1e-6 * size);
      expect(Math.abs(point[1] - outputs.pca.scores[2 * i + 1])).toBeLessThan(5e-4 + 1e-6 * size);
    });
  });

  it('tells the distance to every segment, the nearest being its own', () => {
    for (const row of rows.slice(0, 50)) {
      const { segment, distances } = predict(model, row);
      expect(distances).toHaveLength(model.segments.length);
      expect(distances[segment]).toBe(Math.min(...distances));
    }
  });

  it('asks the tree about the values that it was grown on', () => {
    const { encode } = outputs;
    rows.slice(0, 50).forEach((row, i) => {
      for (const { feature, value } of predict(model, row).treePath) {
        expect(value).toBe(encode.values[feature][i]);
      }
    });
  });

  it('knows how far its customers are from their centre', () => {
    const own = rows
      .map((row) => predict(model, row))
      .map((p) => [p.segment, p.distances[p.segment]]);
    model.segments.forEach(({ distance, size }, c) => {
      const distances = own
        .filter(([segment]) => segment === c)
        .map(([, d]) => d)
        .sort((a, b) => a - b);
      const slack = 1e-6 * (1 + distances[size - 1]);
      expect(distances).toHaveLength(size);
      expect(distance.median).toBeGreaterThanOrEqual(distances[Math.floor((size - 1) / 2)] - slack);
      expect(distance.median).toBeLessThanOrEqual(distances[Math.ceil((size - 1) / 2)] + slack);
      expect(distance.p99).toBeLessThanOrEqual(distances[size - 1] + slack);
    });
  });
});

/** docs/results.md, "To place a customer". */
function segmentByHand(
  { inputs, derived, features, space, centers }: SegmentModel,
  row: CustomerValues,
): number {
  const known = new Map(inputs.map(({ name }, at) => [name, row[at]]));
  const get = (name: string) => {
    const value = known.get(name);
    return typeof value === 'number' ? value : NaN;
  };
  for (const { name } of derived) known.set(name, deriveByHand.get(name)?.(get) ?? NaN);
  const x = features.map(({ from, fill, clip, power, center, scale, step }) => {
    const given = known.get(from.column);
    const levels = features.flatMap((other) =>
      other.from.kind === 'level' && other.from.column === from.column ? [other.from.level] : [],
    );
    let value = 0;
    switch (from.kind) {
      case 'level':
        value = given === from.level ? 1 : 0;
        break;
      case 'other':
        value = typeof given === 'string' && !levels.includes(given) ? 1 : 0;
        break;
      case 'missing':
        value = given === null ? 1 : 0;
        break;
      case 'number':
        value = get(from.column);
        if (Number.isNaN(value)) value = fill;
        else if (clip !== null) value = Math.min(Math.max(value, clip.lower), clip.upper);
    }
    const scaled = (evened(value, power) - center) / scale;
    return Math.fround(step * toEven(scaled / step));
  });
  const point = space === null ? x : movedByHand(space, x);
  const sums = centers.map(({ at }) =>
    point.reduce((sum, value, j) => sum + (value - at[j]) ** 2, 0),
  );
  return centers[sums.indexOf(Math.min(...sums))].segment;
}

/** The distribution function of the standard normal is that of Abramowitz and Stegun, 26.2.17. */
function movedByHand(
  { layers, center, step }: NonNullable<SegmentModel['space']>,
  x: readonly number[],
): number[] {
  const curves = {
    linear: (value: number) => value,
    relu: (value: number) => Math.max(0, value),
    tanh: Math.tanh,
    gelu(value: number) {
      const density = Math.exp(Math.max(-(value ** 2) / 2, -87)) / Math.sqrt(2 * Math.PI);
      const t = 1 / (1 + 0.2316419 * Math.abs(value));
      const tail =
        density *
        (0.31938153 * t -
          0.356563782 * t ** 2 +
          1.781477937 * t ** 3 -
          1.821255978 * t ** 4 +
          1.330274429 * t ** 5);
      return value * (value < 0 ? tail : 1 - tail);
    },
  };
  let values = x;
  for (const { nOutputs, activation, weights, biases } of layers) {
    const from = values;
    values = biases.map((bias, o) =>
      curves[activation](
        from.reduce((sum, value, j) => sum + value * weights[j * nOutputs + o], bias),
      ),
    );
  }
  return values.map((value, m) => Math.fround(step[m] * toEven((value - center[m]) / step[m])));
}

function evened(x: number, { kind, lambda }: SegmentModel['features'][number]['power']): number {
  if (kind === 'log1p') return Math.log1p(Math.max(x, 0));
  if (kind === 'sqrt') return Math.sqrt(Math.max(x, 0));
  if (kind === 'none') return x;
  if (x >= 0) return lambda === 0 ? Math.log1p(x) : Math.expm1(lambda * Math.log1p(x)) / lambda;
  const mirrored = 2 - lambda;
  return mirrored === 0 ? -Math.log1p(-x) : -Math.expm1(mirrored * Math.log1p(-x)) / mirrored;
}

/** Half to even. Whole numbers from 2^52 on are left as they are. */
function toEven(x: number): number {
  const nearest = Math.round(x);
  return nearest - x === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}

describe('what a model asks for', () => {
  let model: SegmentModel;
  beforeAll(async () => {
    const recipe: Recipe = {
      ...quickRecipe,
      derive: {
        columns: [
          ...derived,
          // Nothing is made of it.
          { name: 'Idle', formula: 'tenure * 2' },
        ],
      },
      clean: {
        ...cleaning(),
        roles: [
          ...roles.slice(0, 1),
          { column: 'MINIMUM_PAYMENTS', role: 'ignore' },
          { column: 'Limit usage', role: 'ignore' },
          { column: 'Idle', role: 'ignore' },
        ],
      },
      encode: { maxLevels: 2 },
    };
    ({ model } = await runPipeline(customers(200), recipe));
  });

  it('is the columns of the file that features and formulas need, in their order', () => {
    const names = model.inputs.map(({ name }) => name);
    expect(names).toContain('MINIMUM_PAYMENTS');
    expect(names.at(-1)).toBe('Region');
    expect(names).not.toContain('CUST_ID');
    expect(names).not.toContain('Plan');
    expect(names).toHaveLength(18);
  });

  it('has the formulas that features need, and those that these need, with the names of the file', () => {
    expect(model.derived).toEqual([
      { name: 'Limit usage', formula: 'BALANCE / CREDIT_LIMIT' },
      {
        name: 'Surplus',
        formula: '[Limit usage] * 2 - ifmissing(MINIMUM_PAYMENTS, 0) / 1000',
      },
    ]);
    const made = model.features.map(({ name }) => name);
    expect(made).toContain('Surplus');
    expect(made).not.toContain('Limit usage');
  });

  it('has ranges also of a column that only feeds a formula', () => {
    const least = model.inputs.find(({ name }) => name === 'MINIMUM_PAYMENTS');
    if (least?.kind !== 'number') throw new Error('No number.');
    const { min, q1, median, q3, max } = least;
    expect([min, q1, median, q3, max]).toEqual(
      [min, q1, median, q3, max].toSorted((a, b) => a - b),
    );
    expect(max).toBeGreaterThan(min);
  });

  it('has the levels of a category that are measured', () => {
    const region = model.inputs.at(-1);
    if (region?.kind !== 'category') throw new Error('No category.');
    expect(region.levels).toHaveLength(2);
    const made = model.features.filter(({ from }) => from.column === 'Region');
    expect(made.map(({ name }) => name)).toEqual([
      ...region.levels.map((level) => `Region: ${level}`),
      'Region: other',
      'Region: missing',
    ]);
    expect(made.map(({ fill, clip }) => [fill, clip])).toEqual(Array(4).fill([0, null]));
  });
});

it('a column that only feeds a formula and has an infinite cell leaves a model that can be saved', async () => {
  const lines = ['a,b,c', ...Array.from({ length: 20 }, (_, i) => `${i},${(i * 7) % 11},${i % 5}`)];
  lines[3] = '2,3,1e999';
  const { model } = await runPipeline(lines.join('\n'), {
    ...quickRecipe,
    derive: { columns: [{ name: 'd', formula: 'ifmissing(c, 1) + a' }] },
    clean: { ...cleaning(), roles: [{ column: 'c', role: 'ignore' }] },
  });
  expect(parseModel(writeModel(model))).toEqual(model);
});

it('bounds that have nothing in common are those of the last step, in which every value ended', async () => {
  // Five values from 1 to 5, clipped to −2 … 8; 35 gaps become 1,000, and then the middle half is 1,000 alone.
  const lines = Array.from({ length: 40 }, (_, i) => `${i < 5 ? i + 1 : ''},${i % 9},${i % 7}`);
  const outputs = await runPipeline(['rare,b,c', ...lines].join('\n'), {
    ...quickRecipe,
    clean: {
      roles: ['rare', 'b', 'c'].map((column) => ({ column, role: 'cluster' })),
      steps: [
        { ...clip, columns: ['rare'], limit: 1.5 },
        { ...fill, rule: 'value', value: 1000 },
        { ...clip, columns: ['rare'], rule: 'percentile', limit: 25 },
      ],
    },
  });
  const { model, clean, cluster } = outputs;
  expect(new Set(clean.features[0])).toEqual(new Set([1000]));
  expect(model.features[0]).toMatchObject({ fill: 1000, clip: { lower: 1000, upper: 1000 } });
  const columns = keptColumns(outputs, model);
  expect(predictRows(model, columns, clean.nKept).labels).toEqual(cluster.fit.labels);
});
