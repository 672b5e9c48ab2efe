import { fates, type Fate } from '../clean/run-step';
import type { FeatureOrigin } from '../features/encode-table';
import { stratifiedSplit } from '../judge/classification';
import { farthestRows } from '../judge/influence';
import { sureFrom, type SoftLabels } from '../judge/soft-segments';
import type { CovarianceType } from '../learn/gaussian-mixture';
import { predictTreeRows } from '../learn/tree-predict';
import { cutTree } from '../learn/ward';
import { insideOf, type Point } from '../map/polygon';
import type { Projection } from '../map/projection';
import type { StepId } from '../plan';
import type { Recipe } from '../recipe';
import type { StepOutputs } from '../steps';
import { isMissing, type Column } from '../table/table';

/**
 * Some of the customers, by what they have in common. Plain JSON: it is a question to the worker, and holds for other
 * settings as well, as far as it still makes sense.
 */
export type Selection =
  | { readonly kind: 'segment'; readonly segment: number }
  /** From `from` to before `to`; `to` itself belongs to it where `isClosed`. Dates in milliseconds since 1970 UTC. */
  | {
      readonly kind: 'range';
      readonly column: string;
      readonly from: number;
      readonly to: number;
      readonly isClosed: boolean;
    }
  | { readonly kind: 'levels'; readonly column: string; readonly levels: readonly string[] }
  /** Both values are there, and the one of `column` is larger than that of `bound`. */
  | { readonly kind: 'exceeds'; readonly column: string; readonly bound: string }
  /** A value is missing in each of these columns. */
  | { readonly kind: 'missing'; readonly columns: readonly string[] }
  | { readonly kind: 'fate'; readonly fate: Exclude<Fate, 'kept'> }
  /** Of the customers that the tree was tested on: those of a segment for whom it says `as`. */
  | { readonly kind: 'recognised'; readonly segment: number; readonly as: number }
  /** Of the customers that segments were formed from, those in all of these ranges: what leads to a node of a tree. */
  | { readonly kind: 'rule'; readonly parts: readonly FeatureRange[] }
  /** Those of a segment that Ward's method, asked for as many groups, puts into this one of them (by size). */
  | { readonly kind: 'ward'; readonly segment: number; readonly group: number }
  /** One of so many groups of Ward's method (by size), whatever segment its customers are in. */
  | { readonly kind: 'branch'; readonly nGroups: number; readonly group: number }
  /** A box on a map, its edges included; of the first two principal components where nothing else is said. */
  | {
      readonly kind: 'map';
      readonly projection?: Projection;
      readonly x: readonly [number, number];
      readonly y: readonly [number, number];
    }
  /** Those of a segment whose silhouette is at least `from` and below `to`; 1 itself belongs to a range up to 1. */
  | {
      readonly kind: 'silhouette';
      readonly segment: number;
      readonly from: number;
      readonly to: number;
    }
  /** Those who are in a segment of another recipe. `name`: that segment, to be read after "in ". */
  | {
      readonly kind: 'elsewhere';
      readonly recipe: Recipe;
      readonly segment: number;
      readonly name: string;
    }
  /** What was drawn around on a map: a polygon, closed by itself; what it goes around twice lies outside. */
  | {
      readonly kind: 'lasso';
      readonly projection: Projection;
      readonly points: readonly Point[];
    }
  /**
   * By a mixture of normal distributions of this kind: those of a segment, those whose likeliest group is this one, those
   * who lie in between. Null: whichever.
   */
  | {
      readonly kind: 'mixture';
      readonly covarianceType: CovarianceType;
      readonly segment: number | null;
      readonly group: number | null;
      readonly isBetween: boolean;
    }
  /** This share of those that segments were formed from: who lies farthest from the average of all. */
  | { readonly kind: 'farthest'; readonly share: number }
  | { readonly kind: 'all-of'; readonly parts: readonly Selection[] };

/** Values of a feature as segments were formed from it (gaps filled): above `over`, up to `upTo`; null: no bound. */
export interface FeatureRange {
  readonly from: FeatureOrigin;
  readonly over: number | null;
  readonly upTo: number | null;
}

/** What selections are about. Parts that are not there select nobody. */
export type SelectFrom = Pick<StepOutputs, 'derive'> &
  Partial<Pick<StepOutputs, 'clean' | 'encode' | 'pca' | 'space' | 'cluster' | 'tree' | 'ward'>> & {
    readonly recipe: Recipe;
    /** By kept row; NaN where it is not known. */
    readonly silhouettes?: Float64Array;
    /** The segment of each row of the table by another recipe, −1 for none. */
    readonly elsewhere?: (recipe: Recipe) => Int32Array | undefined;
    /** Where customers lie on the maps that a selection is about, but for that of the principal components. */
    readonly maps?: ReadonlyMap<Projection, Float32Array>;
    readonly mixtures?: ReadonlyMap<CovarianceType, SoftLabels>;
  };

/** The steps that a selection is about. */
export function needsOf(selection: Selection): readonly StepId[] {
  switch (selection.kind) {
    case 'range':
    case 'levels':
    case 'missing':
    case 'exceeds':
    case 'elsewhere':
      return [];
    case 'fate':
      return ['clean'];
    case 'segment':
    case 'silhouette':
    case 'mixture':
      return ['clean', 'cluster'];
    case 'map':
    case 'lasso':
      return projectionOf(selection) === 'pca' ? ['clean', 'pca'] : ['clean'];
    case 'farthest':
      return ['clean', 'space'];
    case 'recognised':
      return ['clean', 'encode', 'cluster', 'tree'];
    case 'rule':
      return ['clean', 'encode'];
    case 'ward':
      return ['clean', 'cluster', 'ward'];
    case 'branch':
      return ['clean', 'ward'];
    case 'all-of':
      return [...new Set(selection.parts.flatMap(needsOf))];
  }
}

/** The selection itself, or all that it is made of. */
export function partsOf(selection: Selection): readonly Selection[] {
  return selection.kind === 'all-of' ? selection.parts.flatMap(partsOf) : [selection];
}

/** The maps that a selection is about, but for that of the principal components, which is a step. */
export function mapsOf(selection: Selection): readonly Projection[] {
  const maps = partsOf(selection).flatMap((part) =>
    part.kind === 'map' || part.kind === 'lasso' ? [projectionOf(part)] : [],
  );
  return [...new Set(maps)].filter((projection) => projection !== 'pca');
}

/** The mixtures that a selection is about. */
export function mixturesOf(selection: Selection): readonly CovarianceType[] {
  const types = partsOf(selection).flatMap((part) =>
    part.kind === 'mixture' ? [part.covarianceType] : [],
  );
  return [...new Set(types)];
}

function projectionOf({ projection = 'pca' }: { readonly projection?: Projection }): Projection {
  return projection;
}

/** Equal for equal selections only. JSON alone has one word for all numbers that are not finite. */
export function selectionKey(selection: Selection): string {
  return JSON.stringify(selection, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { not: String(value) } : value,
  );
}

/**
 * Columns, segments and groups that are not there select nobody; `all-of` no parts is everybody.
 *
 * @param from the outputs of `needsOf(selection)`, those that could be had
 * @returns per row of the table: 1 for those that are selected
 */
export function selectRows(selection: Selection, from: SelectFrom): Uint8Array {
  const { table } = from.derive;
  const isSelected = new Uint8Array(table.nRows);
  const columnOf = (name: string) => table.columns.find((column) => column.name === name);
  switch (selection.kind) {
    case 'segment':
      markKept(isSelected, from, (at) => from.cluster?.fit.labels[at] === selection.segment);
      break;
    case 'range':
      markRange(isSelected, columnOf(selection.column), selection);
      break;
    case 'levels':
      markLevels(isSelected, columnOf(selection.column), new Set(selection.levels));
      break;
    case 'missing': {
      const columns = selection.columns.map(columnOf);
      for (let i = 0; i < isSelected.length; i++) {
        isSelected[i] = columns.every((column) => column !== undefined && isMissing(column, i))
          ? 1
          : 0;
      }
      break;
    }
    case 'fate': {
      const fate = fates.indexOf(selection.fate);
      from.clean?.fate.forEach((value, i) => (isSelected[i] = value === fate ? 1 : 0));
      break;
    }
    case 'recognised':
      markKept(isSelected, from, recognisedAs(selection, from));
      break;
    case 'rule':
      markKept(isSelected, from, inRanges(selection.parts, from));
      break;
    case 'exceeds':
      markLarger(isSelected, columnOf(selection.column), columnOf(selection.bound));
      break;
    case 'ward':
      markKept(isSelected, from, joinedAs(selection, from));
      break;
    case 'branch':
      markKept(isSelected, from, isInBranch(selection, from));
      break;
    case 'map': {
      const { x, y } = selection;
      markOnMap(isSelected, from, projectionOf(selection), (u, v) => {
        return u >= x[0] && u <= x[1] && v >= y[0] && v <= y[1];
      });
      break;
    }
    case 'mixture':
      markKept(isSelected, from, inMixture(selection, from));
      break;
    case 'lasso':
      markOnMap(isSelected, from, selection.projection, insideOf(selection.points));
      break;
    case 'farthest': {
      const { clean, space } = from;
      if (clean === undefined || space === undefined) break;
      for (const at of farthestRows(space.X, selection.share)) isSelected[clean.rows[at]] = 1;
      break;
    }
    case 'silhouette':
      markKept(isSelected, from, (at) => isSilhouetteWithin(selection, from, at));
      break;
    case 'elsewhere':
      from.elsewhere?.(selection.recipe)?.forEach((segment, i) => {
        isSelected[i] = segment === selection.segment ? 1 : 0;
      });
      break;
    case 'all-of':
      isSelected.fill(1);
      for (const part of selection.parts) {
        const isPart = selectRows(part, from);
        for (let i = 0; i < isSelected.length; i++) isSelected[i] &= isPart[i];
      }
  }
  return isSelected;
}

/** Segment of each row of the table, −1 where it was set aside; undefined before there are segments. */
export function segmentsByRow({ derive, clean, cluster }: SelectFrom): Int32Array | undefined {
  if (clean === undefined || cluster === undefined) return undefined;
  const segments = new Int32Array(derive.table.nRows).fill(-1);
  clean.rows.forEach((row, at) => (segments[row] = cluster.fit.labels[at]));
  return segments;
}

/** @param test by position among the rows that segments were formed from */
function markKept(
  isSelected: Uint8Array,
  { clean }: SelectFrom,
  test: (at: number) => boolean,
): void {
  clean?.rows.forEach((row, at) => (isSelected[row] = test(at) ? 1 : 0));
}

function markRange(
  isSelected: Uint8Array,
  column: Column | undefined,
  { from, to, isClosed }: { from: number; to: number; isClosed: boolean },
): void {
  if (column?.kind !== 'number' && column?.kind !== 'date') return;
  const { values } = column;
  for (let i = 0; i < isSelected.length; i++) {
    const value = values[i];
    isSelected[i] = value >= from && (value < to || (isClosed && value === to)) ? 1 : 0;
  }
}

function markLevels(
  isSelected: Uint8Array,
  column: Column | undefined,
  levels: ReadonlySet<string>,
): void {
  if (column?.kind === 'category') {
    const isWanted = column.levels.map((level) => levels.has(level));
    column.codes.forEach((code, i) => (isSelected[i] = code >= 0 && isWanted[code] ? 1 : 0));
  } else if (column?.kind === 'text') {
    for (let i = 0; i < isSelected.length; i++) {
      const text = column.values.at(i);
      isSelected[i] = typeof text === 'string' && levels.has(text) ? 1 : 0;
    }
  }
}

function recognisedAs(
  { segment, as }: { segment: number; as: number },
  { cluster, tree, encode, recipe }: SelectFrom,
): (at: number) => boolean {
  if (cluster === undefined || tree === undefined || encode === undefined) return () => false;
  const { labels, nClusters } = cluster.fit;
  const { test } = stratifiedSplit(labels, nClusters, recipe.tree.testShare, recipe.tree.seed);
  const predicted = predictTreeRows(tree.tree, encode.values, test);
  const isWanted = new Uint8Array(labels.length);
  test.forEach((at, i) => {
    if (labels[at] === segment && predicted[i] === as) isWanted[at] = 1;
  });
  return (at) => isWanted[at] === 1;
}

function inRanges(parts: readonly FeatureRange[], { encode }: SelectFrom): (at: number) => boolean {
  const keyOf = ({ from }: { from: FeatureOrigin }) =>
    JSON.stringify([from.kind, from.column, from.kind === 'level' ? from.level : '']);
  const valuesOf = new Map(
    encode?.features.map((feature, j) => [keyOf(feature), encode.values[j]]),
  );
  const ranges = parts.map((part) => ({
    values: valuesOf.get(keyOf(part)),
    over: part.over ?? -Infinity,
    upTo: part.upTo ?? Infinity,
  }));
  return (at) =>
    encode !== undefined &&
    ranges.every(
      ({ values, over, upTo }) =>
        // What is −∞ itself lies in a range without a lower bound.
        values !== undefined && (values[at] > over || over === -Infinity) && values[at] <= upTo,
    );
}

function joinedAs(
  { segment, group }: { segment: number; group: number },
  { cluster, ward }: SelectFrom,
): (at: number) => boolean {
  if (cluster === undefined || ward === undefined) return () => false;
  const { labels, nClusters } = cluster.fit;
  // As it is when the two methods are compared.
  const groups = cutTree(ward, Math.min(nClusters, ward.nLeaves));
  return (at) => labels[at] === segment && groups[at] === group;
}

function isInBranch(
  { nGroups, group }: { nGroups: number; group: number },
  { ward }: SelectFrom,
): (at: number) => boolean {
  if (ward === undefined || nGroups > ward.nLeaves) return () => false;
  const groups = cutTree(ward, nGroups);
  return (at) => groups[at] === group;
}

function inMixture(
  { covarianceType, segment, group, isBetween }: Extract<Selection, { kind: 'mixture' }>,
  { cluster, mixtures }: SelectFrom,
): (at: number) => boolean {
  const mixture = mixtures?.get(covarianceType);
  if (cluster === undefined || mixture === undefined) return () => false;
  const { labels } = cluster.fit;
  return (at) =>
    (segment === null || labels[at] === segment) &&
    (group === null || mixture.labels[at] === group) &&
    (!isBetween || mixture.certainty[at] < sureFrom);
}

function markOnMap(
  isSelected: Uint8Array,
  from: SelectFrom,
  projection: Projection,
  isInside: (x: number, y: number) => boolean,
): void {
  const scores = projection === 'pca' ? from.pca?.scores : from.maps?.get(projection);
  if (scores === undefined) return;
  markKept(isSelected, from, (at) => isInside(scores[2 * at], scores[2 * at + 1]));
}

function isSilhouetteWithin(
  { segment, from, to }: { segment: number; from: number; to: number },
  { cluster, silhouettes }: SelectFrom,
  at: number,
): boolean {
  if (cluster?.fit.labels[at] !== segment || silhouettes === undefined) return false;
  const value = silhouettes[at];
  return value >= from && (value < to || (to >= 1 && value <= to));
}

function markLarger(
  isSelected: Uint8Array,
  column: Column | undefined,
  bound: Column | undefined,
): void {
  const areMeasures =
    (column?.kind === 'number' || column?.kind === 'date') && bound?.kind === column.kind;
  if (!areMeasures) return;
  // Nothing is larger than a missing value.
  for (let i = 0; i < isSelected.length; i++) {
    isSelected[i] = column.values[i] > bound.values[i] ? 1 : 0;
  }
}
