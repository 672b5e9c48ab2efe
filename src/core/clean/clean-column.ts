import { describe, mode, type ColumnStatistics } from '../table/stats';
import type { NumberColumn } from '../table/table';
import { outlierBounds, type OutlierRule } from './outliers';

export const fillRules = ['median', 'mean', 'mode', 'set-aside'] as const;
export type FillRule = (typeof fillRules)[number];

/** One column that decides the segments, with what was done to it. Units are the column's own. */
export interface CleanColumn {
  readonly name: string;
  /** Statistics of the values that stood in the file, before filling and clipping, duplicates left out. */
  readonly raw: ColumnStatistics;
  /** What stands in for a missing value. */
  readonly fillValue: number;
  readonly nFilled: number;
  /** Bounds of the outlier rule. Values outside are outliers, whatever is done with them. */
  readonly lower: number;
  readonly upper: number;
  readonly nOutliers: number;
}

/** What was found in a row, in any of its columns; added up. */
export const found = { missing: 1, outlier: 2 } as const;

/**
 * @param fate rows to look at have 0
 * @param nRows of them
 * @param findings added to: what was found, by row
 */
export function planColumn(
  column: NumberColumn,
  fate: Uint8Array,
  nRows: number,
  { fill, outlierRule }: { readonly fill: FillRule; readonly outlierRule: OutlierRule },
  findings: Uint8Array,
): CleanColumn {
  const values = valuesOf(column.values, fate, nRows);
  const raw = describe(values);
  const [lower, upper] = outlierBounds(raw, outlierRule);
  return {
    name: column.name,
    raw,
    fillValue: fillValue(values, raw, fill),
    nFilled: fill === 'set-aside' ? 0 : nRows - raw.count,
    lower,
    upper,
    nOutliers: noteRows(column.values, fate, lower, upper, findings),
  };
}

/** The values of the rows with fate 0. The same array, if these are all: do not change it. */
function valuesOf(values: Float64Array, fate: Uint8Array, nRows: number): Float64Array {
  if (nRows === values.length) return values;
  const some = new Float64Array(nRows);
  for (let i = 0, at = 0; at < nRows; i++) if (fate[i] === 0) some[at++] = values[i];
  return some;
}

/** @returns the number of outliers */
function noteRows(
  values: Float64Array,
  fate: Uint8Array,
  lower: number,
  upper: number,
  findings: Uint8Array,
): number {
  let nOutliers = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    // The common case in one comparison that NaN fails, too.
    if ((value >= lower && value <= upper) || fate[i] !== 0) continue;
    if (Number.isNaN(value)) findings[i] |= found.missing;
    else {
      findings[i] |= found.outlier;
      nOutliers++;
    }
  }
  return nOutliers;
}

function fillValue(values: Float64Array, raw: ColumnStatistics, rule: FillRule): number {
  switch (rule) {
    case 'mean':
      return raw.mean;
    case 'mode':
      return mode(values);
    case 'median':
    case 'set-aside': // Rows with gaps are not learned from, but a new customer may still have some.
      return raw.median;
  }
}

/**
 * The values of the kept rows, filled and clipped. The very same array, if nothing is to be done to it.
 *
 * @param fate kept rows have 0
 * @param nKept how many they are
 */
export function cleanValues(
  values: Float64Array,
  fate: Uint8Array,
  nKept: number,
  { fillValue, nFilled, lower, upper, nOutliers }: CleanColumn,
  clip: boolean,
): Float64Array {
  const [least, most] = clip ? [lower, upper] : [-Infinity, Infinity];
  if (nKept === values.length && nFilled === 0 && (!clip || nOutliers === 0)) return values;
  const cleaned = new Float64Array(nKept);
  for (let i = 0, at = 0; at < nKept; i++) {
    if (fate[i] !== 0) continue;
    const value = Number.isNaN(values[i]) ? fillValue : values[i];
    cleaned[at++] = Math.min(Math.max(value, least), most);
  }
  return cleaned;
}
