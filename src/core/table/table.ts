/** What a column holds. Missing is NaN in `number` and `date`, −1 in `category`, null in `text`. */
export type Column = NumberColumn | CategoryColumn | DateColumn | TextColumn;
export type ColumnKind = Column['kind'];

export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float64Array;
}

export interface CategoryColumn {
  readonly kind: 'category';
  readonly name: string;
  /** Index into `levels`, or −1. */
  readonly codes: Int32Array;
  /** In order of first appearance. */
  readonly levels: readonly string[];
}

export interface DateColumn {
  readonly kind: 'date';
  readonly name: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly values: Float64Array;
}

export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly values: Texts;
}

/** Texts by row, null where one is missing. An array is one; millions of texts are kept more closely. */
export interface Texts {
  readonly length: number;
  at(row: number): string | null | undefined;
}

/** A table as it was read: columns of equal length, names unique, in the order of the file. */
export interface Table {
  readonly nRows: number;
  readonly columns: readonly Column[];
  /** The line of the file on which each row begins, counted from 1. Length nRows. */
  readonly lines: Int32Array;
}

export function isMissing(column: Column, row: number): boolean {
  switch (column.kind) {
    case 'number':
    case 'date':
      return Number.isNaN(column.values[row]);
    case 'category':
      return column.codes[row] < 0;
    case 'text':
      return column.values.at(row) === null;
  }
}

export function countMissing(column: Column, nRows: number): number {
  let count = 0;
  for (let i = 0; i < nRows; i++) if (isMissing(column, i)) count++;
  return count;
}

/** A cell as text, in the machine's notation (decimal point, ISO date); '' when missing. */
export function cellText(column: Column, row: number): string {
  if (isMissing(column, row)) return '';
  switch (column.kind) {
    case 'number':
      return String(column.values[row]);
    case 'date':
      return dateText(column.values[row]);
    case 'category':
      return column.levels[column.codes[row]];
    case 'text':
      return column.values.at(row) ?? '';
  }
}

/** ISO 8601 from milliseconds since 1970 UTC: the date alone when the time is midnight. */
export function dateText(milliseconds: number): string {
  const days = Math.floor(milliseconds / 86_400_000);
  const rest = milliseconds - days * 86_400_000;
  // Civil date from days: H. Hinnant, "chrono-compatible low-level date algorithms" (core has no clock, hence no Date).
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  if (rest === 0) return date;
  const seconds = Math.floor(rest / 1000);
  return `${date}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** The rows of a table whose index is listed, in that order. */
export function takeRows(table: Table, rows: Int32Array): Table {
  return {
    nRows: rows.length,
    lines: rows.map((i) => table.lines[i]),
    columns: table.columns.map((column): Column => {
      switch (column.kind) {
        case 'number':
        case 'date':
          return { ...column, values: Float64Array.from(rows, (i) => column.values[i]) };
        case 'category':
          return { ...column, codes: rows.map((i) => column.codes[i]) };
        case 'text':
          return { ...column, values: Array.from(rows, (i) => column.values.at(i) ?? null) };
      }
    }),
  };
}
