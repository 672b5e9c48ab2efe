const negativeCodes = [-99, -999, -9999, -99_999];
const positiveCodes = [999, 9999, 99_999, 999_999];

/**
 * The values of a column that are probably codes for "missing": -99, -999, … where nothing else is negative;
 * 999, 9999, … where everything else stays below a third of it.
 *
 * @returns the codes that occur, ascending
 */
export function findMissingCodes(values: Float64Array): number[] {
  const present = new Set<number>();
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (isCode(value)) {
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

function isCode(value: number): boolean {
  return value < 0 ? negativeCodes.includes(value) : value >= 999 && positiveCodes.includes(value);
}
