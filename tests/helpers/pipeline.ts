import { defaultRecipe, type Recipe } from '../../src/core/recipe';
import { laterCode } from '../../src/core/later-steps';
import { sampleCsv } from '../../src/core/sample';
import { stepOrder } from '../../src/core/plan';
import { steps, type StepContext, type StepOutputs } from '../../src/core/steps';
import { readTable } from '../../workers/read/read-table';
import { ctx } from './context';

/** Every step of the table, in order, on plain loops. */
export async function runPipeline(content: BlobPart, recipe: Recipe): Promise<StepOutputs> {
  const context: StepContext = {
    ...ctx,
    readTable: (params) => readTable(new Blob([content]), params, ctx),
    later: () => Promise.resolve(laterCode),
  };
  const outputs: Partial<StepOutputs> = {};
  for (const id of stepOrder) {
    const run = steps[id].run as (
      inputs: Partial<StepOutputs>,
      recipe: Recipe,
      ctx: StepContext,
    ) => unknown;
    Object.assign(outputs, { [id]: await run(outputs, recipe, context) });
  }
  return outputs as StepOutputs;
}

/** The project's own made-up customers, with their gaps. */
export function sampleText(nRows: number, seed = 1): string {
  return [...sampleCsv(nRows, seed)].join('');
}

/** Few starts, few segments and few bootstraps: for tests that are not about their number. */
export const quickRecipe: Recipe = {
  ...defaultRecipe,
  sweep: { kMax: 4, nInit: 2, seed: 42 },
  trust: { nBootstraps: 2, nReferences: 2, seed: 42 },
};
