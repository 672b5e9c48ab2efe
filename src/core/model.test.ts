import { beforeAll, describe, expect, it } from 'vitest';
import { quickRecipe, runPipeline, sampleText } from '../../tests/helpers/pipeline';
import { predict, predictRows, projectCenter, type SegmentModel } from './model';
import type { Recipe } from './recipe';
import type { StepOutputs } from './steps';

/** The values of the model's columns as they stood in the file, row by kept row. */
function rawRows({ read, clean }: StepOutputs): number[][] {
  const columns = clean.columns.map(({ name }) => {
    const column = read.table.columns.find((candidate) => candidate.name === name);
    if (column?.kind !== 'number') throw new Error(`${name} is not in the table.`);
    return column.values;
  });
  return Array.from(clean.rows, (i) => columns.map((values) => values[i]));
}

const withNull = (values: number[]) => values.map((value) => (Number.isNaN(value) ? null : value));

describe.for([
  { name: 'as it is by default', clean: {}, scaling: 'standard' },
  {
    name: 'with clipping and means',
    clean: { outlierAction: 'clip', fill: 'mean' },
    scaling: 'robust',
  },
  {
    name: 'with outliers set aside and modes',
    clean: { outlierAction: 'set-aside', outlierRule: 'zscore', fill: 'mode' },
    scaling: 'minmax',
  },
  { name: 'with gaps set aside, unscaled', clean: { fill: 'set-aside' }, scaling: 'none' },
] as const)('the model $name', ({ clean, scaling }) => {
  const recipe: Recipe = {
    ...quickRecipe,
    clean: { ...quickRecipe.clean, ...clean },
    scale: { scaling },
  };
  let outputs: StepOutputs;
  let model: SegmentModel;
  let rows: number[][];
  beforeAll(async () => {
    outputs = await runPipeline(sampleText(400), recipe);
    ({ model } = outputs);
    rows = rawRows(outputs);
  });

  it('says of every customer what clustering said', () => {
    const { labels } = outputs.cluster.fit;
    expect(rows).toHaveLength(labels.length);
    const predicted = Int32Array.from(rows, (row) => predict(model, withNull(row)).segment);
    expect(predicted).toEqual(labels);
  });

  it('says the same of all of them at once', () => {
    const columns = model.columns.map((_, j) => Float64Array.from(rows, (row) => row[j]));
    expect(predictRows(model, columns)).toEqual(outputs.cluster.fit.labels);
  });

  it('says it in any language: by the three steps of docs/results.md', () => {
    // Whole numbers from 2^52 on; below, the nearest, half to even.
    const toEven = (x: number) => {
      const nearest = Math.round(x);
      return nearest - x === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
    };
    const { columns, segments } = JSON.parse(JSON.stringify(model)) as SegmentModel;
    const segmentOf = (row: number[]) => {
      const x = columns.map(({ fill, clip, center, scale, step }, j) => {
        let value = Number.isNaN(row[j]) ? fill : row[j];
        if (clip !== null) value = Math.min(Math.max(value, clip.lower), clip.upper);
        return Math.fround(step * toEven((value - center) / scale / step));
      });
      const sums = segments.map((segment) =>
        x.reduce((sum, value, j) => sum + (value - segment.center[j]) ** 2, 0),
      );
      return sums.indexOf(Math.min(...sums));
    };
    expect(Int32Array.from(rows, segmentOf)).toEqual(outputs.cluster.fit.labels);
  });

  it('puts every customer where the map has it', () => {
    rows.slice(0, 50).forEach((row, i) => {
      const { point } = predict(model, withNull(row));
      expect(point[0]).toBeCloseTo(outputs.pca.scores[2 * i], 3);
      expect(point[1]).toBeCloseTo(outputs.pca.scores[2 * i + 1], 3);
    });
  });

  it('tells the distance to every segment, the nearest being its own', () => {
    for (const row of rows.slice(0, 50)) {
      const { segment, distances } = predict(model, withNull(row));
      expect(distances).toHaveLength(model.segments.length);
      expect(distances[segment]).toBe(Math.min(...distances));
    }
  });

  it('knows how far its customers are from their centre', () => {
    const own = rows
      .map((row) => predict(model, withNull(row)))
      .map((p) => [p.segment, p.distances[p.segment]]);
    model.segments.forEach(({ distance, size }, c) => {
      const distances = own
        .filter(([segment]) => segment === c)
        .map(([, d]) => d)
        .sort((a, b) => a - b);
      expect(distances).toHaveLength(size);
      expect(distance.median).toBeGreaterThanOrEqual(distances[Math.floor((size - 1) / 2)] - 1e-6);
      expect(distance.median).toBeLessThanOrEqual(distances[Math.ceil((size - 1) / 2)] + 1e-6);
      expect(distance.p99).toBeLessThanOrEqual(distances[size - 1] + 1e-6);
    });
  });
});

/** Two columns, two segments, by hand: x1 = (a − 10) / 2 to the nearest quarter, x2 = b; centres at −1 and 1 on the first. */
const byHand: SegmentModel = {
  format: 'tessera-model',
  version: 2,
  nCustomers: 4,
  scaling: 'standard',
  columns: [
    {
      name: 'a',
      fill: 13,
      clip: { lower: 0, upper: 20 },
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
      fill: 0,
      clip: null,
      center: 0,
      scale: 1,
      step: 0,
      min: 0,
      q1: 0,
      median: 0,
      q3: 0,
      max: 0,
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
    { name: 'Low', size: 2, center: [-1, 0], distance: { median: 0, p99: 1 } },
    { name: 'High', size: 2, center: [1, 0], distance: { median: 0, p99: 1 } },
  ],
  tree: {
    nFeatures: 2,
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
    featureImportances: [1, 0],
  },
  treeAccuracy: 1,
};

describe('a prediction by hand', () => {
  it('scales, measures and projects', () => {
    // a = 14: x = 2; distances 3 and 1, both with b = 0.
    expect(predict(byHand, [14, 0])).toEqual({
      segment: 1,
      distances: [3, 1],
      point: [2, 0],
      filled: [],
      treeSegment: 1,
      treePath: [{ node: 0, feature: 0, threshold: 10, value: 14, wentLeft: false }],
    });
  });

  it('rounds to the grid of the column, half to even', () => {
    // a = 10.25: 0.125 is between 0 and 0.25, 0 steps and 1. a = 10.75: 0.375, between 1 step and 2.
    expect(predict(byHand, [10.25, 0.1]).point).toEqual([0, Math.fround(0.1)]);
    expect(predict(byHand, [10.75, 0]).point).toEqual([0.5, 0]);
  });

  it('fills what is missing, null or NaN, and says which', () => {
    // a is filled with 13: x = 1.5.
    const filled = predict(byHand, [null, NaN]);
    expect(filled.filled).toEqual([0, 1]);
    expect(filled.point).toEqual([1.5, 0]);
    expect(filled.segment).toBe(1);
  });

  it('clips as in training, also for the tree', () => {
    // 1,000 becomes 20: x = 5. b is not clipped.
    const clipped = predict(byHand, [1000, -1e6]);
    expect(clipped.point).toEqual([5, -1e6]);
    expect(clipped.treePath[0].value).toBe(20);
  });

  it('gives the first of two segments that are equally near', () => {
    expect(predict(byHand, [10, 3]).segment).toBe(0);
    expect(Array.from(predictRows(byHand, [Float64Array.of(10), Float64Array.of(3)]))).toEqual([0]);
  });

  it('of no rows is nothing', () => {
    expect(predictRows(byHand, [new Float64Array(), new Float64Array()])).toHaveLength(0);
  });

  it('has the centres on the map', () => {
    expect(projectCenter(byHand, 0)).toEqual([-1, 0]);
    expect(projectCenter(byHand, 1)).toEqual([1, 0]);
  });
});
