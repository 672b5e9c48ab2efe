import { expect, it } from 'vitest';
import { quickRecipe, runPipeline, sampleText } from '../../tests/helpers/pipeline';
import type { StepId } from './plan';
import { spaceKinds } from './reduce/reduce-params';

it.each(spaceKinds)(
  'each step tells how far it is, never less than before (space: %s)',
  async (space) => {
    const { reduce } = quickRecipe;
    const autoencoder = { ...reduce.autoencoder, epochs: 20 };
    const recipe = { ...quickRecipe, reduce: { ...reduce, space, autoencoder } };
    const told = new Map<StepId, number[]>();
    await runPipeline(sampleText(300), recipe, (step, share) => {
      told.set(step, [...(told.get(step) ?? []), share]);
    });
    for (const [step, shares] of told) {
      expect(shares, step).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.at(-1), step).toBeLessThanOrEqual(1 + 1e-12);
    }
    expect(told.get('sweep')?.length).toBeGreaterThan(3);
  },
);
