import { cleanDefaults, type CleanParams } from './clean/clean';
import type { Scaling } from './features/scale';
import { treeDefaults, type TreeStepParams } from './judge/recognise';
import { sweepDefaults, type SweepParams } from './learn/sweep';
import { readDefaults, type ReadParams } from './table/read-params';

/** Everything that the user chose, as plain JSON. With the source it determines all that is on screen. */
export interface Recipe {
  readonly read: ReadParams;
  readonly clean: CleanParams;
  readonly scale: { readonly scaling: Scaling };
  readonly sweep: SweepParams;
  /** `auto`: what the sweep suggests. */
  readonly cluster: { readonly nClusters: 'auto' | number };
  readonly tree: TreeStepParams;
}

export const defaultRecipe: Recipe = {
  read: readDefaults,
  clean: cleanDefaults,
  scale: { scaling: 'standard' },
  sweep: sweepDefaults,
  cluster: { nClusters: 'auto' },
  tree: treeDefaults,
};
