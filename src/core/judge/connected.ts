import type { Context } from '../context';
import { disjointSets } from '../learn/disjoint-sets';
import { takeRows, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { adjustedRandIndex, countTogether } from './agreement';
import { shuffleColumns } from './null-tables';
import { whileLoaded } from './refit';
import { whenNear } from '../learn/kmeans';

/** Groups that hang together by short steps, with a gap around them, and through which K-Means cuts. */
export interface ConnectedGroups {
  readonly nGroups: number;
  /** Of the rows, falling; a few may be in none. */
  readonly shares: readonly number[];
  /** How many times as long the shortest step between two groups is as the longest that holds one together. */
  readonly gap: number;
  /** Between the groups and what K-Means makes of them when it starts from their very means. */
  readonly adjustedRandIndex: number;
}

/** Every pair of so many rows is looked at: above, a seeded sample. */
const mostRows = 1_500;
/** A step counts as long as the way to this many neighbours: single rows in between are no bridge. */
const nNeighbours = 5;
/** A group has at least this share of the rows, … */
const smallestShare = 0.05;
/** … and all groups together this much. */
const leastCovered = 0.9;
/** A smaller gap can be chance. */
const leastGap = 1.5;
/** From here on K-Means has found the groups: then they are as round as it needs them. */
const fits = 0.8;
/** None of so many tables without anything in common between columns may have such a gap. */
const nShuffled = 19;

/**
 * Whether there are groups of a kind that K-Means cannot form: rings, bands, a core in its shell. Single linkage by mutual
 * reachability (the minimum spanning tree of HDBSCAN): steps from the shortest to the longest join rows to groups; looked
 * for is the longest stretch of lengths in which two or more groups of some size hold nearly all rows. It counts if the
 * shuffled table has none like it, and if K-Means, started from the means of these groups, loses them.
 * Source: Campello, Moulavi, Sander (2013), "Density-based clustering based on hierarchical density estimates".
 *
 * @param X what was clustered
 * @returns null where there are no such groups, or K-Means fits them
 */
export async function connectedGroups(
  X: Matrix,
  seed: number,
  ctx: Context,
): Promise<ConnectedGroups | null> {
  const random = createRandom(seed, -4);
  const rows = random.shuffle(Int32Array.from({ length: X.nSamples }, (_, i) => i));
  const sample = X.nSamples <= mostRows ? X : takeRows(X, rows.slice(0, mostRows).sort());
  const found = await widestGap(sample, ctx);
  if (found === null || found.gap < leastGap) return null;
  const index = await fitOfKMeans(sample, found.labels, found.nGroups, ctx);
  if (index >= fits) return null;
  for (let i = 0; i < nShuffled; i++) {
    const shuffled = await widestGap(shuffleColumns(sample, random), ctx);
    if (shuffled !== null && shuffled.gap >= found.gap) return null;
  }
  const sizes = new Array<number>(found.nGroups).fill(0);
  for (const label of found.labels) if (label >= 0) sizes[label]++;
  const shares = sizes.map((size) => size / sample.nSamples).sort((a, b) => b - a);
  return { nGroups: found.nGroups, shares, gap: found.gap, adjustedRandIndex: index };
}

interface Step {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

/** @returns by row its group, −1 for none; null where there are never two groups that hold nearly all rows */
async function widestGap(X: Matrix, ctx: Context) {
  const { nSamples } = X;
  const smallest = Math.max(2 * nNeighbours, Math.ceil(smallestShare * nSamples));
  if (nSamples < 2 * smallest) return null;
  const steps = (await spanningTree(X, ctx)).sort((a, b) => a.length - b.length);
  let best = { gap: 0, end: -1 };
  let begin = -1;
  const groups = growGroups(nSamples, smallest);
  steps.forEach(({ a, b, length }, at) => {
    const isParted = groups.nGroups() >= 2 && groups.covered() >= leastCovered * nSamples;
    if (isParted && begin < 0) begin = at - 1;
    if (isParted && groups.joins(a, b)) {
      const within = begin >= 0 ? steps[begin].length : 0;
      const gap = within > 0 ? length / within : length > 0 ? Infinity : 0;
      if (gap > best.gap) best = { gap, end: at };
    }
    if (groups.joins(a, b)) begin = -1;
    groups.add(a, b);
  });
  if (best.end < 0) return null;
  const parted = growGroups(nSamples, smallest);
  for (const { a, b } of steps.slice(0, best.end)) parted.add(a, b);
  return { gap: best.gap, ...parted.labels() };
}

/** Rows that are joined step by step. */
function growGroups(nRows: number, smallest: number) {
  const sets = disjointSets(nRows);
  const sizes = new Int32Array(nRows).fill(1);
  const isGroup = (root: number) => sizes[root] >= smallest;
  let nGroups = 0;
  let covered = 0;
  return {
    nGroups: () => nGroups,
    covered: () => covered,
    /** Whether a step makes one group of two. */
    joins: (a: number, b: number) => isGroup(sets.find(a)) && isGroup(sets.find(b)),
    add(a: number, b: number): void {
      const [first, second] = [sets.find(a), sets.find(b)];
      for (const root of [first, second]) {
        if (!isGroup(root)) continue;
        nGroups--;
        covered -= sizes[root];
      }
      const size = sizes[first] + sizes[second];
      const root = sets.unite(first, second);
      sizes[root] = size;
      if (!isGroup(root)) return;
      nGroups++;
      covered += size;
    },
    labels() {
      const numbers = new Map<number, number>();
      const labels = Int32Array.from({ length: nRows }, (_, i) => {
        const root = sets.find(i);
        if (!isGroup(root)) return -1;
        const number = numbers.get(root) ?? numbers.size;
        numbers.set(root, number);
        return number;
      });
      return { labels, nGroups: numbers.size };
    },
  };
}

/** Rows between two rests. */
const stretch = 32;

/** The minimum spanning tree of max(core(a), core(b), ‖a − b‖), by Prim's method. */
async function spanningTree(X: Matrix, ctx: Context): Promise<Step[]> {
  const { nSamples } = X;
  const cores = new Float64Array(nSamples);
  const distances = new Float64Array(nSamples);
  for (let i = 0; i < nSamples; i++) {
    distancesFrom(X, i, distances);
    cores[i] = nthSmallest(distances, Math.min(nNeighbours, nSamples - 1));
    if (i % stretch === 0) await ctx.breathe();
  }
  const lengths = new Float64Array(nSamples).fill(Infinity);
  const from = new Int32Array(nSamples);
  const isIn = new Uint8Array(nSamples);
  const steps: Step[] = [];
  for (let last = 0, n = 1; n < nSamples; n++) {
    isIn[last] = 1;
    distancesFrom(X, last, distances);
    let next = -1;
    for (let i = 0; i < nSamples; i++) {
      if (isIn[i] === 1) continue;
      const length = Math.max(distances[i], cores[i], cores[last]);
      if (length < lengths[i]) {
        lengths[i] = length;
        from[i] = last;
      }
      if (next < 0 || lengths[i] < lengths[next]) next = i;
    }
    steps.push({ a: from[next], b: next, length: lengths[next] });
    last = next;
    if (n % stretch === 0) await ctx.breathe();
  }
  return steps;
}

/** @param n few; 0: the smallest */
function nthSmallest(values: Float64Array, n: number): number {
  const smallest = new Float64Array(n + 1).fill(Infinity);
  for (const value of values) {
    if (value >= smallest[n]) continue;
    let at = n;
    for (; at > 0 && smallest[at - 1] > value; at--) smallest[at] = smallest[at - 1];
    smallest[at] = value;
  }
  return smallest[n];
}

function distancesFrom({ data, nSamples, nFeatures }: Matrix, row: number, into: Float64Array) {
  const own = row * nFeatures;
  for (let i = 0, at = 0; i < nSamples; i++) {
    let sum = 0;
    for (let j = 0; j < nFeatures; j++, at++) {
      const d = data[at] - data[own + j];
      sum += d * d;
    }
    into[i] = Math.sqrt(sum);
  }
}

/** The adjusted Rand index between groups and the clusters that K-Means ends in from their means. */
async function fitOfKMeans(
  X: Matrix,
  groups: Int32Array,
  nGroups: number,
  ctx: Context,
): Promise<number> {
  const { data, nFeatures } = X;
  const counts = new Float64Array(nGroups);
  const centers = new Float64Array(nGroups * nFeatures);
  groups.forEach((group, i) => {
    if (group < 0) return;
    counts[group]++;
    for (let j = 0; j < nFeatures; j++) centers[group * nFeatures + j] += data[i * nFeatures + j];
  });
  centers.forEach((sum, at) => (centers[at] = sum / counts[Math.floor(at / nFeatures)]));
  const { best } = await whileLoaded(X, ctx, (loaded) =>
    loaded.descend([centers], whenNear(X), ctx.breathe),
  );
  const inGroup = (_: number, i: number) => groups[i] >= 0;
  return adjustedRandIndex(
    countTogether(
      groups.filter((group) => group >= 0),
      nGroups,
      best.labels.filter(inGroup),
      nGroups,
    ),
  );
}
