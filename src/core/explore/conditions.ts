import { quantile } from '../table/stats';
import type { Column, DateColumn, NumberColumn } from '../table/table';
import { levelsOf } from './levels';
import { noPlace, placeValues } from './place-values';
import { finiteOf, frequentValues, sampledRows } from './values';

/** Something that a cell can be. Units are the column's own, milliseconds since 1970 UTC for dates. */
export type Condition =
  | { readonly kind: 'missing' }
  | { readonly kind: 'equals'; readonly value: number }
  | { readonly kind: 'at-most' | 'above'; readonly value: number }
  | { readonly kind: 'before' | 'from'; readonly date: number }
  | { readonly kind: 'word'; readonly word: string };

/** How many rows meet a condition: all of them, and some that were given. */
interface ConditionCount {
  readonly condition: Condition;
  readonly nAll: number;
  readonly nMissing: number;
}

type Counter = (rows: Int32Array) => ConditionCount[];

const millisecondsPerDay = 86_400_000;
const frequentShare = 0.01;
const mostFrequent = 64;
const nRanges = 32;
const sampleSize = 4096;

/** Prepares a column, so that conditions on it can be counted for many sets of rows. */
export function countersOf(column: Column, nRows: number): Counter[] {
  switch (column.kind) {
    case 'category':
    case 'text': {
      const { top, codes } = levelsOf(column, nRows);
      return [
        countCodes(
          Uint8Array.from(codes, (code) => (code >= 0 && code < top.length ? code : noPlace)),
          top.map(({ name }) => ({ kind: 'word', word: name })),
        ),
      ];
    }
    case 'number':
      return [equalities(column), ranges(column)];
    case 'date':
      return [ranges(column)];
  }
}

/** Conditions of which a row meets one at most. */
function countCodes(codes: Uint8Array, conditions: readonly Condition[]): Counter {
  const all = new Int32Array(noPlace + 1);
  for (let i = 0; i < codes.length; i++) all[codes[i]]++;
  return (rows) => {
    const some = new Int32Array(noPlace + 1);
    for (let i = 0; i < rows.length; i++) some[codes[rows[i]]]++;
    return conditions.map((condition, code) => ({
      condition,
      nAll: all[code],
      nMissing: some[code],
    }));
  };
}

function equalities({ values }: NumberColumn): Counter {
  const frequent = Float64Array.from(
    frequentValues(finiteOf(values), frequentShare, mostFrequent),
    ({ value }) => value,
  ).sort();
  const codes = placeValues(values, frequent);
  for (let i = 0; i < codes.length; i++) {
    if (frequent[codes[i]] !== values[i]) codes[i] = noPlace;
  }
  return countCodes(
    codes,
    Array.from(frequent, (value) => ({ kind: 'equals', value })),
  );
}

/**
 * "At most" and "above" for bounds that split the column into about equal parts. Bounds are rounded to three digits, so that
 * what is said with them is counted with them.
 */
function ranges({ kind, values }: NumberColumn | DateColumn): Counter {
  const finite = finiteOf(values);
  if (finite.length === 0) return () => [];
  // About equal parts are enough: where they end is said, and counted on all rows.
  const sample = sampledRows(finite.length, sampleSize, 3);
  const sorted = Float64Array.from(sample, (i) => finite[i]).sort();
  const shares = Array.from({ length: nRanges - 1 }, (_, k) => (k + 1) / nRanges);
  const bounds = [...new Set(shares.map((p) => roundBound(quantile(sorted, p), kind)))];
  const codes = placeValues(values, Float64Array.from(bounds));
  const all = countParts(codes, undefined, bounds.length);
  return (rows) => {
    const some = countParts(codes, rows, bounds.length);
    let nAll = 0;
    let nMissing = 0;
    return bounds.flatMap((bound, code): ConditionCount[] => {
      nAll += all.parts[code];
      nMissing += some.parts[code];
      // What every value meets says that there is one, and nothing of its size.
      if (nAll === all.total) return [];
      const [low, high] = conditionsAt(bound, kind);
      return [
        { condition: low, nAll, nMissing },
        { condition: high, nAll: all.total - nAll, nMissing: some.total - nMissing },
      ];
    });
  };
}

function roundBound(bound: number, kind: 'number' | 'date'): number {
  if (kind === 'number') return Number(bound.toPrecision(3)) + 0;
  // The last moment of the day before: "at most" this is "before" the day.
  return Math.floor(bound / millisecondsPerDay) * millisecondsPerDay - 1;
}

function conditionsAt(bound: number, kind: 'number' | 'date'): [Condition, Condition] {
  return kind === 'number'
    ? [
        { kind: 'at-most', value: bound },
        { kind: 'above', value: bound },
      ]
    : [
        { kind: 'before', date: bound + 1 },
        { kind: 'from', date: bound + 1 },
      ];
}

/** @param rows all of them if undefined */
function countParts(codes: Uint8Array, rows: Int32Array | undefined, nBounds: number) {
  const parts = new Int32Array(noPlace + 1);
  if (rows === undefined) for (let i = 0; i < codes.length; i++) parts[codes[i]]++;
  else for (let i = 0; i < rows.length; i++) parts[codes[rows[i]]]++;
  let total = 0;
  for (let code = 0; code <= nBounds; code++) total += parts[code];
  return { parts, total };
}
