const negativeCodes = [-99, -999, -9999, -99_999];
const positiveCodes = [999, 9999, 99_999, 999_999];

/** The smallest and the largest value of a column; infinite the other way round when it has none. */
export interface ValueRange {
  readonly least: number;
  readonly most: number;
}

/**
 * The values of a column that are probably codes for "missing": -99, -999, … where nothing else is negative;
 * 999, 9999, … where everything else stays below a third of it.
 *
 * @param range of the values, where it is known already
 * @returns the codes that occur, ascending
 */
export function findMissingCodes(values: Float64Array, range = rangeOf(values)): number[] {
  // A code that stands out is the smallest or the largest value, or there is a larger one that is.
  const { least, most } = range;
  if (!negativeCodes.includes(least) && !positiveCodes.includes(most)) return [];
  const codes = new Set([...negativeCodes, ...positiveCodes]);
  const present = new Set<number>();
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (codes.has(value)) {
      present.add(value);
      continue;
    }
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (max === -Infinity) return [];
  return [...present]
    .filter((code) => (code < 0 ? min >= 0 : max < code / 3))
    .sort((left, right) => left - right);
}

/** @param values NaN is left out */
export function rangeOf(values: Float64Array): ValueRange {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}

/** The range of two sets of values together. */
export function joinRanges(a: ValueRange, b: ValueRange): ValueRange {
  return { least: Math.min(a.least, b.least), most: Math.max(a.most, b.most) };
}
