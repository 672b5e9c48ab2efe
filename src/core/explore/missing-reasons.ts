import type { Context } from '../context';
import { isMissing, type Column, type Table } from '../table/table';
import { countersOf, type Condition } from './conditions';
import { missingSentence } from './missing-sentences';
import type { Gaps } from './missing-patterns';

/** What rows without a value have in common, against the others. Numbers are rows. */
export interface MissingReason {
  /** The column with missing values. */
  readonly column: string;
  /** The column that tells. */
  readonly other: string;
  readonly condition: Condition;
  readonly nMissing: number;
  /** Of `nMissing`. */
  readonly nMissingMatching: number;
  readonly nOthers: number;
  /** Of `nOthers`. */
  readonly nOthersMatching: number;
  /** How many times more frequent the condition is among rows without the value; infinite, where no other row meets it. */
  readonly lift: number;
  /** The correlation of "missing" and "meets the condition" (φ), in (0, 1]. */
  readonly strength: number;
  readonly sentence: string;
}

/** Columns with gaps that are looked into, and columns in which something in common is looked for. */
export const mostExplained = 40;
export const mostOthers = 200;
const mostPerColumn = 3;

/** What is said holds for a fifth of the rows without a value, and twice as often as for the others. */
const leastShare = 0.2;
const leastLift = 2;
const leastStrength = 0.1;
/** The chance that anything at all is said of values that are missing at random. */
const falseAlarm = 0.001;
/** About as many conditions are tried on each column. */
const triesPerColumn = 100;

/**
 * For each column with gaps: a frequent value, a range, a word, or a gap of another column that is found much more often
 * in the rows without a value. Among conditions on one column the one with the largest φ is kept, and a value or a word
 * rather than a range that tells hardly more.
 *
 * Quiet where it is weak: see the limits above; and the chance to find that many such rows among as many drawn at random
 * is bounded (Chernoff's bound of the binomial tail), with an allowance for all that was tried (Bonferroni).
 */
export async function missingReasons(
  table: Table,
  gaps: readonly Gaps[],
  ctx: Context,
): Promise<MissingReason[]> {
  const explained = gaps.slice(0, mostExplained).filter(({ rows }) => rows.length < table.nRows);
  const others = table.columns.slice(0, mostOthers);
  const nTries = explained.length * others.length * triesPerColumn;
  const byColumn = new Map<string, MissingReason[]>(explained.map(({ name }) => [name, []]));
  for (const [done, other] of (explained.length > 0 ? others : []).entries()) {
    const matches = matcherOf(other, table.nRows);
    for (const { name, rows } of explained) {
      if (name === other.name) continue;
      const reason = bestReason(name, other.name, rows.length, table.nRows, matches(rows), nTries);
      if (reason !== undefined) byColumn.get(name)?.push(reason);
      await ctx.breathe();
    }
    ctx.progress(done + 1, others.length);
  }
  return [...byColumn.values()]
    .flatMap((reasons) => reasons.sort(byStrength).slice(0, mostPerColumn))
    .sort(byStrength);
}

const byStrength = (a: MissingReason, b: MissingReason) => b.strength - a.strength;

/** A condition, with the rows that meet it. */
interface Match {
  readonly condition: Condition;
  readonly nAll: number;
  readonly nMissing: number;
}

/** Counts, for the rows of a gap, how many meet each condition on a column. */
function matcherOf(other: Column, nRows: number): (rows: Int32Array) => Match[] {
  const counters = countersOf(other, nRows);
  const isGap = new Uint8Array(nRows);
  let nGaps = 0;
  for (let i = 0; i < nRows; i++) if (isMissing(other, i)) nGaps += isGap[i] = 1;
  return (rows) => {
    let nMissing = 0;
    for (let i = 0; i < rows.length; i++) nMissing += isGap[rows[i]];
    return [
      { condition: { kind: 'missing' }, nAll: nGaps, nMissing },
      ...counters.flatMap((count) => count(rows)),
    ];
  };
}

function bestReason(
  column: string,
  other: string,
  nMissing: number,
  nRows: number,
  matches: readonly Match[],
  nTries: number,
): MissingReason | undefined {
  let best: MissingReason | undefined;
  for (const match of matches) {
    const reason = weigh(column, other, nMissing, nRows, match, nTries);
    if (reason === undefined) continue;
    if (best === undefined || worth(reason) > worth(best)) best = reason;
  }
  return best;
}

/** Ranges have the choice of a bound, and are harder to say. */
function worth({ condition, strength }: MissingReason): number {
  return isRange(condition) ? 0.95 * strength - 0.01 : strength;
}

function isRange({ kind }: Condition): boolean {
  return kind !== 'equals' && kind !== 'word' && kind !== 'missing';
}

function weigh(
  column: string,
  other: string,
  nMissing: number,
  nRows: number,
  { condition, nAll, nMissing: nMatching }: Match,
  nTries: number,
): MissingReason | undefined {
  const nOthers = nRows - nMissing;
  const nOthersMatching = nAll - nMatching;
  const share = nMatching / nMissing;
  const lift = share / (nOthersMatching / nOthers);
  if (!(share >= leastShare && lift >= leastLift)) return undefined;
  const strength =
    (nMatching * nOthers - nOthersMatching * nMissing) /
    Math.sqrt(nMissing * nOthers * nAll * (nRows - nAll));
  if (!(strength >= leastStrength)) return undefined;
  if (nMissing * divergence(share, nAll / nRows) < Math.log(nTries / falseAlarm)) return undefined;
  const reason = {
    column,
    other,
    condition,
    nMissing,
    nMissingMatching: nMatching,
    nOthers,
    nOthersMatching,
    lift,
    strength: Math.min(1, strength),
  };
  return { ...reason, sentence: missingSentence(reason) };
}

/** Kullback-Leibler divergence of two shares, in nats: P(X ≥ p·n) ≤ exp(−n · D(p‖q)) for n draws with chance q < p. */
function divergence(p: number, q: number): number {
  return p * Math.log(p / q) + (p < 1 ? (1 - p) * Math.log((1 - p) / (1 - q)) : 0);
}
