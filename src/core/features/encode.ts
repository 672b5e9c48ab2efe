import type { CategoryColumn } from '../table/table';

export interface LevelParams {
  /** Levels that get a column of their own at most; all further ones share one. */
  readonly maxLevels: number;
  /** Rows that a level must have for a column of its own. */
  readonly minCount: number;
  /** `level`: rows without a value get a column; `none`: they are 0 in all columns. */
  readonly missing: 'level' | 'none';
}

export const levelDefaults: LevelParams = { maxLevels: 12, minCount: 5, missing: 'level' };

/** How a column of categories becomes columns of 0 and 1: one for each level, then one for other levels, then one for missing. */
export interface Encoding {
  /** The most frequent first, in the order of their letters where equally frequent. */
  readonly levels: readonly string[];
  /** Levels that were seen in training and share a column. */
  readonly hasOther: boolean;
  readonly hasMissing: boolean;
}

/** Where a value went. `unseen`: a level that training did not have and that has no column to go to, 0 everywhere. */
export type EncodedAs = 'level' | 'other' | 'missing' | 'unseen';

export interface EncodedColumn {
  readonly encoding: Encoding;
  /** 0 or 1, one array of the length of `rows` for each column of the encoding. */
  readonly columns: readonly Float64Array[];
  /** Levels of each column of the encoding, to be shown. */
  readonly names: readonly string[];
}

/**
 * One-hot encoding, learned from some rows of a column and applied to them. The columns of a row add up to 1, except
 * where a value is missing and missing has no column.
 *
 * Differs from scikit-learn's OneHotEncoder: levels by falling count, not by their letters.
 *
 * @param rows indices into the column
 */
export function encodeColumn(
  column: Pick<CategoryColumn, 'codes' | 'levels'>,
  rows: Int32Array,
  params: LevelParams = levelDefaults,
): EncodedColumn {
  const encoding = fitEncoding(column, rows, params);
  const { columns } = applyEncoding(encoding, column, rows);
  return { encoding, columns, names: encodedNames(encoding) };
}

export function fitEncoding(
  { codes, levels }: Pick<CategoryColumn, 'codes' | 'levels'>,
  rows: Int32Array,
  { maxLevels, minCount, missing }: LevelParams,
): Encoding {
  const counts = new Float64Array(levels.length);
  let nMissing = 0;
  for (const row of rows) {
    if (codes[row] < 0) nMissing++;
    else counts[codes[row]]++;
  }
  const seen = levels
    .map((level, code) => ({ level, count: counts[code] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1));
  const own = seen.slice(0, maxLevels).filter(({ count }) => count >= minCount);
  return {
    levels: own.map(({ level }) => level),
    hasOther: own.length < seen.length,
    hasMissing: missing === 'level' && nMissing > 0,
  };
}

/** How many columns an encoding has. */
export function encodedWidth({ levels, hasOther, hasMissing }: Encoding): number {
  return levels.length + (hasOther ? 1 : 0) + (hasMissing ? 1 : 0);
}

/** Columns that a category can get at most, before its rows are counted: rare levels share one. */
export function mostColumns(
  { codes, levels }: Pick<CategoryColumn, 'codes' | 'levels'>,
  maxLevels: number,
): number {
  return Math.min(levels.length, maxLevels + 1) + (codes.includes(-1) ? 1 : 0);
}

/** What to call each column: the level, then "other" and "missing", clear of levels that are called so. */
export function encodedNames({ levels, hasOther, hasMissing }: Encoding): string[] {
  const taken = new Set(levels);
  return [
    ...levels,
    ...(hasOther ? [clearOf(taken, 'other')] : []),
    ...(hasMissing ? [clearOf(taken, 'missing')] : []),
  ];
}

function clearOf(taken: ReadonlySet<string>, name: string): string {
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name} (${n})`;
  return free;
}

/** The column that a value belongs to. @param value null is missing @returns its index, −1 where it has none */
export function placeOf(
  encoding: Encoding,
  value: string | null,
): { readonly index: number; readonly as: EncodedAs } {
  return createPlacer(encoding)(value);
}

function createPlacer(encoding: Encoding) {
  const { levels, hasOther, hasMissing } = encoding;
  const indices = new Map(levels.map((level, index) => [level, index]));
  return (value: string | null): { index: number; as: EncodedAs } => {
    if (value === null) {
      return { index: hasMissing ? encodedWidth(encoding) - 1 : -1, as: 'missing' };
    }
    const own = indices.get(value);
    if (own !== undefined) return { index: own, as: 'level' };
    return hasOther ? { index: levels.length, as: 'other' } : { index: -1, as: 'unseen' };
  };
}

/** One value as 0 and 1. @param value null is missing */
export function encodeValue(
  encoding: Encoding,
  value: string | null,
): { readonly values: readonly number[]; readonly as: EncodedAs } {
  const { index, as } = placeOf(encoding, value);
  const values = Array.from({ length: encodedWidth(encoding) }, (_, at) => (at === index ? 1 : 0));
  return { values, as };
}

/**
 * Other rows, or another table's column, in the columns that were learned: every row as `encodeValue` would say.
 *
 * @param rows indices into the column
 * @returns `nUnseen`: rows whose level training did not have and that are 0 everywhere
 */
export function applyEncoding(
  encoding: Encoding,
  { codes, levels }: Pick<CategoryColumn, 'codes' | 'levels'>,
  rows: Int32Array,
): { readonly columns: readonly Float64Array[]; readonly nUnseen: number } {
  const place = createPlacer(encoding);
  const places = levels.map(place);
  const missing = place(null).index;
  const columns = Array.from(
    { length: encodedWidth(encoding) },
    () => new Float64Array(rows.length),
  );
  let nUnseen = 0;
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]];
    const index = code < 0 ? missing : places[code].index;
    if (index >= 0) columns[index][i] = 1;
    else if (code >= 0) nUnseen++;
  }
  return { columns, nUnseen };
}
