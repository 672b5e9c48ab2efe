import { describe, expect, it } from 'vitest';
import { AppError } from '../src/core/errors';
import type { Recipe } from '../src/core/recipe';
import { cleaning } from './helpers/cleaning';
import { quickRecipe, runPipeline } from './helpers/pipeline';
import { hasShared, readShared, whyAbsent } from './helpers/shared-data';

const analyse = (file: string, recipe: Recipe = quickRecipe) =>
  runPipeline(readShared(`hostile/${file}`), recipe);

async function refusal(file: string, recipe?: Recipe): Promise<AppError> {
  const outcome = await analyse(file, recipe).catch((error: unknown) => error);
  if (outcome instanceof AppError) return outcome;
  throw outcome instanceof Error ? outcome : new Error('It was not refused.');
}

const ask = (nClusters: number): Recipe => ({ ...quickRecipe, cluster: { nClusters } });

// What the suite expects of reading is checked in workers/read/hostile.test.ts.
describe.skipIf(!hasShared('hostile'))(`the hostile files, analysed (else ${whyAbsent})`, () => {
  it('one row is too few', async () => {
    const error = await refusal('shape-one-row.csv');
    expect(error.code).toBe('too-few-rows');
    expect(error.message).toMatch(/\b2\b|two/);
  });

  it('equal rows are refused, whatever number of segments is asked for', async () => {
    expect((await refusal('stat-identical-rows.csv', ask(3))).code).toMatch(
      /^(rows-identical|too-few-rows|k-too-large)$/,
    );
  });

  it('more columns than rows have at most as many components as rows less one', async () => {
    const { pca } = await analyse('stat-wide.csv');
    const ratios = Array.from(pca.pca.explainedVarianceRatio);
    // Eight rows, centred, span seven dimensions.
    expect(ratios.filter((ratio) => ratio > 1e-12).length).toBeLessThanOrEqual(7);
    expect(ratios.every(Number.isFinite)).toBe(true);
  });

  it('groups at an offset of a billion are told apart', async () => {
    // Its rows stand there ten times each.
    const recipe = { ...ask(4), clean: cleaning({ duplicates: 'keep' }) };
    const { cluster } = await analyse('stat-offset-1e9.csv', recipe);
    expect(cluster.fit.sizes).toEqual([10, 10, 10, 10]);
  });

  it('numbers at the ends of the range end in a finite result or a refusal by name', async () => {
    const outcome = await analyse('val-extreme-floats.csv').catch((error: unknown) => error);
    if (outcome instanceof Error) {
      expect(outcome).toMatchObject({ code: 'not-finite' });
      return;
    }
    const { cluster, pca } = outcome as Awaited<ReturnType<typeof analyse>>;
    expect(Number.isFinite(cluster.fit.inertia)).toBe(true);
    expect(Array.from(pca.pca.explainedVarianceRatio).every(Number.isFinite)).toBe(true);
  });
});
