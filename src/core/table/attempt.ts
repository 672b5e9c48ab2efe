import type { DateOrder } from './dates';
import type { MissingRule } from './missing';
import type { MissingTally } from './missing-tally';
import type { DecimalMark, ReadParams, ReadWarning, ThousandsMark } from './read-params';
import type { Column, ColumnKind } from './table';

export interface InferOptions {
  /** The type that the user set, or `auto`. */
  readonly kind: ColumnKind | 'auto';
  readonly decimal: DecimalMark;
  readonly thousands: ReadParams['thousands'];
  readonly missing: MissingRule;
  /** The numbers that stand for missing, and the token of each. */
  readonly missingNumbers: ReadonlyMap<number, string>;
  /** Used for cells such as 03/04/2024 when no other cell settles the order. */
  readonly dateOrder: DateOrder;
  /** True when `dateOrder` is the user's word and not our guess. */
  readonly dateOrderIsGiven: boolean;
  /** The line of the file on which a row begins, for messages. */
  lineOf(row: number): number;
}

export interface InferredColumn {
  /** null when every cell is missing. */
  readonly column: Column | null;
  /** The unit found in the values ('%', '€'), or ''. */
  readonly unit: string;
  readonly warnings: readonly ReadWarning[];
  /** The cells that were read as missing because they say so. */
  readonly missing: MissingTally;
  /** How many of the numbers have their digits in groups, by the mark between them. */
  readonly thousands: ReadonlyMap<ThousandsMark, number>;
}

/** Nothing but the column itself: what most columns come to. */
export function inferred(
  column: Column | null,
  missing: MissingTally,
  warnings: readonly ReadWarning[] = [],
): InferredColumn {
  return { column, missing, warnings, unit: '', thousands: new Map() };
}

/** A column whose present cells are at least this share of numbers (or dates) is one, the rest being missing. */
export const toleratedShare = 0.9;

/** True when so many cells are neither missing nor fit that the column cannot be what is tried, however it goes on. */
export function isHopeless(nBad: number, nCells: number): boolean {
  return nCells - nBad < toleratedShare * nCells;
}

/** A reading of a column as one kind: whether the cells bear it, and what to say if they nearly do. */
export interface Attempt {
  readonly fits: boolean;
  readonly result: InferredColumn;
  /** Worth telling when the column ends up as another kind. */
  readonly remarks: readonly ReadWarning[];
}
