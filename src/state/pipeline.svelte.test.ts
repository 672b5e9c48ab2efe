import { describe, expect, it } from 'vitest';
import type { Bridge } from '../bridge/bridge';
import type { Evaluation } from '../contract/api';
import { defaultRecipe, type Recipe } from '../core/recipe';
import type { StepId } from '../core/plan';
import { Pipeline, type Ground } from './pipeline.svelte';

const bridge = {
  atRest: () => Promise.resolve(),
  evaluate(_: Ground, steps: readonly StepId[], onEvaluation: (evaluation: Evaluation) => void) {
    for (const step of steps) onEvaluation({ step, view: {}, milliseconds: 1 } as Evaluation);
    return Promise.resolve();
  },
} as Partial<Bridge> as Bridge;

const source = { kind: 'file', name: 'a.csv', blob: new Blob() } as const;

function evaluate(pipeline: Pipeline, recipe: Recipe): Promise<void> {
  const ground = { source, sourceKey: 'a', recipe };
  return pipeline.evaluate(ground, pipeline.begin(), () => undefined);
}

describe('a story', () => {
  it('stays the one that it was where nothing in it is new, so that nothing of it is shown anew', async () => {
    const pipeline = new Pipeline(bridge);
    await evaluate(pipeline, defaultRecipe);
    const { told } = pipeline;
    await evaluate(pipeline, { ...defaultRecipe });
    expect(pipeline.told).toBe(told);
    pipeline.shown = told;
    await evaluate(pipeline, defaultRecipe);
    expect(pipeline.told, 'though what does not belong to it was computed').toBe(told);
    await evaluate(pipeline, {
      ...defaultRecipe,
      cluster: { ...defaultRecipe.cluster, nClusters: 3 },
    });
    expect(pipeline.told).not.toBe(told);
  });
});
