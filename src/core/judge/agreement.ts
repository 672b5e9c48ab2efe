/** Two ways of putting the same rows into groups, side by side. */
export interface Agreement {
  /** Rows: clusters of the first labelling; columns: those of the second. Counts of rows. */
  readonly crosstab: readonly (readonly number[])[];
  /** 1: the same partition; about 0: no more in common than chance would give. May be slightly below 0. */
  readonly adjustedRandIndex: number;
}

/**
 * @param a labels in [0, nA)
 * @param b labels of the same rows, in [0, nB)
 */
export function agreement(a: Int32Array, nA: number, b: Int32Array, nB: number): Agreement {
  const crosstab = countTogether(a, nA, b, nB);
  return { crosstab, adjustedRandIndex: adjustedRandIndex(crosstab) };
}

/** Rows that have label a in the one and b in the other labelling: nA × nB counts. */
export function countTogether(a: Int32Array, nA: number, b: Int32Array, nB: number): number[][] {
  const counts = Array.from({ length: nA }, () => new Array<number>(nB).fill(0));
  for (let i = 0; i < a.length; i++) counts[a[i]][b[i]]++;
  return counts;
}

/**
 * Adjusted Rand index: how many pairs of rows are together in both labellings, against what chance would give for groups
 * of these sizes.
 *
 *   (S − A·B/N) / ((A + B)/2 − A·B/N), S, A and B the pairs that are together in both, in the first and in the second,
 *   N all pairs.
 *
 * Pairs are counted exactly up to 2^53, and their products in whole numbers of any size; one division ends it.
 * Source: Hubert, Arabie (1985); scikit-learn `adjusted_rand_score`.
 *
 * @param crosstab as in `Agreement`
 * @returns 1 where both say the same trivial thing: one group of all rows, or every row a group of its own
 */
export function adjustedRandIndex(crosstab: readonly (readonly number[])[]): number {
  const rows = crosstab.map(sum);
  const columns = (crosstab[0] ?? []).map((_, c) => sum(crosstab.map((row) => row[c])));
  const together = BigInt(sum(crosstab.flat().map(pairs)));
  const inFirst = BigInt(sum(rows.map(pairs)));
  const inSecond = BigInt(sum(columns.map(pairs)));
  const all = BigInt(pairs(sum(rows)));
  const chance = inFirst * inSecond;
  const most = (inFirst + inSecond) * all - 2n * chance;
  if (most === 0n) return 1;
  return Number(2n * (together * all - chance)) / Number(most);
}

function pairs(count: number): number {
  // One of the two factors is even: halved first, nothing is lost.
  return count % 2 === 0 ? (count / 2) * (count - 1) : count * ((count - 1) / 2);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
