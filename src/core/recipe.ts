import { cleanDefaults, type CleanParams } from './clean/clean';
import { personaDefaults, type PersonaParams } from './explain/persona-params';
import { segmentDefaults, type SegmentParams } from './explain/segment-edits';
import { deriveDefaults, type DeriveParams } from './derive/derive-params';
import { encodeDefaults, type EncodeParams } from './features/encode-table';
import { scaleDefaults, type ScaleParams } from './features/scale';
import type { PinnedSegments } from './judge/identity';
import type { NumberLimits } from './judge/number-limits';
import { treeDefaults, type TreeStepParams } from './judge/recognise';
import { trustDefaults, type TrustParams } from './judge/trust-params';
import { sweepDefaults, type SweepParams } from './learn/sweep';
import { reduceDefaults, type ReduceParams } from './reduce/reduce-params';
import { readDefaults, type ReadParams } from './table/read-params';

export interface ClusterParams {
  /** `auto`: what the sweep suggests. */
  readonly nClusters: 'auto' | number;
  /** What `auto`, and what is recommended, have to keep to; absent: nothing. */
  readonly limits?: NumberLimits;
  /** Segments take their numbers from these, where they continue them; absent: they are numbered by size. */
  readonly pinned?: PinnedSegments;
  /**
   * Clusters that are taken together, as their numbers from 0 in the order of size; each in one group at most. Absent: none.
   * They are those of one number of clusters: who chooses another one leaves this out.
   */
  readonly merge?: readonly (readonly number[])[];
  /**
   * What all clusters were when some were merged, by their means: an edit before it may give their numbers to others.
   * Absent in older recipes, which know numbers alone.
   */
  readonly mergedOn?: PinnedSegments;
}

/** Everything that the user chose, as plain JSON. With the source it determines all that is on screen. */
export interface Recipe {
  readonly read: ReadParams;
  /** Columns that are computed from those of the file. */
  readonly derive: DeriveParams;
  readonly clean: CleanParams;
  readonly encode: EncodeParams;
  readonly scale: ScaleParams;
  /** What segments are formed from. */
  readonly reduce: ReduceParams;
  readonly sweep: SweepParams;
  readonly cluster: ClusterParams;
  readonly tree: TreeStepParams;
  /** What people wrote on the segments. */
  readonly segments: SegmentParams;
  readonly personas: PersonaParams;
  readonly trust: TrustParams;
}

export const defaultRecipe: Recipe = {
  read: readDefaults,
  derive: deriveDefaults,
  clean: cleanDefaults,
  encode: encodeDefaults,
  scale: scaleDefaults,
  reduce: reduceDefaults,
  sweep: sweepDefaults,
  cluster: { nClusters: 'auto' },
  tree: treeDefaults,
  segments: segmentDefaults,
  personas: personaDefaults,
  trust: trustDefaults,
};
