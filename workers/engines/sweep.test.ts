import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/core/engine';
import { defaultRecipe } from '../../src/core/recipe';
import { steps, type StepContext, type StepOutputs } from '../../src/core/steps';
import { readTable } from '../read/read-table';
import { bytesOf } from '../source';
import { createReferenceEngine } from './reference';
import { createSimdEngine } from './simd';

const file = new URL('../../../shared/data/CC GENERAL.csv', import.meta.url);

async function sweepWith(engine: Engine, blob: Blob): Promise<StepOutputs['sweep']> {
  const source = { kind: 'file', name: 'CC GENERAL.csv', blob } as const;
  const rest = { progress: () => undefined, breathe: () => Promise.resolve() };
  const ctx: StepContext = {
    ...rest,
    engine,
    readTable: (params) => readTable(bytesOf(source), params, rest),
    later: () => Promise.reject(new Error('The sweep asks for nothing later.')),
  };
  const read = await steps.read.run({}, defaultRecipe, ctx);
  const derive = await steps.derive.run({ read }, defaultRecipe, ctx);
  const clean = await steps.clean.run({ derive }, defaultRecipe, ctx);
  const encode = await steps.encode.run({ clean }, defaultRecipe, ctx);
  const scale = await steps.scale.run({ encode }, defaultRecipe, ctx);
  const pca = await steps.pca.run({ scale }, defaultRecipe, ctx);
  const space = await steps.space.run({ scale, pca }, defaultRecipe, ctx);
  return await steps.sweep.run({ scale, space }, defaultRecipe, ctx);
}

it.skipIf(!existsSync(file))('the sweep of a real file does not depend on the engine', async () => {
  const blob = new Blob([readFileSync(file)]);
  const plain = await sweepWith(createReferenceEngine(), blob);
  const simd = await sweepWith(await createSimdEngine(), blob);
  expect(simd.fits).toEqual(plain.fits);
  expect(simd.suggested).toBe(plain.suggested);
  simd.silhouettes.forEach((silhouette, i) => {
    expect(silhouette?.mean ?? 0).toBeCloseTo(plain.silhouettes[i]?.mean ?? 0, 6);
    silhouette?.clusterMeans.forEach((mean, c) => {
      expect(mean).toBeCloseTo(plain.silhouettes[i]?.clusterMeans[c] ?? 0, 6);
    });
  });
});
