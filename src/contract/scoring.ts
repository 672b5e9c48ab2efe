import type { Bins } from '../core/scoring/bins';
import type { DecimalMark, Delimiter, ReadParams } from '../core/table/read-params';

/** How a file is scored. */
export interface ScoreSettings {
  /** What the model's own file was read by, where it is known: what counts as missing, and names given to columns. */
  readonly read: Pick<ReadParams, 'missing' | 'names'> | null;
  /** By input of the model: bins to count its values by; null: none are counted. */
  readonly bins: readonly (Bins | null)[] | null;
  /** Columns, by their names, of which each row is kept with its segment. */
  readonly collect: { readonly key: string; readonly value: string | null } | null;
  /** The file is a part of one that grows: a column may be empty in it. What is known of the whole is not guessed again. */
  readonly partOf: {
    readonly delimiter: 'auto' | Delimiter;
    readonly decimal: 'auto' | DecimalMark;
    readonly header: 'auto' | 'yes';
  } | null;
}

export const plainScoring: ScoreSettings = { read: null, bins: null, collect: null, partOf: null };

/** A file, scored. */
export interface ScoredFile {
  /** The rows as they stood, with what the model says of them; null where they were written into a file at once. */
  readonly csv: Blob | null;
  readonly nRows: number;
  /** Rows per segment, by the model's order. */
  readonly counts: readonly number[];
  /** Rows in which at least one of the model's features was missing and was filled; and which those were. */
  readonly nRowsFilled: number;
  readonly filled: readonly { readonly feature: number; readonly nRows: number }[];
  /** Rows further from their centre than 99 % of those that their segment was made from. */
  readonly nUnlike: number;
  /** Inputs with cells that are no numbers, and count as missing. */
  readonly unreadable: readonly RowsOfInput[];
  /** Inputs with levels that the model has no feature of its own for. */
  readonly otherLevels: readonly RowsOfInput[];
  /** Columns that were found by another name than the model's. */
  readonly renamed: readonly { readonly wanted: string; readonly found: string }[];
  /** Rows shorter than the header: what is not there counts as missing. */
  readonly nShort: number;
  /** Rows with more fields than the header, which are not in the result; the first of them. */
  readonly nSetAside: number;
  readonly setAside: readonly {
    readonly line: number;
    readonly nFields: number;
    readonly nExpected: number;
  }[];
  /** How it was read. */
  readonly delimiter: Delimiter;
  readonly decimal: DecimalMark;
  /** Bytes above the first row: title lines and the header; null where the file was read as text. */
  readonly bodyAt: number | null;
  /** By input of the model, where bins were given: how many rows are in each. */
  readonly bins: readonly (readonly number[] | null)[];
}

export interface RowsOfInput {
  readonly name: string;
  readonly nRows: number;
}
