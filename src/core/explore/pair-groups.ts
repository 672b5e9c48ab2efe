import type { Context } from '../context';
import type { CategoryColumn, DateColumn, NumberColumn, TextColumn } from '../table/table';
import { boxOf, type Box } from './box';
import { levelsOf } from './levels';

/** Numbers (or dates, in milliseconds) by the words of another column, on the rows that have both. */
export interface GroupsPair {
  readonly kind: 'groups';
  /** The column of words. */
  readonly a: string;
  /** The column of numbers or dates. */
  readonly b: string;
  readonly bKind: 'number' | 'date';
  readonly n: number;
  /** The twelve most frequent words, most frequent first. */
  readonly groups: readonly Group[];
  /** All rows with another word; `count` 0 if there are none. */
  readonly rest: Box;
  /**
   * Correlation ratio η²: the share of the variance of `b` that lies between the groups (the rest is one of them), in
   * [0, 1]. NaN where `b` does not vary.
   */
  readonly etaSquared: number;
}

export interface Group {
  readonly name: string;
  readonly box: Box;
}

export async function groupsOf(
  words: CategoryColumn | TextColumn,
  measure: NumberColumn | DateColumn,
  nRows: number,
  ctx: Context,
): Promise<GroupsPair> {
  const { top, codes } = levelsOf(words, nRows);
  await ctx.breathe();
  const parts = split(measure.values, codes, top.length + 1);
  const boxes: Box[] = [];
  for (const part of parts) {
    boxes.push(boxOf(part));
    await ctx.breathe();
  }
  return {
    kind: 'groups',
    a: words.name,
    b: measure.name,
    bKind: measure.kind,
    n: parts.reduce((sum, part) => sum + part.length, 0),
    // A word may stand only where the number is missing.
    groups: top.flatMap(({ name }, place) =>
      boxes[place].count > 0 ? [{ name, box: boxes[place] }] : [],
    ),
    rest: boxes[top.length],
    etaSquared: etaSquared(parts),
  };
}

/** The finite values by code. */
function split(values: Float64Array, codes: Int32Array, nParts: number): Float64Array[] {
  const sizes = new Int32Array(nParts);
  for (let i = 0; i < values.length; i++) {
    if (codes[i] >= 0 && Number.isFinite(values[i])) sizes[codes[i]]++;
  }
  const parts = Array.from(sizes, (size) => new Float64Array(size));
  const next = new Int32Array(nParts);
  for (let i = 0; i < values.length; i++) {
    const code = codes[i];
    if (code >= 0 && Number.isFinite(values[i])) parts[code][next[code]++] = values[i];
  }
  return parts;
}

/** @param parts groups of finite values */
export function etaSquared(parts: readonly Float64Array[]): number {
  let n = 0;
  let mean = 0;
  for (const part of parts) {
    for (const value of part) mean += (value - mean) / ++n;
  }
  let total = 0;
  let between = 0;
  for (const part of parts) {
    let sum = 0;
    for (const value of part) {
      sum += value - mean;
      total += (value - mean) ** 2;
    }
    if (part.length > 0) between += sum ** 2 / part.length;
  }
  return total > 0 ? Math.min(1, between / total) : NaN;
}
