import { decimalVote, noVotes, type DecimalVotes } from '../../src/core/table/decimal-mark';
import { textOf } from './fields';
import type { CellPiece } from './slice-types';

/**
 * Copies fields one after the other, without their quotes.
 *
 * @param starts where each field begins in `source`
 * @param ends where it ends
 * @returns the cells, and how they vote on the decimal mark
 */
export function gatherCells(
  source: Uint8Array,
  starts: ArrayLike<number>,
  ends: ArrayLike<number>,
  nCells: number,
  quote: number,
): CellPiece & { readonly votes: DecimalVotes } {
  let length = 0;
  for (let i = 0; i < nCells; i++) length += ends[i] - starts[i];
  const bytes = new Uint8Array(length);
  const cellEnds = new Uint32Array(nCells);
  let to = 0;
  let all = 0;
  let nMarks = 0;
  for (let i = 0; i < nCells; i++) {
    const isQuoted = source[starts[i]] === quote && starts[i] < ends[i];
    const end = isQuoted ? ends[i] - 1 : ends[i];
    for (let at = isQuoted ? starts[i] + 1 : starts[i]; at < end; at++) {
      const code = source[at];
      bytes[to++] = code;
      all |= code;
      if (code === 44 || code === 46) nMarks++;
      // Inside quotes they are doubled.
      else if (isQuoted && code === quote) at++;
    }
    cellEnds[i] = to;
  }
  const whole = to === length ? bytes : bytes.slice(0, to);
  if (all >= 0x80) turnIntoUnits(whole, cellEnds);
  const votes = nMarks > 0 ? countVotes(whole, cellEnds) : noVotes();
  return { bytes: whole, ends: cellEnds, votes };
}

/** Turns ends in bytes of UTF-8 into ends in UTF-16 units. */
function turnIntoUnits(bytes: Uint8Array, ends: Uint32Array): void {
  let at = 0;
  let units = 0;
  for (let i = 0; i < ends.length; i++) {
    for (; at < ends[i]; at++) {
      // Bytes that continue a character are no units; a character beyond U+FFFF is two.
      if ((bytes[at] & 0xc0) !== 0x80) units += bytes[at] >= 0xf0 ? 2 : 1;
    }
    ends[i] = units;
  }
}

function countVotes(bytes: Uint8Array, ends: Uint32Array): DecimalVotes {
  const votes = noVotes();
  const text = textOf(bytes, 0, bytes.length);
  let start = 0;
  for (const end of ends) {
    const vote = decimalVote(text.slice(start, end));
    if (vote !== 'none') votes[vote]++;
    start = end;
  }
  return votes;
}
