import { observed } from '../table/stats';
import type { Column } from '../table/table';
import { countLevels, countNumbers, nBins, type Bins } from './bins';

/** How different a column is from what it was. Conventions of credit scoring, not laws: see docs/next-period.md. */
export type Band = 'little' | 'some' | 'much';

export interface Drift {
  /** Population stability index. */
  readonly psi: number;
  /** What it stays below in 95 of 100 comparisons in which nothing has changed. */
  readonly chance: number;
  /** `little` also where chance alone gives as much. */
  readonly band: Band;
}

export const bandLimits = { some: 0.1, much: 0.25 } as const;

/** No share counts as smaller: an empty bin would make the index infinite. */
export const smallestShare = 1e-4;

/** Parts of equal size that a column of numbers is cut into. */
const nParts = 10;

/**
 * Bins for a column: tenths of its rows, fewer where values repeat; of categories the levels.
 *
 * @param rows those to cut by
 */
export function binsOf(column: Column, rows: Int32Array): Bins | null {
  if (column.kind === 'category') {
    const seen = new Set(Array.from(rows, (row) => column.codes[row]));
    return { kind: 'category', levels: column.levels.filter((_, code) => seen.has(code)) };
  }
  if (column.kind !== 'number') return null;
  const sorted = observed(Float64Array.from(rows, (row) => column.values[row])).sort();
  const n = sorted.length;
  if (n === 0) return { kind: 'number', edges: [] };
  const tenths = Array.from(
    { length: nParts - 1 },
    (_, i) => sorted[Math.ceil(((i + 1) * n) / nParts) - 1],
  );
  // Above the highest value nothing would be.
  const edges = [...new Set(tenths)].filter((edge) => edge < sorted[n - 1]);
  return { kind: 'number', edges };
}

/** How many of the rows are in each bin; the last is that for missing values. */
export function countBins(bins: Bins, column: Column, rows: Int32Array): number[] {
  const counts = new Float64Array(nBins(bins));
  if (bins.kind === 'number' && column.kind === 'number') {
    countNumbers(
      bins.edges,
      Float64Array.from(rows, (row) => column.values[row]),
      counts,
    );
  } else if (bins.kind === 'category' && column.kind === 'category') {
    countLevels(
      bins.levels,
      rows.map((row) => column.codes[row]),
      column.levels,
      counts,
    );
  }
  return Array.from(counts);
}

/**
 * Population stability index: Σ (a − e)·ln(a / e) over the bins, e the share of a bin before and a after, neither below
 * `smallestShare`. Bins that are empty in both are left out.
 *
 * Without a change its expectation is (B − 1)(1/n + 1/m) for B bins and n and m rows, and it is distributed as so many times
 * χ² with B − 1 degrees of freedom (B. Yurdakul, "Statistical properties of population stability index", 2018).
 *
 * @param before rows by bin
 * @param after rows by the same bins
 */
export function driftOf(before: readonly number[], after: readonly number[]): Drift {
  const n = sum(before);
  const m = sum(after);
  if (n === 0 || m === 0) return { psi: 0, chance: 0, band: 'little' };
  let psi = 0;
  let nUsed = 0;
  before.forEach((count, b) => {
    if (count === 0 && after[b] === 0) return;
    nUsed++;
    const e = Math.max(smallestShare, count / n);
    const a = Math.max(smallestShare, after[b] / m);
    psi += (a - e) * Math.log(a / e);
  });
  const chance = nUsed < 2 ? 0 : chiSquare95(nUsed - 1) * (1 / n + 1 / m);
  return { psi, chance, band: bandOf(psi, chance) };
}

function bandOf(psi: number, chance: number): Band {
  if (psi < bandLimits.some || psi <= chance) return 'little';
  return psi < bandLimits.much ? 'some' : 'much';
}

/** The value below which χ² stays in 95 of 100 cases, to about 1 % (Wilson, Hilferty 1931). */
export function chiSquare95(degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 1.6448536269514722 * Math.sqrt(spread)) ** 3;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
