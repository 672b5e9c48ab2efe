import type { Drift } from './drift';
import type { Migration } from './migration';

/** A later file of the same customers, beside the file that the segments were formed from. */
export interface NextPeriod {
  /** The column that says who is who, as it is called here. */
  readonly key: string;
  /** The column that says what a customer is worth; null: none. */
  readonly value: string | null;
  /** Names of the segments, in the order of their numbers. */
  readonly segments: readonly string[];
  /** Customers by segment: in the page's file, and in the later one. */
  readonly sizesBefore: readonly number[];
  readonly sizesAfter: readonly number[];
  readonly migration: Migration;
  /** Inputs of the model, in their order. */
  readonly columns: readonly ColumnDrift[];
  /** Of the sizes of segments. */
  readonly sizeDrift: Drift;
  /** Customers of the later file who are further from their centre than 99 % of those that it was made from. */
  readonly nUnlike: number;
}

export interface ColumnDrift extends Drift {
  readonly column: string;
  /** Shares of rows without a value, before and after. */
  readonly missingBefore: number;
  readonly missingAfter: number;
}
