import { describe, expect, it } from 'vitest';
import type { StepViews } from '../src/contract/views';
import { adjustedRandIndex, countTogether } from '../src/core/judge/agreement';
import type { StepId } from '../src/core/plan';
import { defaultRecipe, type Recipe } from '../src/core/recipe';
import { deepCodes } from '../src/core/reduce/published';
import { reduceDefaults } from '../src/core/reduce/reduce-params';
import { createSimdEngine } from '../workers/engines/simd';
import { createService } from '../workers/service';
import { evaluateAll, fileOf, valueOf } from './helpers/service';
import { hasShared, readShared, readSharedJson, whyAbsent } from './helpers/shared-data';

const table = 'CC GENERAL.csv';
const answers = 'known-answer/autoencoder.json';
const isAbsent = !hasShared(table) || !hasShared(answers);
const timeout = 120_000;

/**
 * K-Means of scikit-learn 1.9.1 on the first components of PCA (n_init 50, tol 0, medians filled in, z-scores): inertia,
 * sizes, and the silhouettes of its labels over the components and over all 17 columns.
 */
const onComponents = [
  [2, 3, 33030.70860082179, [6083, 1677, 1190], 0.450599, 0.243462],
  [2, 4, 24544.070517976543, [3910, 3289, 1245, 506], 0.407365, 0.183939],
  [4, 3, 57560.96387476935, [6174, 1588, 1188], 0.34329, 0.251667],
  [4, 4, 45287.79903174487, [3978, 3249, 1240, 483], 0.322073, 0.194782],
] as const;

describe.skipIf(isAbsent)(isAbsent ? whyAbsent : 'segments of the credit-card file', () => {
  const service = createService({ simd: createSimdEngine });
  const file = () => fileOf(readShared(table));
  const steps: StepId[] = ['pca', 'space', 'sweep', 'cluster'];

  async function segments(recipe: Recipe): Promise<StepViews> {
    valueOf(await service.start('simd'));
    return (await evaluateAll(service, file(), recipe, steps)).views;
  }

  /** Beside as many segments from all columns. */
  async function agreementOf(views: StepViews): Promise<number> {
    const nClusters = views.cluster.nClusters;
    const { cluster } = await segments({ ...defaultRecipe, cluster: { nClusters } });
    return adjustedRandIndex(
      countTogether(cluster.labels, nClusters, views.cluster.labels, nClusters),
    );
  }

  it.each(onComponents)(
    'from %i components, %i of them, are those of scikit-learn',
    async (nComponents, nClusters, inertia, sizes, own, overAll) => {
      const reduce = { ...reduceDefaults, space: 'components', nComponents } as const;
      const { space, cluster } = await segments({
        ...defaultRecipe,
        reduce,
        cluster: { nClusters },
      });
      expect(space).toMatchObject({ kind: 'components', nNumbers: nComponents });
      // Optima lie so near to each other that two or three customers are elsewhere.
      expect(cluster.inertia / inertia).toBeLessThan(1 + 1e-5);
      sizes.forEach((size, c) => expect(Math.abs(cluster.sizes[c] - size)).toBeLessThan(20));
      expect(cluster.silhouette?.mean).toBeCloseTo(own, 2);
      expect(cluster.overColumns?.mean).toBeCloseTo(overAll, 2);
    },
    timeout,
  );

  it(
    'from codes of the default network are told more exactly than from as many components',
    async () => {
      const known = readSharedJson<{ pca: Record<string, { validation: number }> }>(answers);
      const codes = await segments({
        ...defaultRecipe,
        reduce: { ...reduceDefaults, space: 'codes' },
        cluster: { nClusters: 4 },
      });
      expect(codes.space.error).toBeLessThan(0.1);
      expect(codes.space.error).toBeLessThan(known.pca[4].validation / 3);
      expect(codes.cluster.silhouette?.mean).toBeGreaterThan(codes.cluster.overColumns?.mean ?? 1);
      expect(await agreementOf(codes)).toBeLessThan(0.5);
    },
    timeout,
  );

  it(
    'as the published analysis forms them are three, from a deep network within the bands',
    async () => {
      const views = await segments({ ...defaultRecipe, ...deepCodes });
      expect(views.cluster.nClusters).toBe(3);
      expect(views.space.nNumbers).toBe(4);
      const { losses, bestEpoch } = views.space.training ?? { losses: [], bestEpoch: 0 };
      // PyTorch’s mean of three seeds: 0.15 to 0.28. Our start is better than its own (docs/algorithms.md).
      expect(losses[bestEpoch].validation).toBeLessThan(0.28);
      expect(views.cluster.sizes.reduce((sum, size) => sum + size)).toBe(8950);
      expect(await agreementOf(views)).toBeGreaterThan(0.2);
    },
    timeout,
  );
});
