import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { quickRecipe, sampleText } from '../../tests/helpers/pipeline';
import { evaluateAll, fileOf } from '../../tests/helpers/service';
import { createService } from '../../workers/service';
import type { CleanStep } from '../core/clean/clean-step';
import type { Recipe } from '../core/recipe';
import { writeResults } from './results';

interface Results {
  format: string;
  version: number;
  dataSet: { nRows: number; nRowsInFile: number; columns: Record<string, unknown>[] };
  recipe: unknown;
  derived: object[];
  cleaning: { nKept: number; nSetAside: number; steps: object[]; columns: object[] };
  features: { name: string; from: object }[];
  powers: object[];
  pca: { explainedVarianceRatio: number[] };
  space: object;
  sweep: { candidates: { nClusters: number; startInertias: number[] }[]; suggested: number };
  segments: {
    nClusters: number;
    profiles: {
      name: string;
      share: number;
      generated?: { name: string };
      size: number;
      centers: number[][];
      columns: object[];
      strongest: string[];
    }[];
    overall: object[];
    resting: object[];
  };
  classifier: {
    nTest: number;
    confusion: number[][];
    featureImportances: { importance: number }[];
  };
  scores: { labels: number[] };
  computation: { step: string; engine: string; nWorkers: number; reason: string }[];
  timings: Record<string, number>;
}

interface WholeResults extends Results {
  trust: {
    recommended: number;
    sentences: string[];
    candidates: {
      nClusters: number;
      adjustedRandIndices: number[];
      segments: { jaccard: number }[];
    }[];
  };
  personas: {
    value: { shares: number[] } | null;
    segments: {
      rule: { coverage: number; parts: { feature: string }[] } | null;
      typicalLines: number[];
    }[];
  };
}

/** Rows that occur twice are set aside: the file ends with its first ten rows once more. */
const lines = sampleText(120).trim().split('\n');
const text = [...lines, ...lines.slice(1, 11)].join('\n');

async function write(recipe: Recipe = quickRecipe, file = text, isWhole = false): Promise<string> {
  const { views, computations, sourceKey } = await evaluateAll(
    createService({}),
    fileOf(file),
    recipe,
  );
  return writeResults({
    app: 'Tessera test',
    source: { name: 'customers.csv', fingerprint: sourceKey },
    recipe,
    views,
    ...(isWhole && { personas: views.personas, trust: views.trust }),
    computations,
    engine: { id: 'reference', detail: 'plain loops', reason: '', nWorkers: 1 },
  });
}

function keysOf(json: string): Set<string> {
  const keys = new Set<string>();
  JSON.parse(json, (key, value: unknown) => {
    // Positions in lists are no names.
    if (!/^\d*$/.test(key)) keys.add(key);
    return value;
  });
  return keys;
}

/** Names of fields that stand nowhere in docs/results.md as code. */
function unexplainedIn(json: string): string[] {
  const docs = readFileSync(new URL('../../docs/results.md', import.meta.url), 'utf8');
  return [...keysOf(json)].filter((key) => !new RegExp(`\`[^\`\n]*\\b${key}\\b`).test(docs));
}

describe('the results file', () => {
  let json: string;
  let results: Results;
  beforeAll(async () => {
    json = await write();
    results = JSON.parse(json) as Results;
  });

  it('says what it is', () => {
    expect(results).toMatchObject({ format: 'tessera-results', version: 3, app: 'Tessera test' });
    expect(Object.keys(results)).toEqual([
      'format',
      'version',
      'app',
      'dataSet',
      'recipe',
      'derived',
      'cleaning',
      'features',
      'powers',
      'pca',
      'space',
      'sweep',
      'segments',
      'trust',
      'personas',
      'classifier',
      'ward',
      'scores',
      'engine',
      'computation',
      'timings',
    ]);
  });

  it('has the recipe whole, so that it can be run again', () => {
    expect(results.recipe).toEqual(quickRecipe);
  });

  it('accounts for every row', () => {
    const { dataSet, cleaning, segments, scores } = results;
    expect([dataSet.nRowsInFile, dataSet.nRows]).toEqual([130, 130]);
    expect(cleaning.nKept + cleaning.nSetAside).toBe(130);
    expect(cleaning.nSetAside).toBe(10);
    expect(segments.profiles.reduce((sum, { size }) => sum + size, 0)).toBe(cleaning.nKept);
    expect(scores.labels).toHaveLength(cleaning.nKept);
  });

  it('counts segments from 1, as the page does', () => {
    const { scores, segments } = results;
    segments.profiles.forEach(({ size }, c) => {
      expect(scores.labels.filter((label) => label === c + 1)).toHaveLength(size);
    });
  });

  it('has lists of lengths that fit', () => {
    const { dataSet, segments, sweep, classifier, pca } = results;
    expect(dataSet.columns).toHaveLength(18);
    expect(dataSet.columns[0]).toMatchObject({ name: 'CUST_ID', role: 'id' });
    expect(segments.overall).toHaveLength(17);
    for (const { centers, columns, strongest } of segments.profiles) {
      expect(centers.map((center) => center.length)).toEqual([17]);
      expect([columns.length, strongest.length]).toEqual([17, 5]);
    }
    expect(sweep.candidates.map(({ nClusters }) => nClusters)).toEqual([1, 2, 3, 4]);
    expect(sweep.candidates.every(({ startInertias }) => startInertias.length === 2)).toBe(true);
    expect(classifier.confusion.flat().reduce((a, b) => a + b, 0)).toBe(classifier.nTest);
    expect(classifier.featureImportances).toHaveLength(17);
    expect(pca.explainedVarianceRatio.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });

  it('has no field that docs/results.md does not explain', () => {
    expect(unexplainedIn(json)).toEqual([]);
    expect(keysOf(json).size).toBeGreaterThan(80);
  });

  it('is written in full: nothing in it is NaN or infinite, which JSON would make null', () => {
    const [one, ...more] = results.sweep.candidates;
    // What no step has done is null.
    const without = (list: object[], ...fields: string[]) =>
      list.map((entry) =>
        Object.fromEntries(Object.entries(entry).filter(([key]) => !fields.includes(key))),
      );
    const text = JSON.stringify({
      ...results,
      cleaning: {
        ...results.cleaning,
        steps: without(results.cleaning.steps, 'columns'),
        columns: without(results.cleaning.columns, 'clip'),
      },
      sweep: { ...results.sweep, candidates: more },
      trust: [],
      personas: [],
      space: without([results.space], 'training')[0],
    });
    expect(text).not.toMatch(/:null|\[null|,null/);
    // One segment has nothing to compare it with.
    expect(one).toMatchObject({ nClusters: 1, silhouette: null });
  });

  it('has the columns that form segments as features, and nothing derived or evened out', () => {
    const { features, derived, powers, segments } = results;
    expect(features).toHaveLength(17);
    expect(features[0]).toEqual({ name: 'BALANCE', from: { kind: 'number', column: 'BALANCE' } });
    expect([derived, powers]).toEqual([[], []]);
    expect(segments.overall.map((column) => Object.keys(column))).toEqual(
      Array(17).fill(['name', 'mean', 'median', 'sd']),
    );
  });

  it('says of every step which engine computed it, with how many workers, and why', () => {
    const { computation, timings } = results;
    expect(computation.map(({ step }) => step)).toEqual(Object.keys(timings));
    for (const { engine, nWorkers, reason } of computation) {
      expect([engine, nWorkers]).toEqual(['reference', 1]);
      expect(reason).not.toBe('');
    }
  });

  it('is the same, byte by byte, when another worker computes it, but for the timings', async () => {
    const withoutTimings = (text: string) =>
      JSON.stringify({ ...(JSON.parse(text) as Results), timings: null });
    const again = await write();
    expect(withoutTimings(again)).toBe(withoutTimings(json));
    // The timings stand last: all before them is the same text where the machine is the same.
    const head = (text: string) => text.slice(0, text.indexOf('"timings"'));
    expect(head(again)).toBe(head(json));
  });
});

describe('results with what comes after the story', () => {
  let whole: WholeResults;
  let json: string;
  beforeAll(async () => {
    const generated = (JSON.parse(await write()) as Results).segments.profiles[0];
    const edit = { generated: generated.name, share: generated.share };
    const segments = {
      edits: [
        { ...edit, name: 'Mine', sentence: null, advice: 'Call.' },
        { generated: 'Nobody', share: 0.5, name: 'Lost', sentence: null, advice: null },
      ],
    };
    json = await write({ ...quickRecipe, segments }, text, true);
    whole = JSON.parse(json) as WholeResults;
  }, 60_000);

  it('have the verdict of every number of segments, and of every segment', () => {
    const { candidates, recommended, sentences } = whole.trust;
    expect(candidates.map(({ nClusters }) => nClusters)).toEqual([2, 3, 4]);
    expect(candidates.map(({ nClusters }) => nClusters)).toContain(recommended);
    expect(sentences.length).toBeGreaterThan(1);
    for (const { nClusters, segments, adjustedRandIndices } of candidates) {
      expect(segments).toHaveLength(nClusters);
      expect(adjustedRandIndices).toHaveLength(2);
      for (const { jaccard } of segments) expect(jaccard).toBeGreaterThan(0);
    }
  });

  it('have rule, advice and typical customers of each segment', () => {
    const { segments, value } = whole.personas;
    expect(value?.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(segments).toHaveLength(whole.segments.profiles.length);
    for (const { rule, typicalLines } of segments) {
      expect(rule?.parts[0].feature).toEqual(expect.any(String));
      expect(rule?.coverage).toBeGreaterThan(0);
      expect(typicalLines.length).toBeGreaterThan(0);
    }
  });

  it('have what people wrote, what the numbers say, and what rests', () => {
    const { profiles, resting } = whole.segments;
    expect(profiles[0]).toMatchObject({ name: 'Mine', advice: 'Call.' });
    expect(profiles[0].generated?.name).toBe(
      (whole.recipe as { segments: { edits: { generated: string }[] } }).segments.edits[0]
        .generated,
    );
    expect(resting).toEqual([expect.objectContaining({ name: 'Lost' })]);
  });

  it('have no field that docs/results.md does not explain', () => {
    expect(unexplainedIn(json)).toEqual([]);
  });
});

describe('the results of a recipe with all that can be chosen', () => {
  let results: Results;
  let json: string;
  beforeAll(async () => {
    const regions = ['North', 'South', 'East', ''];
    const withRegion = lines.map((line, i) => `${line},${i === 0 ? 'Region' : regions[i % 4]}`);
    const off: CleanStep = { kind: 'missing', isOn: false, columns: [], rule: 'mean', value: 0 };
    const outliers: CleanStep = {
      kind: 'outliers',
      isOn: true,
      columns: ['BALANCE'],
      rule: 'percentile',
      limit: 5,
      action: 'clip',
    };
    json = await write(
      {
        ...quickRecipe,
        derive: {
          columns: [
            { name: 'Limit usage', formula: 'balance / credit_limit' },
            { name: 'Idle', formula: '1 / (tenure - tenure)' },
          ],
        },
        clean: {
          roles: [{ column: 'Region', role: 'cluster' }],
          steps: [...quickRecipe.clean.steps, off, outliers],
        },
        encode: { maxLevels: 2 },
        scale: { scaling: 'robust', powers: [{ column: 'PURCHASES', power: 'log1p' }] },
      },
      withRegion.join('\n'),
    );
    results = JSON.parse(json) as Results;
  });

  it('have the derived columns, what came of them and what they are for', () => {
    expect(results.derived).toEqual([
      {
        name: 'Limit usage',
        formula: 'BALANCE / CREDIT_LIMIT',
        nMissing: expect.any(Number) as number,
        nDividedByZero: 0,
        nOutOfDomain: 0,
        role: 'cluster',
        reason: expect.any(String) as string,
      },
      expect.objectContaining({ name: 'Idle', nMissing: 120, nDividedByZero: 120, role: 'ignore' }),
    ]);
    // The columns of the file are those of the file.
    expect(results.dataSet.columns).toHaveLength(19);
  });

  it('have a report on each step of cleaning, null for one that is off', () => {
    const { steps, columns } = results.cleaning;
    expect(steps).toHaveLength(5);
    expect(steps[3]).toBeNull();
    expect(steps[4]).toMatchObject({ nRows: 120, columns: [{ name: 'BALANCE' }] });
    const clipped = columns.filter((column) => 'clip' in column && column.clip !== null);
    expect(clipped).toEqual([expect.objectContaining({ name: 'BALANCE' })]);
  });

  it('say what each feature is made of, and what evened it out', () => {
    const { features, powers, segments, classifier } = results;
    expect(features.slice(-5)).toEqual([
      { name: 'Limit usage', from: { kind: 'number', column: 'Limit usage' } },
      { name: 'Region: East', from: { kind: 'level', column: 'Region', level: 'East' } },
      { name: 'Region: North', from: { kind: 'level', column: 'Region', level: 'North' } },
      { name: 'Region: other', from: { kind: 'other', column: 'Region' } },
      { name: 'Region: missing', from: { kind: 'missing', column: 'Region' } },
    ]);
    expect(powers).toEqual([{ name: 'PURCHASES', kind: 'log1p', lambda: 1 }]);
    for (const { centers, columns } of segments.profiles) {
      expect([centers[0].length, columns.length]).toEqual([22, 22]);
    }
    expect(classifier.featureImportances).toHaveLength(22);
  });

  it('have no field that docs/results.md does not explain', () => {
    expect(unexplainedIn(json)).toEqual([]);
  });
});
