/**
 * How a column is cut into bins, so that two files can be compared by what share of the rows is in each. After the bins
 * proper comes one for missing values.
 */
export type Bins =
  | {
      readonly kind: 'number';
      /** Ascending, each once: bin i holds what is above the edge before it and not above its own; the last all above. */
      readonly edges: readonly number[];
    }
  /** One bin for each level, then one for all others. */
  | { readonly kind: 'category'; readonly levels: readonly string[] };

/** That for missing values included. */
export function nBins(bins: Bins): number {
  return (bins.kind === 'number' ? bins.edges.length : bins.levels.length) + 2;
}

/** Adds the rows of a column of numbers to the counts. @param counts length `nBins` */
export function countNumbers(
  edges: readonly number[],
  values: Float64Array,
  counts: Float64Array,
): void {
  const cuts = Float64Array.from(edges);
  const missing = cuts.length + 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== value) {
      counts[missing]++;
      continue;
    }
    // The first edge that is not below it.
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cuts[middle] < value) low = middle + 1;
      else high = middle;
    }
    counts[low]++;
  }
}

/** The same for a column of categories. @param codes index into `own`, −1 is missing */
export function countLevels(
  levels: readonly string[],
  codes: Int32Array,
  own: readonly string[],
  counts: Float64Array,
): void {
  const places = new Map(levels.map((level, at) => [level, at]));
  const byCode = own.map((level) => places.get(level) ?? levels.length);
  for (const code of codes) counts[code < 0 ? levels.length + 1 : byCode[code]]++;
}
