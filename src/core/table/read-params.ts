import type { DateOrder } from './dates';
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

/** What stands between groups of digits. The space means all of its kinds, the apostrophe the curly one too. */
export const thousandsMarks = [',', '.', ' ', "'"] as const;
export type ThousandsMark = (typeof thousandsMarks)[number];

export const dateOrders = ['auto', 'day-first', 'month-first'] as const;

export const totalRowRules = ['auto', 'keep', 'set-aside'] as const;

/** A column of the file, and what it is called instead. */
export interface ColumnName {
  readonly column: string;
  readonly name: string;
}

/** How to read the bytes. `auto` everywhere by default: each guess is shown and can be corrected. */
export interface ReadParams {
  readonly delimiter: 'auto' | Delimiter;
  readonly encoding: 'auto' | Encoding;
  readonly header: 'auto' | 'yes' | 'no';
  readonly decimal: 'auto' | DecimalMark;
  /** `none`: digits in groups are no number. The mark that is the decimal mark cannot be chosen: it counts as `auto`. */
  readonly thousands: 'auto' | 'none' | ThousandsMark;
  /** Lines of the file above the header, or above the first row where there is none; blank lines count. */
  readonly skipLines: 'auto' | number;
  /**
   * What counts as missing besides a blank cell, without regard to case; `auto` is `defaultMissingTokens`. A token that
   * is a number means that number in columns of numbers, however it is written there.
   */
  readonly missing: 'auto' | readonly string[];
  /** What becomes of a last row that looks like a total; `auto` keeps it and tells. */
  readonly totalRow: (typeof totalRowRules)[number];
  /** Which number of 03/04/2024 is the day, where the values themselves do not tell. */
  readonly dateOrder: (typeof dateOrders)[number];
  /** Names that the user gave to columns, by their names in the file (made unique, see `nameColumns`). */
  readonly names: readonly ColumnName[];
  /** Types that the user set by hand, by the names that columns have in the end. */
  readonly kinds: readonly { readonly column: string; readonly kind: ColumnKind }[];
}

export const readDefaults: ReadParams = {
  delimiter: 'auto',
  encoding: 'auto',
  header: 'auto',
  decimal: 'auto',
  thousands: 'auto',
  skipLines: 'auto',
  missing: 'auto',
  totalRow: 'auto',
  dateOrder: 'auto',
  names: [],
  kinds: [],
};

/** A row of the file that is not in the table, and why. */
export interface SetAsideRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  /** The name of the column that is the reason; '' where it is the row as a whole. */
  readonly column: string;
  readonly reason: string;
  /** The row as it stands in the file; of a row of more than 500 characters the start, and "…". */
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
    | 'text-in-number-column'
    | 'set-aside-cut';
  readonly message: string;
  readonly column?: string;
  /** The setting that corrects it, where one does. */
  readonly setting?: keyof ReadParams;
  /** The change of settings that reads the file the other way, where there is one other way. */
  readonly proposal?: Partial<ReadParams>;
}

/** How often something that stands for "nothing here" was found in the columns of the table. */
export interface MissingCount {
  /** As it stands in the file, or in the list of tokens that the user gave; '' for blank cells. */
  readonly token: string;
  readonly count: number;
}

/** The table and everything that had to be guessed to get it. `nRows + setAside = rows in the file`. */
export interface ReadOutput {
  readonly table: Table;
  readonly delimiter: Delimiter;
  readonly encoding: Encoding;
  readonly hasHeader: boolean;
  readonly decimal: DecimalMark;
  /** The mark that most grouped numbers have; `none` when there are none. */
  readonly thousands: 'none' | ThousandsMark;
  /** Lines of the file above the header, or above the first row where there is none. */
  readonly skipLines: number;
  /** What was read as missing, the most frequent first. */
  readonly missing: readonly MissingCount[];
  /** The order of dates such as 03/04/2024 in columns that do not settle it themselves. */
  readonly dateOrder: DateOrder;
  /** Per column: the original header when it had to be changed, a unit found in the values ("%", "€"). */
  readonly columnNotes: readonly { readonly original: string; readonly unit: string }[];
  /** Rows found below the header, blank lines not counted. */
  readonly nRowsInFile: number;
  readonly nSetAside: number;
  /** The first 100,000 of them. */
  readonly setAside: readonly SetAsideRow[];
  readonly warnings: readonly ReadWarning[];
  /** Bytes of the file. */
  readonly nBytes: number;
}
