import type { CleanOutput } from '../core/clean/clean';
import { findDuplicates } from '../core/clean/duplicates';
import type { Feature } from '../core/features/encode-table';
import type { Power } from '../core/features/power';
import type { MemoryNeed } from '../core/memory';
import type { StepId, StoryStep } from '../core/plan';
import type { StepOutputs } from '../core/steps';
import type { DeriveOutput } from '../core/derive/derive-table';
import type { ReadOutput } from '../core/table/read-params';
import type { Identity } from '../core/judge/identity';
import type { Silhouette } from '../core/judge/silhouette';
import type { SpaceKind } from '../core/reduce/reduce-params';
import type { SpaceTraining } from '../core/reduce/space';
import { assignRoles, type Role } from '../core/table/roles';
import { cellText, countMissing, type ColumnKind, type Table } from '../core/table/table';

/**
 * What crosses to the page of each step's result: what is drawn and said, never the table. Typed arrays are copies, so
 * that the worker can hand them over and keep its own.
 */
export interface StepViews {
  read: ReadView;
  derive: DeriveView;
  clean: Omit<CleanOutput, 'features' | 'categories' | 'rows' | 'fate'>;
  encode: { readonly features: readonly Feature[]; readonly memory: MemoryNeed };
  scale: {
    readonly nSamples: number;
    readonly nFeatures: number;
    readonly powers: readonly Power[];
  };
  pca: {
    readonly explainedVarianceRatio: readonly number[];
    /** Loadings of the first components, by feature. */
    readonly components: readonly (readonly number[])[];
    /** Row-major nKept × 2. */
    readonly scores: Float32Array;
  };
  space: SpaceView;
  sweep: SweepView;
  cluster: ClusterView;
  profile: StepOutputs['profile'];
  tree: StepOutputs['tree'];
  model: StepOutputs['model'];
  ward: WardView;
  agreement: StepOutputs['agreement'];
  personas: StepOutputs['personas'];
  explore: StepOutputs['explore'];
  /** Told by `trust`. */
  evidence: null;
  trust: StepOutputs['trust'];
}

export type StepView<Id extends StepId> = StepViews[Id];

/** What the story is made of: always of one run. */
export type StoryViews = Pick<StepViews, StoryStep>;

export interface ReadView extends Omit<ReadOutput, 'table' | 'columnNotes'> {
  readonly nRows: number;
  readonly columns: readonly (ColumnView & { readonly original: string; readonly unit: string })[];
  /** The first rows as text, each with its line in the file. */
  readonly preview: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** The first 1,000 of the rows set aside. */
  readonly setAside: ReadOutput['setAside'];
}

export interface ColumnView {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly nMissing: number;
  /** What the column is taken for unless the recipe says otherwise, and why. */
  readonly guess: { readonly role: Role; readonly reason: string };
}

export interface DeriveView {
  readonly reports: DeriveOutput['reports'];
  /** The derived columns, in the same order. */
  readonly columns: readonly ColumnView[];
}

export interface SpaceView {
  readonly kind: SpaceKind;
  /** Numbers of each customer that segments are formed from. */
  readonly nNumbers: number;
  readonly error: number;
  readonly training: SpaceTraining | null;
}

export interface SweepView {
  readonly candidates: readonly {
    readonly nClusters: number;
    readonly inertia: number;
    readonly silhouette: number | null;
    /** The same over the scaled columns. */
    readonly silhouetteOverColumns: number | null;
    readonly calinskiHarabasz: number | null;
    readonly daviesBouldin: number | null;
    /** Share of the customers that the smallest segment has. */
    readonly smallestShare: number;
    /** Of all starts, those that ended within 0.1 % of the best inertia. */
    readonly nStartsAtBest: number;
    readonly startInertias: readonly number[];
  }[];
  readonly nSilhouetteRows: number;
  readonly knee: NonNullable<StepOutputs['sweep']['knee']> | null;
  readonly suggested: number;
}

export interface ClusterView {
  /** Segments. */
  readonly nClusters: number;
  /** By cluster that K-Means formed: the segment that it became part of. As many as there are segments where none were merged. */
  readonly clusterOf: readonly number[];
  /** Per kept row. */
  readonly labels: Int32Array;
  readonly sizes: readonly number[];
  readonly inertia: number;
  readonly nIter: number;
  readonly chosenBy: StepOutputs['cluster']['chosenBy'];
  readonly notes: readonly string[];
  /** In the space that segments are formed in. */
  readonly silhouette: Silhouette | null;
  /** Over the scaled columns. */
  readonly overColumns: Silhouette | null;
  /** How segments continue the pinned ones that they have their numbers from; null where there are none. */
  readonly identity: Pick<Identity, 'continues' | 'nPinned'> | null;
}

export interface WardView {
  /** Prototypes that were merged in place of the rows; 0 where all rows were. */
  readonly nPrototypes: number;
  /** The heights of the last merges, ascending: up to 30. The last is where two groups become one. */
  readonly lastHeights: readonly number[];
}

const previewRows = 12;
/** Directions whose loadings are shown. */
const shownComponents = 8;
const setAsideRows = 1000;
const lastMerges = 30;
/** Starts that end this much above the best inertia, relatively, have found the same answer for all that matters. */
const sameAnswer = 1e-3;

/** @param outputs the step's own output and those of everything it stands on */
export const toView: {
  [Id in StepId]: (outputs: Pick<StepOutputs, Id> & Partial<StepOutputs>) => StepViews[Id];
} = {
  read: ({ read }) => readView(read),
  derive: ({ derive: { table, reports } }) => ({
    reports,
    columns: columnViews(table).slice(table.columns.length - reports.length),
  }),
  clean: ({ clean: { features: _, categories: __, rows: ___, fate: ____, ...rest } }) => rest,
  encode: ({ encode: { features, memory } }) => ({ features, memory }),
  scale: ({ scale: { X, powers } }) => {
    return { nSamples: X.nSamples, nFeatures: X.nFeatures, powers };
  },
  pca: ({ pca: { pca, scores } }) => ({
    explainedVarianceRatio: Array.from(pca.explainedVarianceRatio),
    components: Array.from({ length: Math.min(shownComponents, pca.nFeatures) }, (_, m) =>
      Array.from(pca.components.subarray(m * pca.nFeatures, (m + 1) * pca.nFeatures)),
    ),
    scores: scores.slice(),
  }),
  space: ({ space: { X, transformation, error, training } }) => ({
    kind: transformation?.kind ?? 'scaled',
    nNumbers: X.nFeatures,
    error,
    training,
  }),
  sweep: ({ sweep }) => ({
    candidates: sweep.fits.map(({ nClusters, inertia, sizes, labels, startInertias }, i) => ({
      nClusters,
      inertia,
      silhouette: sweep.silhouettes[i]?.mean ?? null,
      silhouetteOverColumns: (sweep.overColumns ?? sweep.silhouettes)[i]?.mean ?? null,
      calinskiHarabasz: sweep.calinskiHarabasz[i] ?? null,
      daviesBouldin: sweep.daviesBouldin[i] ?? null,
      smallestShare: Math.min(...sizes) / labels.length,
      nStartsAtBest: startInertias.filter((start) => start <= inertia * (1 + sameAnswer)).length,
      startInertias,
    })),
    nSilhouetteRows: sweep.nSilhouetteRows,
    knee: sweep.knee ?? null,
    suggested: sweep.suggested,
  }),
  cluster: ({ cluster: { fit, prototypes, identity, silhouette, overColumns, ...rest } }) => ({
    nClusters: fit.nClusters,
    clusterOf: Array.from(prototypes.clusterOf),
    labels: fit.labels.slice(),
    sizes: fit.sizes,
    inertia: fit.inertia,
    nIter: fit.nIter,
    chosenBy: rest.chosenBy,
    notes: rest.notes,
    silhouette: silhouette ?? null,
    overColumns: overColumns ?? null,
    identity: identity && { continues: identity.continues, nPinned: identity.nPinned },
  }),
  profile: ({ profile }) => profile,
  tree: ({ tree }) => tree,
  model: ({ model }) => model,
  ward: ({ ward: { nLeaves, heights, leafOfRow } }) => ({
    nPrototypes: nLeaves < leafOfRow.length ? nLeaves : 0,
    lastHeights: Array.from(heights.slice(-lastMerges)),
  }),
  agreement: ({ agreement }) => agreement,
  personas: ({ personas }) => personas,
  explore: ({ explore }) => explore,
  evidence: () => null,
  trust: ({ trust }) => trust,
};

function readView({ table, columnNotes, setAside, ...rest }: ReadOutput): ReadView {
  return {
    ...rest,
    setAside: setAside.slice(0, setAsideRows),
    nRows: table.nRows,
    columns: columnViews(table).map((column, j) => ({
      ...column,
      original: columnNotes[j].original,
      unit: columnNotes[j].unit,
    })),
    preview: Array.from({ length: Math.min(previewRows, table.nRows) }, (_, i) => ({
      line: table.lines[i],
      cells: table.columns.map((column) => cellText(column, i)),
    })),
  };
}

function columnViews(table: Table): ColumnView[] {
  const guesses = assignRoles(table, [], findDuplicates(table));
  return table.columns.map((column, j) => ({
    name: column.name,
    kind: column.kind,
    nMissing: countMissing(column, table.nRows),
    guess: { role: guesses[j].role, reason: guesses[j].reason },
  }));
}
