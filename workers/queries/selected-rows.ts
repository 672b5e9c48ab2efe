import { AppError } from '../../src/core/errors';
import type { SoftLabels } from '../../src/core/judge/soft-segments';
import type { CovarianceType } from '../../src/core/learn/gaussian-mixture';
import type { Projection } from '../../src/core/map/projection';
import { canonicalJson, type StepId } from '../../src/core/plan';
import {
  mapsOf,
  mixturesOf,
  needsOf,
  partsOf,
  selectionKey,
  selectRows,
  type SelectFrom,
  type Selection,
} from '../../src/core/select/selection';
import type { StepOutputs } from '../../src/core/steps';
import { isSameRead, labelsByRow } from './comparing';
import type { Known } from './known';
import { scoresOf } from './maps';
import { softened } from './mixtures';
import { silhouettesOf } from './segments';

/** Per row of the table: 1 for those that are selected. */
export function selectedRows(selection: Selection, known: Known): Promise<Uint8Array> {
  return known.remember(`selection ${selectionKey(selection)}`, async () => {
    const from = await gather(needsOf(selection), known);
    return selectRows(selection, { ...from, ...(await gatherBeside(selection, known)) });
  });
}

/** The table, and of these steps those that succeed: a file of which no segments can be formed still has customers. */
export async function gather(ids: readonly StepId[], known: Known): Promise<SelectFrom> {
  const derive = await known.outputOf('derive');
  const outputs: Partial<StepOutputs> = {};
  for (const id of ids) {
    try {
      Object.assign(outputs, { [id]: await known.outputOf(id) });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'internal') throw error;
    }
  }
  return { ...outputs, derive, recipe: known.recipe };
}

/** What selections need beside the outputs of steps. */
async function gatherBeside(
  selection: Selection,
  known: Known,
): Promise<Pick<SelectFrom, 'silhouettes' | 'elsewhere' | 'maps' | 'mixtures'>> {
  const parts = partsOf(selection);
  const elsewhere = new Map<string, Int32Array>();
  for (const part of parts) {
    if (part.kind !== 'elsewhere' || !isSameRead(part.recipe, known)) continue;
    elsewhere.set(canonicalJson(part.recipe), (await labelsByRow(known, part.recipe)).labels);
  }
  const needsSilhouettes = parts.some(({ kind }) => kind === 'silhouette');
  return {
    ...(needsSilhouettes ? { silhouettes: await silhouettesOf(known) } : {}),
    elsewhere: (recipe) => elsewhere.get(canonicalJson(recipe)),
    maps: await mapsFor(selection, known),
    mixtures: await mixturesFor(selection, known),
  };
}

async function mixturesFor(selection: Selection, known: Known) {
  const mixtures = new Map<CovarianceType, SoftLabels>();
  for (const type of mixturesOf(selection)) {
    try {
      mixtures.set(type, (await softened(type, known)).labels);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'internal') throw error;
    }
  }
  return mixtures;
}

/** Maps that cannot be drawn select nobody. */
async function mapsFor(selection: Selection, known: Known): Promise<Map<Projection, Float32Array>> {
  const maps = new Map<Projection, Float32Array>();
  for (const projection of mapsOf(selection)) {
    try {
      maps.set(projection, (await scoresOf(projection, known)).scores);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'internal') throw error;
    }
  }
  return maps;
}
