import { meanAndSquares, quantile } from '../table/stats';
import type { CleanOutput } from '../clean/clean';
import { segmentNames, segmentSentence } from './names';

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
  readonly name: string;
  readonly sentence: string;
  readonly size: number;
  /** Of all kept customers. */
  readonly share: number;
  /** By feature. */
  readonly columns: readonly ColumnProfile[];
  /** Feature indices by falling absolute effect. */
  readonly differences: readonly number[];
}

export interface OverallColumn {
  readonly name: string;
  readonly mean: number;
  readonly median: number;
  readonly sd: number;
}

export interface Profile {
  readonly overall: readonly OverallColumn[];
  readonly segments: readonly SegmentProfile[];
}

/**
 * What sets each segment apart, in original units, from the cleaned values.
 *
 * @param labels segment of each kept row, length nKept
 */
export function profileSegments(
  cleaned: Pick<CleanOutput, 'columns' | 'features'>,
  labels: Int32Array,
  nClusters: number,
): Profile {
  const nRows = labels.length;
  const overall = cleaned.features.map((values, j): OverallColumn => {
    const { mean, squares } = meanAndSquares(values);
    const sd = Math.sqrt(squares / nRows);
    return {
      name: cleaned.columns[j].name,
      mean,
      median: quantile(values.slice().sort(), 0.5),
      sd,
    };
  });
  const nonNegative = cleaned.features.map((values) => values.every((value) => value >= 0));
  const drafts = Array.from({ length: nClusters }, (_, c) => {
    const columns = cleaned.features.map((values, j) =>
      profileColumn(
        values.filter((_, i) => labels[i] === c),
        overall[j],
        nonNegative[j],
      ),
    );
    const size = labels.reduce((count, label) => count + (label === c ? 1 : 0), 0);
    return { size, share: size / nRows, columns, differences: byFallingEffect(columns) };
  });
  const names = segmentNames(drafts, overall);
  return {
    overall,
    segments: drafts.map((draft, c) => ({
      name: names[c],
      sentence: segmentSentence(draft, overall),
      ...draft,
    })),
  };
}

function profileColumn(values: Float64Array, overall: OverallColumn, nonNegative: boolean) {
  const { mean } = meanAndSquares(values);
  const profile: ColumnProfile = {
    mean,
    median: quantile(values.slice().sort(), 0.5),
    effect: overall.sd > 0 ? (mean - overall.mean) / overall.sd : 0,
  };
  return nonNegative && overall.mean > 0 ? { ...profile, ratio: mean / overall.mean } : profile;
}

function byFallingEffect(columns: readonly ColumnProfile[]): number[] {
  return columns
    .map((_, j) => j)
    .sort((a, b) => Math.abs(columns[b].effect) - Math.abs(columns[a].effect) || a - b);
}
