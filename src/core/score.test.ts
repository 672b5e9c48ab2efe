import { describe, expect, it } from 'vitest';
import type { ModelFeature, SegmentModel } from './model';
import { predict, predictRows, type ScoreColumn } from './score';

const number = (name: string) =>
  ({ kind: 'number', name, min: 0, q1: 1, median: 2, q3: 3, max: 20 }) as const;

function feature(from: ModelFeature['from'], more: Partial<ModelFeature> = {}): ModelFeature {
  const name = from.kind === 'level' ? `${from.column}: ${from.level}` : from.column;
  const plain = { fill: 0, clip: null, center: 0, scale: 1, step: 0 } as const;
  return { name, from, power: { kind: 'none', lambda: 1 }, ...plain, ...more };
}

/** Two segments, whose centres differ in the first feature by as much as given; the tree asks for it alone. */
function modelOf(
  inputs: SegmentModel['inputs'],
  features: readonly ModelFeature[],
  derived: SegmentModel['derived'] = [],
  [low, high] = [-1, 1],
): SegmentModel {
  const others = features.slice(1).map(() => 0);
  return {
    format: 'tessera-model',
    version: 4,
    nCustomers: 4,
    scaling: 'standard',
    inputs,
    derived,
    features,
    space: null,
    centers: [
      { segment: 0, at: [low, ...others] },
      { segment: 1, at: [high, ...others] },
    ],
    projection: {
      components: [[1, ...others], [0, 1, ...others.slice(1)].slice(0, features.length)],
      explainedVarianceRatio: [0.75, 0.25],
    },
    segments: [
      { name: 'Low', size: 2, point: [low, 0], distance: { median: 0, p99: 1 } },
      { name: 'High', size: 2, point: [high, 0], distance: { median: 0, p99: 1 } },
    ],
    tree: {
      nFeatures: features.length,
      nClasses: 2,
      feature: [0, -1, -1],
      threshold: [10, 0, 0],
      left: [1, -1, -1],
      right: [2, -1, -1],
      value: [
        [2, 2],
        [2, 0],
        [0, 2],
      ],
      nSamples: [4, 2, 2],
      impurity: [0.5, 0, 0],
      featureImportances: [1, ...others],
    },
    treeAccuracy: 1,
  };
}

describe('a customer of numbers', () => {
  /** x1 = (a − 10) / 2 to the nearest quarter, x2 = b; centres at −1 and 1 on the first. */
  const model = modelOf(
    [number('a'), number('b')],
    [
      feature(
        { kind: 'number', column: 'a' },
        { fill: 13, clip: { lower: 0, upper: 20 }, center: 10, scale: 2, step: 0.25 },
      ),
      feature({ kind: 'number', column: 'b' }),
    ],
  );

  it('is scaled, measured and projected', () => {
    // a = 14: x = 2; distances 3 and 1, both with b = 0.
    expect(predict(model, [14, 0])).toEqual({
      segment: 1,
      distances: [3, 1],
      point: [2, 0],
      filled: [],
      treeSegment: 1,
      treePath: [{ node: 0, feature: 0, threshold: 10, value: 14, wentLeft: false }],
    });
  });

  it('is rounded to the grid of the feature, half to even', () => {
    // a = 10.25: 0.125 is between 0 and 0.25, 0 steps and 1. a = 10.75: 0.375, between 1 step and 2.
    expect(predict(model, [10.25, 0.1]).point).toEqual([0, Math.fround(0.1)]);
    expect(predict(model, [10.75, 0]).point).toEqual([0.5, 0]);
  });

  it('is filled where something is missing: null, NaN, absent or no number', () => {
    // a is filled with 13: x = 1.5.
    for (const values of [[null, NaN], [], ['14', '0']]) {
      const filled = predict(model, values);
      expect(filled.filled).toEqual([0, 1]);
      expect(filled.point).toEqual([1.5, 0]);
      expect(filled.segment).toBe(1);
    }
  });

  it('is clipped as in training, also for the tree', () => {
    // 1,000 becomes 20: x = 5. b is not clipped.
    const clipped = predict(model, [1000, -1e6]);
    expect(clipped.point).toEqual([5, -1e6]);
    expect(clipped.treePath[0].value).toBe(20);
  });

  it('is filled with a value beyond the bounds as it is', () => {
    // Gaps that were filled after clipping: (30 − 10) / 2 = 10.
    const [a, b] = model.features;
    const beyond = { ...model, features: [{ ...a, fill: 30 }, b] };
    expect(predict(beyond, [null, 0]).point).toEqual([10, 0]);
    expect(predict(beyond, [30, 0]).point).toEqual([5, 0]);
  });

  it('belongs to the first of two segments that are equally near', () => {
    expect(predict(model, [10, 3]).segment).toBe(0);
    expect(Array.from(predictRows(model, columnsOf([10], [3]), 1).labels)).toEqual([0]);
  });

  it('has finite distances however large a value is', () => {
    for (const value of [1e308, -1e308, Infinity, -Infinity]) {
      const { segment, distances } = predict(model, [0, value]);
      expect([0, 1]).toContain(segment);
      expect(distances.every(Number.isFinite)).toBe(true);
    }
  });
});

const columnsOf = (...columns: number[][]): ScoreColumn[] =>
  columns.map((values) => ({ kind: 'number', values: Float64Array.from(values) }));

describe('a feature that was evened out', () => {
  const evened = (power: ModelFeature['power'], more: Partial<ModelFeature> = {}) =>
    modelOf([number('a')], [feature({ kind: 'number', column: 'a' }, { power, ...more })]);

  it('is so before it is scaled', () => {
    // sqrt(16) = 4, (4 − 1) / 2 = 1.5.
    const root = evened({ kind: 'sqrt', lambda: 1 }, { center: 1, scale: 2 });
    expect(predict(root, [16]).point[0]).toBe(1.5);
    // Yeo–Johnson with λ = 2: ((1 + 3)² − 1) / 2 = 7.5.
    const power = evened({ kind: 'yeo-johnson', lambda: 2 });
    expect(predict(power, [3]).point[0]).toBeCloseTo(7.5, 6);
    // log1p(e − 1) = 1; a negative one counts as 0.
    const log = evened({ kind: 'log1p', lambda: 1 });
    expect(predict(log, [Math.E - 1]).point[0]).toBeCloseTo(1, 6);
    expect(predict(log, [-5]).point[0]).toBe(0);
  });

  it('is filled and clipped before that, and the tree is asked in its own unit', () => {
    const clip = { lower: 0, upper: 25 };
    const root = evened({ kind: 'sqrt', lambda: 1 }, { fill: 9, clip });
    expect(predict(root, [null]).point[0]).toBe(3);
    const clipped = predict(root, [100]);
    expect(clipped.point[0]).toBe(5);
    expect(clipped.treePath[0].value).toBe(25);
  });
});

describe('a derived feature', () => {
  const inputs = [number('a'), number('b')];
  const share = { name: 'share', formula: 'a / b' };
  const from = { kind: 'number', column: 'share' } as const;

  it('is computed from the values as they are given, and then filled', () => {
    const model = modelOf(inputs, [feature(from, { fill: 0.5 })], [share]);
    expect(predict(model, [3, 4])).toMatchObject({ point: [0.75, 0], filled: [] });
    // Missing in part, and divided by zero.
    for (const values of [
      [null, 4],
      [3, null],
      [3, 0],
    ]) {
      expect(predict(model, values)).toMatchObject({ point: [0.5, 0], filled: [0] });
    }
  });

  it('may be made of another one, and of columns with any name', () => {
    const odd = [number('__proto__'), number('two words]')];
    const derived = [
      { name: 'share', formula: '[__proto__] / [two words]]]' },
      { name: 'constructor', formula: 'ifmissing(share, 2) * 10' },
    ];
    const made = feature({ kind: 'number', column: 'constructor' });
    const model = modelOf(odd, [made], derived);
    expect(predict(model, [3, 4]).point[0]).toBe(7.5);
    expect(predict(model, [3, null])).toMatchObject({ point: [20, 0], filled: [] });
  });

  it('does not see what filling and clipping make of a column', () => {
    const a = feature({ kind: 'number', column: 'a' }, { fill: 8, clip: { lower: 0, upper: 10 } });
    const model = modelOf(inputs, [feature(from, { fill: 1 }), a], [share]);
    // a is 10 where it is measured, and 100 in the formula; missing it is 8, and the share is filled.
    expect(predict(model, [100, 50]).point).toEqual([2, 10]);
    expect(predict(model, [null, 50])).toMatchObject({ point: [1, 8], filled: [0, 1] });
  });
});

describe('a category', () => {
  const input = { kind: 'category', name: 'Region', levels: ['North', 'South'] } as const;
  const level = (name: string) => feature({ kind: 'level', column: 'Region', level: name });
  const whole = modelOf(
    [input],
    [
      level('North'),
      level('South'),
      feature({ kind: 'other', column: 'Region' }, { name: 'o' }),
      feature({ kind: 'missing', column: 'Region' }, { name: 'm' }),
    ],
    [],
    [0, 1],
  );
  const bare = modelOf([input], [level('North'), level('South')], [], [0, 1]);

  /** Distances to (0, 0, …) and (1, 0, …): which feature is 1 shows in them. */
  it('is 1 in the feature of its level, another level in that of others, and missing in its own', () => {
    // North: (1, 0, 0, 0). South: (0, 1, 0, 0), at √1 and √2.
    expect(predict(whole, ['North']).distances).toEqual([1, 0]);
    expect(predict(whole, ['South']).distances).toEqual([1, Math.SQRT2]);
    expect(predict(whole, ['South']).point).toEqual([0, 1]);
    expect(predict(whole, ['Elsewhere']).distances).toEqual([1, Math.SQRT2]);
    expect(predict(whole, ['Elsewhere']).point).toEqual([0, 0]);
    expect(predict(whole, [null]).distances).toEqual([1, Math.SQRT2]);
    expect(predict(whole, [3]).distances).toEqual([1, Math.SQRT2]);
  });

  it('is 0 everywhere where training saw neither others nor gaps', () => {
    // (0, 0): at 0 and 1.
    expect(predict(bare, ['Elsewhere']).distances).toEqual([0, 1]);
    expect(predict(bare, [null]).distances).toEqual([0, 1]);
    expect(predict(bare, ['__proto__']).distances).toEqual([0, 1]);
  });

  it('is never filled', () => {
    expect(predict(whole, [null]).filled).toEqual([]);
    expect(predict(bare, [null]).filled).toEqual([]);
  });

  it('is the same in bulk, whatever the order of the levels in a file', () => {
    const values = ['South', null, 'North', 'Elsewhere', 'toString', 'North'];
    const levels = ['toString', 'North', 'unused', 'Elsewhere', 'South'];
    const codes = Int32Array.from(values, (value) => (value === null ? -1 : levels.indexOf(value)));
    for (const model of [whole, bare]) {
      const { labels } = predictRows(model, [{ kind: 'category', levels, codes }], values.length);
      expect(Array.from(labels)).toEqual(values.map((value) => predict(model, [value]).segment));
      expect(Array.from(labels)).toEqual([0, 0, 1, 0, 0, 1]);
    }
  });
});

describe('many customers', () => {
  const model = modelOf(
    [number('a'), number('b')],
    [feature({ kind: 'number', column: 's' }), feature({ kind: 'number', column: 'a' })],
    [{ name: 's', formula: 'a + b' }],
  );

  it('none of them are nothing', () => {
    const { labels, nRowsFilled } = predictRows(model, columnsOf([], []), 0);
    expect(labels).toHaveLength(0);
    expect(nRowsFilled).toBe(0);
  });

  it('are labelled as one by one over several blocks, and the filled ones counted once', () => {
    const n = 10_000;
    const a = Array.from({ length: n }, (_, i) => (i % 7 === 0 ? NaN : Math.sin(i)));
    const b = Array.from({ length: n }, (_, i) => (i % 5 === 0 ? NaN : Math.cos(3 * i)));
    const { labels, nRowsFilled } = predictRows(model, columnsOf(a, b), n);
    // 1,429 multiples of 7 below 10,000, 2,000 of 5, 286 of both.
    expect(nRowsFilled).toBe(1429 + 2000 - 286);
    for (let i = 0; i < n; i += 13) expect(labels[i]).toBe(predict(model, [a[i], b[i]]).segment);
  });
});

describe('a model whose segments have several centres', () => {
  const plain = modelOf([number('a')], [feature({ kind: 'number', column: 'a' })]);
  /** At −1, 1, 5 and 1 again: Low, High, Low, Low. */
  const model: SegmentModel = {
    ...plain,
    centers: [...plain.centers, { segment: 0, at: [5] }, { segment: 0, at: [1] }],
  };

  it('places a customer by the nearest of all, and measures to the nearest of each segment', () => {
    expect(predict(model, [4.5])).toMatchObject({ segment: 0, distances: [0.5, 3.5] });
    expect(predict(model, [-2])).toMatchObject({ segment: 0, distances: [1, 3] });
  });

  it('lets the first of two equally near ones decide', () => {
    expect(predict(model, [0.75])).toMatchObject({ segment: 1, distances: [0.25, 0.25] });
    expect(predict(model, [3])).toMatchObject({ segment: 1, distances: [2, 2] });
    expect(predict({ ...model, centers: model.centers.toReversed() }, [3]).segment).toBe(0);
  });
});

describe('a model whose segments are formed in another space', () => {
  const inputs = [number('a'), number('b')];
  const features = inputs.map(({ name }) => feature({ kind: 'number', column: name }));
  /** From (a, b): max(0, 1 + a − 2b), then twice that and its negative, moved by 1 and rounded to quarters. */
  const model: SegmentModel = {
    ...modelOf(inputs, features),
    space: {
      kind: 'codes',
      layers: [
        { nInputs: 2, nOutputs: 1, activation: 'relu', weights: [1, -2], biases: [1] },
        { nInputs: 1, nOutputs: 2, activation: 'linear', weights: [2, -1], biases: [0, 0] },
      ],
      center: [1, 0],
      step: [0.25, 0.25],
    },
    centers: [
      { segment: 0, at: [-1, 0] },
      { segment: 1, at: [7, -4] },
    ],
  };

  it('measures there, and draws on the map of the features', () => {
    // 1 + 3 − 0 = 4: (8 − 1, −4) is the centre of High; (8, −4) from that of Low.
    expect(predict(model, [3, 0])).toMatchObject({
      segment: 1,
      distances: [Math.sqrt(80), 0],
      point: [3, 0],
    });
    // 1 + 0 − 10 is below 0: (−1, 0).
    expect(predict(model, [0, 5])).toMatchObject({ segment: 0, distances: [0, Math.sqrt(80)] });
  });

  it('rounds to the grid there, half to even', () => {
    // 1 + 0.0625 = 1.0625: twice that less 1 is 1.125, between 1 and 1.25 and so 1; −1.0625 is nearest to −1.
    const { distances } = predict(model, [0.0625, 0]);
    expect(distances[0]).toBe(Math.hypot(2, 1));
  });

  it('says the same in bulk', () => {
    const a = Array.from({ length: 100 }, (_, i) => (i % 9) - 3);
    const b = Array.from({ length: 100 }, (_, i) => (i % 7) - 2);
    const columns = [a, b].map((values): ScoreColumn => {
      return { kind: 'number', values: Float64Array.from(values) };
    });
    const one = a.map((value, i) => predict(model, [value, b[i]]).segment);
    expect(Array.from(predictRows(model, columns, 100).labels)).toEqual(one);
    expect(new Set(one).size).toBe(2);
  });
});
