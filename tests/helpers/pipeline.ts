import { defaultRecipe, type Recipe } from '../../src/core/recipe';
import { laterCode } from '../../src/core/later-steps';
import { sampleCsv } from '../../src/core/sample';
import { stepOrder, type StepId } from '../../src/core/plan';
import { steps, type StepContext, type StepOutputs } from '../../src/core/steps';
import { readTable } from '../../workers/read/read-table';
import { ctx } from './context';

/**
 * Every step of the table, in order, on plain loops.
 *
 * @param onShare called with how much of a step is done, from 0 to 1
 */
export async function runPipeline(
  content: BlobPart,
  recipe: Recipe,
  onShare: (step: StepId, share: number) => void = () => undefined,
): Promise<StepOutputs> {
  let running: StepId = stepOrder[0];
  const telling = {
    ...ctx,
    progress: (done: number, total: number) => onShare(running, done / total),
  };
  const context: StepContext = {
    ...telling,
    readTable: (params) => readTable(new Blob([content]), params, telling),
    later: () => Promise.resolve(laterCode),
  };
  const outputs: Partial<StepOutputs> = {};
  for (const id of stepOrder) {
    running = id;
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
