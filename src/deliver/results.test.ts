import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { quickRecipe, sampleText } from '../../tests/helpers/pipeline';
import { evaluateAll, fileOf } from '../../tests/helpers/service';
import { createService } from '../../workers/service';
import { writeResults } from './results';

interface Results {
  format: string;
  version: number;
  dataSet: { nRows: number; nRowsInFile: number; columns: Record<string, unknown>[] };
  recipe: unknown;
  cleaning: { nKept: number; nSetAside: number };
  pca: { explainedVarianceRatio: number[] };
  sweep: { candidates: { nClusters: number; startInertias: number[] }[]; suggested: number };
  segments: {
    nClusters: number;
    profiles: { size: number; center: number[]; columns: object[]; strongest: string[] }[];
    overall: object[];
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

/** Rows that occur twice are set aside: the file ends with its first ten rows once more. */
const lines = sampleText(120).trim().split('\n');
const text = [...lines, ...lines.slice(1, 11)].join('\n');

async function write(): Promise<string> {
  const { views, computations, sourceKey } = await evaluateAll(
    createService({}),
    fileOf(text),
    quickRecipe,
  );
  return writeResults({
    app: 'Tessera test',
    source: { name: 'customers.csv', fingerprint: sourceKey },
    recipe: quickRecipe,
    views,
    computations,
    engine: { id: 'reference', detail: 'plain loops', reason: '', nWorkers: 1 },
  });
}

describe('the results file', () => {
  let json: string;
  let results: Results;
  beforeAll(async () => {
    json = await write();
    results = JSON.parse(json) as Results;
  });

  it('says what it is', () => {
    expect(results).toMatchObject({ format: 'tessera-results', version: 1, app: 'Tessera test' });
    expect(Object.keys(results)).toEqual([
      'format',
      'version',
      'app',
      'dataSet',
      'recipe',
      'cleaning',
      'pca',
      'sweep',
      'segments',
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
    for (const { center, columns, strongest } of segments.profiles) {
      expect([center.length, columns.length, strongest.length]).toEqual([17, 17, 5]);
    }
    expect(sweep.candidates.map(({ nClusters }) => nClusters)).toEqual([1, 2, 3, 4]);
    expect(sweep.candidates.every(({ startInertias }) => startInertias.length === 2)).toBe(true);
    expect(classifier.confusion.flat().reduce((a, b) => a + b, 0)).toBe(classifier.nTest);
    expect(classifier.featureImportances).toHaveLength(17);
    expect(pca.explainedVarianceRatio.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });

  it('has no field that docs/results.md does not explain', () => {
    const docs = readFileSync(new URL('../../docs/results.md', import.meta.url), 'utf8');
    const keys = new Set<string>();
    JSON.stringify(results, (key, value: unknown) => {
      // Positions in lists are no names.
      if (!/^\d*$/.test(key)) keys.add(key);
      return value;
    });
    const unexplained = [...keys].filter((key) => !new RegExp(`\`[^\`\n]*\\b${key}\\b`).test(docs));
    expect(unexplained).toEqual([]);
    expect(keys.size).toBeGreaterThan(80);
  });

  it('is written in full: nothing in it is NaN or infinite, which JSON would make null', () => {
    const [one, ...more] = results.sweep.candidates;
    const text = JSON.stringify({ ...results, sweep: { ...results.sweep, candidates: more } });
    expect(text).not.toMatch(/:null|\[null|,null/);
    // One segment has nothing to compare it with.
    expect(one).toMatchObject({ nClusters: 1, silhouette: null });
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
