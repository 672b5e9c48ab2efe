import { segmentsInWords } from '../explain/story';
import { capitalise, counted, countInWords, formatCount, formatShare, listInWords } from '../words';
import type { Flow } from './flow';

/** Parts below this share of a segment are told together. */
const worthNaming = 0.05;
/** Named at most. */
const mostNamed = 3;

const ordinals = [
  ...['zeroth', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'],
  ...['ninth', 'tenth'],
];

/** "fifth", "12th" */
export function ordinalInWords(n: number): string {
  const known = ordinals.at(n);
  if (known !== undefined) return known;
  const [tens, ones] = [n % 100, n % 10];
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'].at(ones) ?? 'th');
  return `${n}${ending}`;
}

/**
 * What one more segment would take, and from whom.
 *
 * @param flow from the segments of the page to those of one more
 */
export function oneMoreSentence(flow: Flow): string {
  const fresh = flow.continues.flatMap((old, c) => (old === null ? [c] : []));
  const ordinal = ordinalInWords(flow.after.length);
  if (fresh.length !== 1) return `A ${ordinal} segment would divide the customers anew.`;
  const [newest] = fresh;
  const taken = flow.crosstab.map((row) => row[newest]);
  const size = sum(taken);
  const sources = partsInWords(taken, 'from', (c) => flow.before[c].name);
  const begin = `A ${ordinal} segment would take ${counted(size, 'customer')}${sources}.`;
  return `${begin} ${otherMoves(flow, size, (_, after) => after === newest)}`;
}

/**
 * Where the customers of the segment that one fewer gives up would go.
 *
 * @param flow from the segments of the page to those of one less
 */
export function oneFewerSentence(flow: Flow): string {
  const gone = flow.continuedBy.flatMap((next, c) => (next === null ? [c] : []));
  const many = capitalise(segmentsInWords(flow.after.length));
  if (gone.length !== 1) return `${many} would divide the customers anew.`;
  const [lost] = gone;
  const size = sum(flow.crosstab[lost]);
  const targets = partsInWords(
    flow.crosstab[lost],
    'to',
    (c) => flow.before[flow.continues[c] ?? lost].name,
  );
  const { name } = flow.before[lost];
  const begin = `With ${segmentsInWords(flow.after.length)}, “${name}” would be given up: its ${counted(size, 'customer')} would ${targets}.`;
  return `${begin} ${otherMoves(flow, size, (before) => before === lost)}`;
}

/** ": 812 from “A” and 95 from “B”", ", all from “A”", "go: 70 to “A” …", "all go to “A”": largest first, what is too little to be named summed up. */
function partsInWords(
  counts: readonly number[],
  where: 'from' | 'to',
  nameOf: (c: number) => string,
): string {
  const total = sum(counts);
  const named = counts
    .map((count, c) => ({ count, c }))
    .sort((a, b) => b.count - a.count)
    .filter(({ count }, at) => at === 0 || count >= worthNaming * total)
    .slice(0, mostNamed);
  const rest = total - sum(named.map(({ count }) => count));
  const words = named.map(({ count, c }) => `${formatCount(count)} ${where} “${nameOf(c)}”`);
  if (rest > 0) words.push(`${formatCount(rest)} ${where} other segments`);
  const only = `${where} “${nameOf(named[0].c)}”`;
  if (where === 'from') return words.length === 1 ? `, all ${only}` : `: ${listInWords(words)}`;
  return words.length === 1 ? `all go ${only}` : `go: ${listInWords(words)}`;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/**
 * Who changes segment beside those of the segment that comes or goes, and where most of them go.
 *
 * @param isTold whether a part of the flow has been told already
 */
function otherMoves(
  { nMoved, nCompared, crosstab, continues, before, after }: Flow,
  nTold: number,
  isTold: (before: number, after: number) => boolean,
): string {
  const nOthers = Math.max(0, nMoved - nTold);
  if (nOthers === 0) return 'Nobody else would change segment.';
  const moves = crosstab.flatMap((row, r) =>
    row.flatMap((count, c) => (isTold(r, c) || continues[c] === r ? [] : [{ count, r, c }])),
  );
  const [largest] = moves.sort((a, b) => b.count - a.count);
  const begin = `${capitalise(counted(nOthers, 'other'))} (${formatShare(nOthers / nCompared)} of all) would change segment as well`;
  if (largest.count === nOthers && nOthers < 2) return `${begin}.`;
  const many = largest.count === nOthers ? 'all of them' : `${formatCount(largest.count)} of them`;
  return `${begin}, ${many} from “${before[largest.r].name}” to “${after[largest.c].name}”.`;
}

/** How many segments, as the title of a column: "Four segments". */
export function columnTitle(nClusters: number): string {
  return capitalise(segmentsInWords(nClusters));
}

/** Where a segment of another number of segments is to be found, after "in ". */
export function segmentElsewhere(name: string, nClusters: number): string {
  return `“${name}” of ${countInWords(nClusters)}`;
}
