/** A piece of a text as it stands on the page, in pixels. */
export interface Line {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Box = Omit<Line, 'text'>;
type BoxOf = (from: number, to: number) => Box | null;

/**
 * The lines of a text that the browser has broken, as they are seen.
 *
 * @param boxOf where the characters from one place to another are; null where they take no room
 * @param clip what is outside of it is not seen: such lines are left out, and one that runs out of it ends with …
 */
export function linesOf(text: string, boxOf: BoxOf, clip: Box): Line[] {
  const lines: { from: number; to: number; box: Box }[] = [];
  for (const [start, end] of piecesOf(text, boxOf)) {
    const box = boxOf(start, end);
    if (box === null) continue;
    const last = lines.at(-1);
    // On one line, whatever the words' own heights: the middle of this one is beside the last.
    const middle = (box.top + box.bottom) / 2;
    const isBeside = last !== undefined && middle > last.box.top && middle < last.box.bottom;
    if (isBeside && box.left >= last.box.left) {
      last.to = end;
      last.box = { ...last.box, right: box.right };
    } else lines.push({ from: start, to: end, box });
  }
  return lines.flatMap(({ from, to, box }): Line[] => {
    const middle = (box.top + box.bottom) / 2;
    const isSeen =
      middle > clip.top && middle < clip.bottom && box.right > clip.left && box.left < clip.right;
    if (!isSeen) return [];
    const written = (end: number) => text.slice(from, end).replaceAll(/\s+/g, ' ');
    if (box.right <= clip.right + 1) return [{ text: written(to), ...box }];
    let end = to;
    let right = box.right;
    while (end > from && right > clip.right) right = boxOf(from, --end)?.right ?? box.left;
    // The dots take about as much room as the last letter that is left.
    end = Math.max(from + 1, end - 1);
    return [{ text: `${written(end).trimEnd()}…`, ...box, right: clip.right }];
  });
}

/** What stands on one line for sure: words, or the letters of one that is broken. */
function piecesOf(text: string, boxOf: BoxOf): (readonly [from: number, to: number])[] {
  return [...text.matchAll(/\S+/g)].flatMap(({ index, 0: word }) => {
    const [whole, first] = [boxOf(index, index + word.length), boxOf(index, index + 1)];
    const isBroken = whole !== null && first !== null && whole.bottom > first.bottom + 2;
    if (!isBroken) return [[index, index + word.length] as const];
    return Array.from(word, (_, i) => [index + i, index + i + 1] as const);
  });
}
