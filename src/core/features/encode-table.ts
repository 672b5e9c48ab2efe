import type { CleanOutput } from '../clean/clean';
import type { Bounds } from '../clean/working';
import { describe, type ColumnStatistics } from '../table/stats';
import { encodeColumn, levelDefaults } from './encode';

export interface EncodeParams {
  /** Of a category, levels that get a column of their own; all others share one. */
  readonly maxLevels: number;
}

export const encodeDefaults: EncodeParams = { maxLevels: levelDefaults.maxLevels };

/** Where the values of a feature come from: a column of numbers, or a level of a category (1 for those who have it). */
export type FeatureOrigin =
  | { readonly kind: 'number'; readonly column: string }
  | { readonly kind: 'level'; readonly column: string; readonly level: string }
  /** Any level that has no feature of its own. */
  | { readonly kind: 'other'; readonly column: string }
  | { readonly kind: 'missing'; readonly column: string };

/** A column of numbers that distances are measured in. Units are its own. */
export interface Feature {
  readonly name: string;
  readonly from: FeatureOrigin;
  /** Statistics of the values that stood in the file. */
  readonly raw: ColumnStatistics;
  /** Stands in for a missing value. */
  readonly fillValue: number;
  readonly clip: Bounds | null;
}

export interface EncodeOutput {
  readonly features: readonly Feature[];
  /** By feature, length nKept each, no NaN. A column of numbers is the array that cleaning left: never write to it. */
  readonly values: readonly Float64Array[];
}

/** Everything that forms segments, as numbers: the columns of numbers, then for each category a column for each level. */
export function encodeFeatures(cleaned: CleanOutput, { maxLevels }: EncodeParams): EncodeOutput {
  const features: Feature[] = cleaned.columns.map(({ name, raw, fillValue, clip }) => ({
    name,
    from: { kind: 'number', column: name },
    raw,
    fillValue,
    clip,
  }));
  const values = [...cleaned.features];
  const taken = new Set(features.map(({ name }) => name));
  for (const category of cleaned.categories) {
    const rows = Int32Array.from(category.codes.keys());
    const { encoding, columns, names } = encodeColumn(category, rows, {
      ...levelDefaults,
      maxLevels,
    });
    const { name: column } = category;
    const origins: FeatureOrigin[] = [
      ...encoding.levels.map((level) => ({ kind: 'level', column, level }) as const),
      ...(encoding.hasOther ? [{ kind: 'other', column } as const] : []),
      ...(encoding.hasMissing ? [{ kind: 'missing', column } as const] : []),
    ];
    columns.forEach((indicator, at) => {
      const name = clearOf(taken, `${column}: ${names[at]}`);
      const raw = describe(indicator);
      features.push({ name, from: origins[at], raw, fillValue: 0, clip: null });
      values.push(indicator);
    });
  }
  return { features, values };
}

function clearOf(taken: Set<string>, wanted: string): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`;
  taken.add(name);
  return name;
}
