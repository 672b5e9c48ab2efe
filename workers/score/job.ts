import type { SegmentModel } from '../../src/core/model';
import { nBins, type Bins } from '../../src/core/scoring/bins';
import type { DecimalVotes } from '../../src/core/table/decimal-mark';
import type { DecimalMark, ReadParams } from '../../src/core/table/read-params';
import type { LongRow } from '../read/slice-types';

/** Where an input of the model is found in a file, and how its cells are read. */
export interface InputColumn {
  /** Place of the column in the file, from 0. */
  readonly column: number;
  /** `yes`: yes and no, as 1 and 0. */
  readonly how: 'number' | 'yes' | 'category';
}

/** All that it takes to score rows of a file, wherever they stand in it. Plain data: it can be sent to another thread. */
export interface ScoreJob {
  readonly model: SegmentModel;
  /** By input of the model. */
  readonly inputs: readonly InputColumn[];
  /** Columns of the file. */
  readonly width: number;
  readonly decimal: DecimalMark;
  readonly missing: ReadParams['missing'];
  readonly output: OutputDialect;
  /** By input of the model: what is counted of it; null: nothing. */
  readonly bins: readonly (Bins | null)[];
  /** Columns of the file of which each row is kept; null: rows are written and forgotten. */
  readonly collect: { readonly key: number; readonly value: number | null } | null;
}

/** How rows are written. */
export interface OutputDialect {
  readonly separator: string;
  readonly quote: string;
  readonly lineEnd: '\n' | '\r\n';
  /** The decimal mark of the columns that are added. */
  readonly decimal: DecimalMark;
}

/** What is known of the cells of an input. */
export interface InputTally {
  /** Cells that are not missing. */
  nPresent: number;
  /** Of those, cells that are no number though one is asked for: they count as missing. */
  nUnreadable: number;
  /** Cells with a level that the model has no feature of its own for. */
  nOtherLevel: number;
  /** Present cells that are neither yes nor no, where those are looked for. */
  nNeither: number;
}

/** What some rows come to. Tallies of parts of a file add up to that of the file. */
export interface ScoreTally {
  /** Rows that were scored. */
  nRows: number;
  /** By segment. */
  readonly counts: number[];
  /** Rows in which at least one feature was missing and was filled, and by feature. */
  nRowsFilled: number;
  readonly filled: number[];
  /** Rows further from their centre than 99 % of those that the segment was made from. */
  nUnlike: number;
  /** By input of the model. */
  readonly inputs: InputTally[];
  /** By input of the model, where its bins are given. */
  readonly bins: (Float64Array | null)[];
  /** By column of the file. */
  readonly votes: Record<keyof DecimalVotes, number>[];
  nShort: number;
  nSetAside: number;
  /** The first of them. Lines from 1. */
  readonly setAside: LongRow[];
}

/** Of rows that are kept: what they are known by, and what became of them. */
export interface Collected {
  readonly keys: readonly string[];
  /** NaN where there is none; null where no column was asked for. */
  readonly values: Float64Array<ArrayBuffer> | null;
  readonly labels: Int32Array<ArrayBuffer>;
}

/** Some rows of a file, scored. */
export interface ScoredPart {
  readonly csv: Blob;
  readonly tally: ScoreTally;
  readonly nLines: number;
  readonly collected: Collected | null;
}

export function emptyTally({ model, width, bins }: ScoreJob): ScoreTally {
  return {
    nRows: 0,
    counts: model.segments.map(() => 0),
    nRowsFilled: 0,
    filled: model.features.map(() => 0),
    nUnlike: 0,
    inputs: model.inputs.map(() => ({ nPresent: 0, nUnreadable: 0, nOtherLevel: 0, nNeither: 0 })),
    bins: bins.map((own) => own && new Float64Array(nBins(own))),
    votes: Array.from({ length: width }, () => ({
      point: 0,
      comma: 0,
      eitherWithPoint: 0,
      eitherWithComma: 0,
    })),
    nShort: 0,
    nSetAside: 0,
    setAside: [],
  };
}

/** Rows that were set aside of which the line is told. */
export const shownAside = 100;

/** @param linesBefore lines of the file above the part */
export function addTally(sum: ScoreTally, part: ScoreTally, linesBefore: number): void {
  for (const key of ['nRows', 'nRowsFilled', 'nUnlike', 'nShort', 'nSetAside'] as const) {
    sum[key] += part[key];
  }
  part.counts.forEach((count, c) => (sum.counts[c] += count));
  part.filled.forEach((count, j) => (sum.filled[j] += count));
  part.inputs.forEach((own, at) => {
    for (const key of ['nPresent', 'nUnreadable', 'nOtherLevel', 'nNeither'] as const) {
      sum.inputs[at][key] += own[key];
    }
  });
  part.bins.forEach((counts, at) => {
    const into = sum.bins[at];
    if (into !== null) counts?.forEach((count, b) => (into[b] += count));
  });
  part.votes.forEach((votes, j) => {
    for (const key of ['point', 'comma', 'eitherWithPoint', 'eitherWithComma'] as const) {
      sum.votes[j][key] += votes[key];
    }
  });
  for (const row of part.setAside) {
    if (sum.setAside.length < shownAside)
      sum.setAside.push({ ...row, line: row.line + linesBefore });
  }
}
