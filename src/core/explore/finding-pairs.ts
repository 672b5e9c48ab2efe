import type { Context } from '../context';
import { quantiles } from '../table/stats';
import { takeRows, type Table } from '../table/table';
import type { Correlations, RankedPair } from './correlations';
import { curvedSentence, oppositeSentence, togetherSentence } from './finding-sentences';
import type { Finding } from './findings';
import { decilesOf, valuesOfBoth, type DecileGroup } from './pair-measures';
import type { Redundancy } from './redundant-columns';
import { columnNamed, sampledRows } from './values';

const fewestRows = 50;
const standardErrors = 5;
const strong = 0.5;
/** By how much the rank correlation is larger where the relation is not a line. */
const curved = 0.25;
const opposite = -0.3;
/** So many of the strongest opposites are looked into. */
const mostOpposites = 6;
/** Rows by which is chosen what is said; it is counted on all. */
const sampleSize = 20_000;

/** How columns of numbers go together. */
export async function pairFindings(
  table: Table,
  { ranked }: Correlations,
  redundancies: readonly Redundancy[],
  ctx: Context,
): Promise<Finding[]> {
  const known = new Set(redundancies.flatMap(pairsOf));
  const pairs = ranked.filter(
    ({ a, b, n, pearson, spearman }) =>
      n >= fewestRows &&
      Math.max(Math.abs(pearson), Math.abs(spearman)) * Math.sqrt(n - 1) >= standardErrors &&
      !known.has(keyOf(a, b)),
  );
  const found = pairs.flatMap(together);
  const opposites = pairs
    .filter(({ spearman }) => spearman <= opposite)
    .sort((a, b) => a.spearman - b.spearman)
    .slice(0, mostOpposites);
  const sample =
    table.nRows > sampleSize ? takeRows(table, sampledRows(table.nRows, sampleSize, 4)) : table;
  for (const pair of opposites) {
    found.push(...(await lookInto(table, sample, pair, ctx)));
    await ctx.breathe();
  }
  return found;
}

/** Pairs that go together because one is made from the other. */
function pairsOf(redundancy: Redundancy): string[] {
  switch (redundancy.kind) {
    case 'sum':
      return redundancy.parts.map((part) => keyOf(redundancy.total, part));
    case 'copy':
      return [keyOf(redundancy.original, redundancy.copy)];
    case 'line':
      return [keyOf(redundancy.a, redundancy.b)];
  }
}

function keyOf(a: string, b: string): string {
  return JSON.stringify([a, b].sort());
}

function together({ a, b, pearson, spearman }: RankedPair): Finding[] {
  const pair = [a, b] as const;
  const view = { pair };
  if (spearman >= strong && spearman - Math.abs(pearson) >= curved) {
    const sentence = curvedSentence(a, b, spearman, pearson);
    return [{ kind: 'curved', columns: pair, sentence, strength: 0.85 * spearman, view }];
  }
  // Where they go against each other, `opposite` has more to say.
  if (!(Math.abs(pearson) >= strong) || spearman <= opposite) return [];
  const sentence = togetherSentence(a, b, pearson);
  return [{ kind: 'together', columns: pair, sentence, strength: 0.8 * Math.abs(pearson), view }];
}

/** Whichever column tells more of the other: its lowest and its highest part are compared. */
async function lookInto(
  table: Table,
  sample: Table,
  { a, b, spearman }: RankedPair,
  ctx: Context,
): Promise<Finding[]> {
  const likely = [...contrast(sample, a, b), ...contrast(sample, b, a)]
    .sort((first, second) => second.size - first.size)
    .at(0);
  if (likely === undefined) return [];
  const best = sample === table ? likely : contrast(table, likely.by, likely.of).at(0);
  await ctx.breathe();
  if (best === undefined) return [];
  const pair = [best.by, best.of] as const;
  const strength = Math.min(0.9, 0.3 - spearman * Math.min(1.25, best.size));
  const sentence = oppositeSentence(best);
  return [{ kind: 'opposite', columns: pair, sentence, strength, view: { pair } }];
}

/** What `of` is like where `by` is lowest and highest. */
export interface Contrast {
  readonly by: string;
  readonly of: string;
  readonly low: DecileGroup;
  readonly high: DecileGroup;
  readonly measure: 'median' | 'mean';
  /** The difference in interquartile ranges of `of`; means count half. */
  readonly size: number;
}

/** Medians; means where the medians do not differ, as with many zeros. Nothing, where both do not fall. */
function contrast(table: Table, by: string, of: string): Contrast[] {
  const [first, second] = [columnNamed(table, by), columnNamed(table, of)];
  if (first.kind !== 'number' || second.kind !== 'number') return [];
  const { x, y } = valuesOfBoth(first, second);
  const groups = decilesOf(x, y);
  const [low, high] = [groups.at(0), groups.at(-1)];
  if (low === undefined || high === undefined || low === high) return [];
  const [q1, q3] = quantiles(y, [0.25, 0.75]);
  // Without a spread in the middle half, the column is one value but for a few rows.
  if (!(q3 > q1 && low.mean > high.mean && low.median >= high.median)) return [];
  const measure = low.median > high.median ? 'median' : 'mean';
  // Means are swayed by few.
  const size = ((low[measure] - high[measure]) / (q3 - q1)) * (measure === 'median' ? 1 : 0.5);
  return [{ by, of, low, high, measure, size }];
}
