import type { Correlations } from '../core/explore/correlations';

export type Measure = 'pearson' | 'spearman';

/** The lower half of a correlation matrix, similar columns side by side. */
export interface HalfMatrix {
  /** In the order of lines and columns. */
  readonly names: readonly string[];
  /** Line i has i cells, one for each column before it; NaN where the correlation is not known. */
  readonly lines: readonly (readonly number[])[];
  /** Columns without a place: those whose strongest correlation is weakest. */
  readonly nLeftOut: number;
}

/** @param most columns that are shown */
export function halfMatrix(
  { names, order, ...matrices }: Pick<Correlations, 'names' | 'order' | Measure>,
  measure: Measure,
  most: number,
): HalfMatrix {
  const d = names.length;
  const matrix = matrices[measure];
  const strongest = (i: number) => {
    let best = 0;
    for (let j = 0; j < d; j++) {
      const size = Math.abs(matrix[i * d + j]);
      if (j !== i && size > best) best = size;
    }
    return best;
  };
  const all = Array.from(order[measure]);
  const kept = new Set(
    all
      .map((column) => ({ column, strength: strongest(column) }))
      .sort((a, b) => b.strength - a.strength)
      .slice(0, most)
      .map(({ column }) => column),
  );
  const shown = all.filter((column) => kept.has(column));
  return {
    names: shown.map((column) => names[column]),
    lines: shown.map((row, i) => shown.slice(0, i).map((column) => matrix[row * d + column])),
    nLeftOut: d - shown.length,
  };
}
