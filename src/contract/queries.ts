import type { ClassifierResult } from '../core/judge/compare-classifiers';
import type { NamedFields } from '../core/judge/fewest-words';
import type { Flow } from '../core/judge/flow';
import type { ToldInfluence } from '../core/judge/influence-words';
import type { PinnedSegments } from '../core/judge/identity';
import type { Comparison } from '../core/judge/matching';
import type { SilhouetteProfiles } from '../core/judge/silhouette-profile';
import type { NodeCounts } from '../core/judge/count-nodes';
import type { PermutationImportance } from '../core/judge/permutation-importance';
import type { OutlierCount, RuleWithLimit } from '../core/explore/outlier-counts';
import type { Pair } from '../core/explore/pair';
import type { DerivedColumn } from '../core/derive/derive-params';
import type { MixtureNumber, SoftSegments } from '../core/judge/soft-segments';
import type { CovarianceType } from '../core/learn/gaussian-mixture';
import type { DerivedPreview } from '../core/derive/preview';
import type { MapFrame } from '../core/map/density';
import type { MapShapeKind, MapShapes } from '../core/map/map-shapes';
import type { MapPicture } from '../core/map/map-picture';
import type { MapTrustTold } from '../core/map/map-trust';
import type { Projection } from '../core/map/projection';
import type { Described } from '../core/explain/described';
import type { PowerOffer } from '../core/features/power-offer';
import type { AutoencoderParams } from '../core/learn/autoencoder-params';
import type { Tree } from '../core/learn/tree';
import type { Dendrogram } from '../core/learn/dendrogram';
import type { SegmentModel } from '../core/model';
import type { CustomerValues } from '../core/score';
import type { Bins } from '../core/scoring/bins';
import type { End, Mover } from '../core/scoring/migration';
import type { NextPeriod } from '../core/scoring/next-period';
import type { Recipe } from '../core/recipe';
import type { ReductionComparison } from '../core/reduce/compare-reductions';
import type { RowOrder } from '../core/select/order-rows';
import type { RowPage } from '../core/select/row-page';
import type { Selection } from '../core/select/selection';
import type { ScoredFile } from './scoring';

/**
 * What can be asked of the worker beside the steps: pure functions of (source, recipe, question). An answer is computed
 * from results of steps, and from as few of them as it takes.
 */
export interface Queries {
  /** What another file is compared with, by input of the model: bins, and rows in each; and the sizes of the segments. */
  driftReference: {
    readonly question: null;
    readonly answer: {
      readonly bins: readonly (Bins | null)[];
      readonly counts: readonly (readonly number[] | null)[];
      readonly sizes: readonly number[];
    };
  };
  /** One customer of the page's file: by what is written in the key column, else by the number of the row. */
  customer: {
    readonly question: { readonly wanted: string; readonly key: string | null };
    readonly answer: {
      readonly line: number;
      /** By input of the model. */
      readonly values: CustomerValues;
    } | null;
  };
  /** A later file of the same customers, scored with the segments of this one. */
  nextPeriod: {
    readonly question: LaterFile;
    readonly answer: NextPeriodAnswer;
  };
  /** The customers who went from a segment to another, who came, or who are gone: the first of them, and all as CSV. */
  movers: {
    readonly question: LaterFile & { readonly from: End; readonly to: End };
    readonly answer: { readonly first: readonly Mover[]; readonly csv: Blob };
  };
  /** Some rows of a selection, in some order. */
  rows: {
    readonly question: {
      readonly selection: Selection;
      readonly order: RowOrder;
      readonly first: number;
      readonly nRows: number;
    };
    readonly answer: RowPage;
  };
  /** How many customers a selection has, and which of those that segments were formed from. */
  selected: {
    readonly question: { readonly selection: Selection };
    readonly answer: {
      readonly nRows: number;
      /** 1 for those that are selected, by kept row; null before there are any. */
      readonly kept: Uint8Array | null;
    };
  };
  /** The table as it was read, with the segment of each row, as CSV. */
  labelledCsv: {
    readonly question: {
      /** With the segment that comes next, and how clear the choice is. */
      readonly second: boolean;
      /** With the probability of each group of this mixture; null: without. */
      readonly mixture: CovarianceType | null;
    };
    readonly answer: Blob;
  };
  /** The selected rows, as CSV. */
  selectedCsv: {
    readonly question: { readonly selection: Selection };
    readonly answer: Blob;
  };
  /** Two columns against each other. */
  pair: {
    readonly question: { readonly a: string; readonly b: string };
    readonly answer: Pair;
  };
  /** How many values and rows rules would call outliers, before one is chosen. */
  outliers: {
    readonly question: {
      readonly columns: readonly string[];
      readonly rules: readonly RuleWithLimit[];
    };
    readonly answer: readonly OutlierCount[];
  };
  /** What a formula would give. */
  derived: {
    readonly question: DerivedColumn;
    readonly answer: DerivedPreview;
  };
  /** What would even out the skewed columns. */
  powers: {
    readonly question: null;
    readonly answer: readonly PowerOffer[];
  };
  /** What another recipe would change about the segments. */
  compare: {
    readonly question: { readonly recipe: Recipe };
    readonly answer: Comparison;
  };
  /** Who goes where between the segments of the page and those of another recipe, and what those are called. */
  flow: {
    readonly question: { readonly recipe: Recipe };
    readonly answer: Flow;
  };
  /** How segments differ in the columns that did not form them. */
  described: {
    readonly question: null;
    readonly answer: Described & { readonly sentences: readonly string[]; readonly note: string };
  };
  /** What the clusters of K-Means are known by, before any were merged: for a recipe that merges some. */
  formed: {
    readonly question: null;
    readonly answer: PinnedSegments;
  };
  /** The silhouettes of all customers, or of a sample, segment by segment. */
  silhouettes: {
    readonly question: null;
    readonly answer: SilhouetteProfiles;
  };
  /** Which segments are there because of few: whether each is found again without the customers who lie farthest out. */
  influence: {
    readonly question: null;
    readonly answer: ToldInfluence;
  };
  /** The upper part of the tree of Ward's method, and what comes of cutting it. */
  dendrogram: {
    readonly question: null;
    readonly answer: Dendrogram;
  };
  /** An autoencoder beside as many principal components, and the segments that come of both. */
  autoencoder: {
    readonly question: AutoencoderParams;
    readonly answer: ReductionComparison;
  };
  /** Where the customers lie on a map of this kind. */
  map: {
    readonly question: { readonly projection: Projection };
    readonly answer: MapPicture;
  };
  /** What is drawn of its segments beside points, within a frame. */
  mapShapes: {
    readonly question: {
      readonly projection: Projection;
      readonly shape: MapShapeKind;
      readonly frame: MapFrame;
    };
    readonly answer: MapShapes;
  };
  /** How far that map can be trusted. */
  mapTrust: {
    readonly question: { readonly projection: Projection };
    readonly answer: MapTrustTold;
  };
  /** A mixture of normal distributions that begins at the segments: who lies in between? With its words. */
  mixture: {
    readonly question: { readonly covarianceType: CovarianceType };
    readonly answer: SoftSegments & { readonly sentences: readonly string[] };
  };
  /** How well mixtures of some more and some fewer groups explain the customers, with a sentence. */
  mixtureNumbers: {
    readonly question: { readonly covarianceType: CovarianceType };
    readonly answer: { readonly numbers: readonly MixtureNumber[]; readonly sentence: string };
  };
  /** Other classifiers on the same folds, to set the tree beside. */
  classifiers: {
    readonly question: { readonly nFolds: number };
    readonly answer: readonly ClassifierResult[];
  };
  /** The tree, and who reaches each of its nodes. */
  treeNodes: {
    readonly question: null;
    readonly answer: NodeCounts & { readonly tree: Tree };
  };
  /** What the tree loses on customers it had not seen where a column's values are mixed. */
  importance: {
    readonly question: { readonly nRepeats: number };
    readonly answer: PermutationImportance & {
      /** In the order of `importances`. */
      readonly columns: readonly string[];
      /** Share of the tree's gain in Gini impurity that each of these columns brings. */
      readonly gains: readonly number[];
    };
  };
  /** Which few columns tell the segments. */
  fewestFields: {
    readonly question: null;
    readonly answer: NamedFields;
  };
  /** A model of the same segments that asks for these columns only. */
  smallModel: {
    readonly question: { readonly columns: readonly string[] };
    readonly answer: SegmentModel;
  };
  /** All rows that were set aside while reading, as CSV: line, column, reason, text. */
  setAsideCsv: {
    readonly question: null;
    readonly answer: Blob;
  };
}

export type QueryKind = keyof Queries;

/** A file of a later time, and the columns of the earlier file by which customers are known and valued. */
export interface LaterFile {
  readonly file: { readonly name: string; readonly blob: Blob; readonly lastModified: number };
  readonly key: string;
  readonly value: string | null;
  /**
   * A model that places the customers of both files, where the segments are not those of the page: the file that is asked
   * about is the earlier one, then, and `blob` its content. null: the segments of the page.
   */
  readonly by: { readonly model: SegmentModel; readonly blob: Blob } | null;
}

export interface NextPeriodAnswer {
  readonly next: NextPeriod;
  readonly scored: Omit<ScoredFile, 'csv'>;
}
