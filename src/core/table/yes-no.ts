import { inferred, type InferOptions, type InferredColumn } from './attempt';
import type { Cells } from './cells';
import { MissingTally } from './missing-tally';

const yes = new Set('true yes y t on ja oui si sí sim да'.split(' '));
const no = new Set('false no n f off nein nee non não нет'.split(' '));

/** True for a word that answers a yes-or-no question, in any case. */
export function isYesOrNo(text: string): boolean {
  const word = text.trim().toLowerCase();
  return yes.has(word) || no.has(word);
}

/** Of a word that {@link isYesOrNo}. */
export function meansYes(text: string): boolean {
  return yes.has(text.trim().toLowerCase());
}

/**
 * Reads a column of yes and no as 1 and 0, for a user who wants numbers of it.
 *
 * @returns null when it holds anything else
 */
export function readYesAsOne(
  name: string,
  cells: Cells,
  options: InferOptions,
): InferredColumn | null {
  const values = new Float64Array(cells.length).fill(NaN);
  const missing = new MissingTally();
  let nPresent = 0;
  let others = false;
  cells.each((cell, row) => {
    if (options.missing.isMissing(cell)) missing.addCell(cell, options.missing);
    else if (isYesOrNo(cell)) {
      values[row] = meansYes(cell) ? 1 : 0;
      nPresent++;
    } else others = true;
    return !others;
  });
  if (others || nPresent === 0) return null;
  return inferred({ kind: 'number', name, values }, missing);
}
