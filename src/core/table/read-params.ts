import type { ColumnKind, Table } from './table';

export const delimiters = [',', ';', '\t', '|', ':', '~', ' '] as const;
export type Delimiter = (typeof delimiters)[number];

export const encodings = [
  'utf-8',
  'windows-1252',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1251',
  'iso-8859-15',
  'shift_jis',
  'gb18030',
] as const;
export type Encoding = (typeof encodings)[number];

export type DecimalMark = '.' | ',';

export const dateOrders = ['auto', 'day-first', 'month-first'] as const;

/** How to read the bytes. `auto` everywhere by default: each guess is shown and can be corrected. */
export interface ReadParams {
  readonly delimiter: 'auto' | Delimiter;
  readonly encoding: 'auto' | Encoding;
  readonly header: 'auto' | 'yes' | 'no';
  readonly decimal: 'auto' | DecimalMark;
  /** Which number of 03/04/2024 is the day, where the values themselves do not tell. */
  readonly dateOrder: (typeof dateOrders)[number];
  /** Types that the user set by hand. */
  readonly kinds: readonly { readonly column: string; readonly kind: ColumnKind }[];
}

export const readDefaults: ReadParams = {
  delimiter: 'auto',
  encoding: 'auto',
  header: 'auto',
  decimal: 'auto',
  dateOrder: 'auto',
  kinds: [],
};

/** A row of the file that is not in the table, and why. */
export interface SetAsideRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly reason: string;
  /** The start of the row as it stands in the file, at most 200 characters. */
  readonly text: string;
}

/** Something odd that did not stop the reading. `message` is a full sentence. */
export interface ReadWarning {
  readonly code:
    | 'names-changed'
    | 'names-look-alike'
    | 'bad-bytes'
    | 'nul-bytes'
    | 'odd-quotes'
    | 'infinite-values'
    | 'short-rows'
    | 'mixed-column'
    | 'total-row'
    | 'ambiguous-dates'
    | 'ambiguous-decimal'
    | 'missing-code'
    | 'na-may-be-a-value'
    | 'header-guessed'
    | 'empty-column'
    | 'text-in-number-column';
  readonly message: string;
  readonly column?: string;
}

/** The table and everything that had to be guessed to get it. `nRows + setAside = rows in the file`. */
export interface ReadOutput {
  readonly table: Table;
  readonly delimiter: Delimiter;
  readonly encoding: Encoding;
  readonly hasHeader: boolean;
  readonly decimal: DecimalMark;
  /** Per column: the original header when it had to be changed, a unit found in the values ("%", "€"). */
  readonly columnNotes: readonly { readonly original: string; readonly unit: string }[];
  /** Rows found below the header, blank lines not counted. */
  readonly nRowsInFile: number;
  readonly nSetAside: number;
  /** The first 1,000 of them. */
  readonly setAside: readonly SetAsideRow[];
  readonly warnings: readonly ReadWarning[];
  /** Bytes of the file. */
  readonly nBytes: number;
}
