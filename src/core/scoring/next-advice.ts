import { columnLabel, counted, formatShare, listInWords } from '../words';
import { bandLimits } from './drift';
import type { NextPeriod } from './next-period';

/** What becomes of the segments. */
export type Advice = 'too-few' | 'fits' | 'look-again' | 're-segment';

export interface NextAdvice {
  readonly advice: Advice;
  /** Why, the weightiest first. Full sentences. */
  readonly reasons: readonly string[];
}

/** Fewer customers say nothing about a change. */
const fewest = 100;
/** Customers unlike those that the segments were made from: 1 % is usual, by definition. */
const unlike = { look: 0.02, redo: 0.05 } as const;
/** Columns that changed much, and at least a little, as shares of all. */
const columnsMuch = 0.25;
const columnsSome = 0.25;
/** Of customers who are in both periods: those who are in another segment. */
const moved = 1 / 3;

/** At most so many columns are named. */
const named = 4;

/**
 * Whether the segments still fit a later file. Rules with their numbers: docs/next-period.md.
 *
 * Re-segment: 5 % or more are unlike anyone seen, or the sizes of segments changed much (PSI ≥ .25), or a quarter or more of
 * the columns did. Look again: 2 % or more are unlike, or the sizes changed somewhat (≥ .1), or one column changed much, or
 * a quarter of them somewhat, or more than a third of the same customers changed segment.
 */
export function adviseOn(next: NextPeriod): NextAdvice {
  const { columns, sizeDrift, migration, nUnlike } = next;
  const nAfter = next.sizesAfter.reduce((sum, size) => sum + size, 0);
  if (nAfter < fewest) {
    return {
      advice: 'too-few',
      reasons: [
        `${counted(nAfter, 'customer is', 'customers are')} too few to say: ${fewest} at least.`,
      ],
    };
  }
  const redo: string[] = [];
  const look: string[] = [];
  const strange = nUnlike / nAfter;
  if (strange >= unlike.look) {
    (strange >= unlike.redo ? redo : look).push(
      `${formatShare(strange)} of the customers are further from their segment’s centre than 99${'\u00a0'}% of those that it was made from; 1${'\u00a0'}% would be usual.`,
    );
  }
  if (sizeDrift.band !== 'little') {
    (sizeDrift.band === 'much' ? redo : look).push(
      `The sizes of the segments are not what they were (stability index ${sizeDrift.psi.toFixed(2)}).`,
    );
  }
  const much = columns.filter(({ band }) => band === 'much');
  const some = columns.filter(({ band }) => band !== 'little');
  if (much.length > 0) {
    (much.length >= columnsMuch * columns.length ? redo : look).push(
      `${listed(much)} ${much.length === 1 ? 'is' : 'are'} distributed otherwise (stability index ${bandLimits.much} or more).`,
    );
  }
  if (some.length > much.length && some.length >= columnsSome * columns.length) {
    look.push(
      `${counted(some.length, 'column has', 'columns have')} shifted (stability index ${bandLimits.some} or more): ${listed(some)}.`,
    );
  }
  const share = migration.nSame > 0 ? migration.nMoved / migration.nSame : 0;
  if (share > moved) {
    look.push(
      `${formatShare(share)} of the customers who are in both files are in another segment.`,
    );
  }
  if (redo.length > 0) return { advice: 're-segment', reasons: [...redo, ...look] };
  if (look.length > 0) return { advice: 'look-again', reasons: look };
  return {
    advice: 'fits',
    reasons: [
      'Columns, sizes of segments and distances to their centres are as before, within what the rules allow.',
    ],
  };
}

export const adviceTitles: Readonly<Record<Advice, string>> = {
  'too-few': 'Too few to say',
  fits: 'The segments still fit',
  'look-again': 'Look again',
  're-segment': 'Form the segments anew',
};

/** What to do about it. */
export const adviceSentences: Readonly<Record<Advice, string>> = {
  'too-few': 'The table below counts them; a judgement needs more.',
  fits: 'Go on with this model.',
  'look-again':
    'The model can be used; see first whether what changed matters to what you do with the segments.',
  're-segment':
    'This model places the customers of another time. Open the later file and form segments of it, with the recipe of these.',
};

function listed(columns: readonly { readonly column: string }[]): string {
  const names = columns.slice(0, named).map(({ column }) => columnLabel(column));
  const text = listInWords(names, columns.length);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Who stayed, moved, came and went, as one sentence. */
export function migrationInWords({ migration, segments }: NextPeriod): string {
  const { nSame, nMoved, counts } = migration;
  const nNew = migration.arrived.reduce((sum, n) => sum + n, 0);
  const nGone = migration.gone.reduce((sum, n) => sum + n, 0);
  const others = `${counted(nNew, 'is', 'are')} new, ${counted(nGone, 'is', 'are')} gone`;
  if (nSame === 0) return `Nobody is in both files: ${others}.`;
  const share = formatShare(nMoved / nSame);
  const moves = counts.flatMap((row, from) =>
    row.flatMap((count, to) => (from === to || count === 0 ? [] : [{ from, to, count }])),
  );
  moves.sort((a, b) => b.count - a.count || a.from - b.from || a.to - b.to);
  const most =
    moves.length > 0
      ? ` The largest move is from ${segments[moves[0].from]} to ${segments[moves[0].to]} (${counted(moves[0].count, 'customer')}).`
      : '';
  return `${counted(nSame, 'customer is', 'customers are')} in both files; ${counted(nMoved, 'of them is', 'of them are')} in another segment (${share}). ${others.charAt(0).toUpperCase() + others.slice(1)}.${most}`;
}
