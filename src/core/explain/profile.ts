import type { Context } from '../context';
import type { EncodeOutput, Feature, FeatureOrigin } from '../features/encode-table';
import { extent } from '../table/order-statistics';
import { moments, quantiles } from '../table/stats';
import { segmentNames, segmentSentence } from './names';
import { applyEdits, type SegmentEdit, type SegmentParams } from './segment-edits';

/** One column of one segment, against all customers. Units are the column's own. */
export interface ColumnProfile {
  readonly mean: number;
  readonly median: number;
  /** (segment mean − overall mean) / overall population standard deviation: how many deviations apart. */
  readonly effect: number;
  /** Segment mean / overall mean; undefined where a ratio means nothing (values below 0, overall mean 0). */
  readonly ratio?: number;
}

export interface SegmentProfile {
  /** Given by its numbers, or by somebody; no two segments have the same. */
  readonly name: string;
  readonly sentence: string;
  /** What the numbers say, where somebody wrote something else. */
  readonly generated?: { readonly name: string; readonly sentence: string };
  /** What somebody wrote in place of the advice. */
  readonly advice?: string;
  readonly size: number;
  /** Of all kept customers. */
  readonly share: number;
  /** By feature. */
  readonly columns: readonly ColumnProfile[];
  /** Feature indices by falling absolute effect. */
  readonly differences: readonly number[];
}

/** One feature over all customers. */
export interface OverallColumn {
  readonly name: string;
  /** Of a level, values are 0 and 1: the mean is the share of customers that have it. */
  readonly from: FeatureOrigin;
  readonly mean: number;
  readonly median: number;
  readonly sd: number;
}

export interface Profile {
  readonly overall: readonly OverallColumn[];
  readonly segments: readonly SegmentProfile[];
  /** What people wrote on segments that are not among these. */
  readonly resting?: readonly SegmentEdit[];
}

/**
 * What sets each segment apart, in original units, from the cleaned values.
 *
 * @param labels segment of each kept row, length nKept
 * @param edits what people wrote on segments
 */
export async function profileSegments(
  encoded: Pick<EncodeOutput, 'values'> & {
    readonly features: readonly Pick<Feature, 'name' | 'from'>[];
  },
  labels: Int32Array,
  nClusters: number,
  edits: SegmentParams,
  ctx: Context,
): Promise<Profile> {
  const { order, ends } = rowsByLabel(labels, nClusters);
  // One column at a time, its segments one after the other.
  const sorted = new Float64Array(labels.length);
  const overall: OverallColumn[] = [];
  const drafts = Array.from(ends, (end, c) => {
    const size = end - (c > 0 ? ends[c - 1] : 0);
    return { size, share: size / labels.length, columns: [] as ColumnProfile[] };
  });
  for (const [j, values] of encoded.values.entries()) {
    arrange(values, order, sorted);
    const { mean, squares } = moments(values);
    const [median] = quantiles(values, [0.5]);
    const { min } = extent(values);
    const sd = Math.sqrt(squares / labels.length);
    const { name, from } = encoded.features[j];
    const column = { name, from, mean, median, sd };
    overall.push(column);
    drafts.forEach(({ columns, size }, c) => {
      columns.push(profileColumn(sorted.subarray(ends[c] - size, ends[c]), column, min >= 0));
    });
    ctx.progress(j + 1, encoded.values.length);
    await ctx.breathe();
  }
  const segments = drafts.map((draft) => ({
    ...draft,
    differences: byFallingEffect(draft.columns),
  }));
  const names = segmentNames(segments, overall);
  const described = segments.map((segment, c) => ({
    name: names[c],
    sentence: segmentSentence(segment, overall),
    ...segment,
  }));
  return { overall, ...applyEdits(described, edits) };
}

/** Rows of the first segment, then of the second …, ascending in each, and where each ends. */
function rowsByLabel(labels: Int32Array, nClusters: number) {
  const ends = new Int32Array(nClusters);
  for (let i = 0; i < labels.length; i++) ends[labels[i]]++;
  const next = new Int32Array(nClusters);
  for (let c = 1; c < nClusters; c++) {
    next[c] = ends[c - 1];
    ends[c] += ends[c - 1];
  }
  const order = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) order[next[labels[i]]++] = i;
  return { order, ends };
}

function arrange(values: Float64Array, order: Int32Array, into: Float64Array): void {
  for (let at = 0; at < order.length; at++) into[at] = values[order[at]];
}

function profileColumn(
  values: Float64Array,
  overall: OverallColumn,
  nonNegative: boolean,
): ColumnProfile {
  const { mean } = moments(values);
  const [median] = quantiles(values, [0.5]);
  const effect = overall.sd > 0 ? (mean - overall.mean) / overall.sd : 0;
  const profile = { mean, median, effect };
  return nonNegative && overall.mean > 0 ? { ...profile, ratio: mean / overall.mean } : profile;
}

function byFallingEffect(columns: readonly ColumnProfile[]): number[] {
  return columns
    .map((_, j) => j)
    .sort((a, b) => Math.abs(columns[b].effect) - Math.abs(columns[a].effect) || a - b);
}
