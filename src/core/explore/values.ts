import { createRandom } from '../random';
import type { Column, Table } from '../table/table';
import { placeValues } from './place-values';

/** The values that can be computed with: neither missing nor infinite. The same array, if these are all: never write to it. */
export function finiteOf(values: Float64Array): Float64Array {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) count++;
  if (count === values.length) return values;
  const finite = new Float64Array(count);
  for (let i = 0, at = 0; at < count; i++) {
    if (Number.isFinite(values[i])) finite[at++] = values[i];
  }
  return finite;
}

/** One row of each of `count` parts of equal length, ascending: all rows, if there are no more than that. */
export function sampledRows(nRows: number, count: number, seed: number): Int32Array {
  if (nRows <= count) return Int32Array.from({ length: nRows }, (_, i) => i);
  const random = createRandom(seed);
  return Int32Array.from({ length: count }, (_, part) => {
    const from = Math.floor((part * nRows) / count);
    const to = Math.floor(((part + 1) * nRows) / count);
    return from + random.integer(to - from);
  });
}

/** A value that is found often in a column, with the number of rows. */
export interface FrequentValue {
  readonly value: number;
  readonly count: number;
}

const frequentSample = 4096;
const mostCandidates = 200;

/**
 * The values that make up a good part of a column, most frequent first; the smallest first on a tie. A sample proposes
 * them, all values are counted: what is missed has hardly the share that was asked for.
 *
 * @param values finite
 * @param leastShare of the values, in (0, 1)
 */
export function frequentValues(
  values: Float64Array,
  leastShare = 0.05,
  most = 8,
): readonly FrequentValue[] {
  const seen = new Map<number, number>();
  const rows = sampledRows(values.length, frequentSample, 0);
  for (const row of rows) {
    const value = values[row] + 0; // + 0: −0 is 0.
    seen.set(value, (seen.get(value) ?? 0) + 1);
  }
  const candidates = [...seen]
    .filter(([, count]) => count >= (leastShare / 2) * rows.length)
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostCandidates)
    .map(([value]) => value);
  const counts = countEach(values, candidates);
  return candidates
    .map((value, c) => ({ value, count: counts[c] }))
    .filter(({ count }) => count >= leastShare * values.length)
    .sort((a, b) => b.count - a.count || a.value - b.value)
    .slice(0, most);
}

function countEach(values: Float64Array, candidates: readonly number[]): Int32Array {
  const sorted = Float64Array.from(candidates).sort();
  const counts = new Int32Array(sorted.length);
  const places = sorted.length > 0 ? placeValues(values, sorted) : [];
  for (let i = 0; i < places.length; i++) if (sorted[places[i]] === values[i]) counts[places[i]]++;
  return Int32Array.from(candidates, (value) => counts[sorted.indexOf(value)]);
}

/** @throws RangeError for a name that is no column of the table: a mistake of the caller */
export function columnNamed(table: Table, name: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new RangeError(`There is no column ${JSON.stringify(name)}.`);
  return column;
}

/** How many different values there are, or `most` and more. */
export interface Distinct {
  readonly count: number;
  /** There are more, which were not counted. */
  readonly isCapped: boolean;
}

export const mostDistinct = 10_000;

export function countDistinct(values: Float64Array, most = mostDistinct): Distinct {
  const seen = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    seen.add(values[i]); // One zero: a Set holds −0 as 0.
    if (seen.size > most) return { count: most, isCapped: true };
  }
  return { count: seen.size, isCapped: false };
}
