/**
 * Letters to insert, leave out, replace, or swap with their neighbour, to make one text of the other (optimal string
 * alignment). Only the band of alignments that can stay within `most` is looked at, and no farther than it can.
 *
 * @returns the distance, or Infinity where it is above `most`
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  const tooFar = most + 1;
  let beforeLast = new Int32Array(b.length + 1).fill(tooFar);
  let last = beforeLast.slice();
  let row = beforeLast.slice();
  for (let j = 0; j <= Math.min(most, b.length); j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - most);
    const end = Math.min(b.length, i + most);
    // Left and right of the band nothing can be near; the rows before may have left something there.
    row[from - 1] = from === 1 ? i : tooFar;
    if (end < b.length) row[end + 1] = tooFar;
    let least = row[from - 1];
    for (let j = from; j <= end; j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let steps = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
      if (!isSame && isSwap(a, i, b, j)) steps = Math.min(steps, beforeLast[j - 2] + 1);
      row[j] = steps;
      least = Math.min(least, steps);
    }
    if (least > most) return Infinity;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return last[b.length] <= most ? last[b.length] : Infinity;
}

/** The last two letters of the first i of a and the first j of b are the same two, the other way round. */
function isSwap(a: string, i: number, b: string, j: number): boolean {
  return (
    i > 1 &&
    j > 1 &&
    a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
    a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
  );
}
