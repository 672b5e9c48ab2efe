/**
 * The p-value of a test by simulation: how often chance does at least as well, the data counted among the tables.
 * Source: Davison, Hinkley (1997), "Bootstrap Methods and their Application", 4.2.
 *
 * @returns (1 + how many of `byChance` are at least `value`) / (1 + all of them); NaN counts as at least
 */
export function chanceOf(value: number, byChance: readonly number[]): number {
  return (1 + byChance.filter((other) => !(other < value)).length) / (1 + byChance.length);
}

/**
 * The same for several values at once, without trying again and again: each table, the data among them, stands where it
 * stands out most from all of them, in standard deviations.
 *
 * @param values of the data, one for each number of segments
 * @param byChance the same of each table without groups
 */
export function chanceOfAny(
  values: readonly number[],
  byChance: readonly (readonly number[])[],
): number {
  const all = [values, ...byChance];
  const [own, ...others] = all.map((table) =>
    Math.max(
      ...table.map((value, at) => {
        const column = all.map((other) => other[at]);
        const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
        const squares = column.reduce((sum, x) => sum + (x - mean) ** 2, 0);
        return squares > 0 ? (value - mean) / Math.sqrt(squares / column.length) : 0;
      }),
    ),
  );
  return chanceOf(own, others);
}
