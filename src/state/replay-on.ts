import { defaultRecipe, type Recipe } from '../core/recipe';
import { replay, replaySummary, type Replay } from '../core/replay';
import type { ColumnFacts } from '../core/replay-columns';
import { counted, formatCount, listInWords } from '../core/words';
import type { Arrival } from './arrival';

/** How a file is read before settings of another one are used on it: with its columns as they come. */
export function asRead(recipe: Recipe): Recipe {
  return { ...defaultRecipe, read: { ...recipe.read, names: [], kinds: [] } };
}

/** Of what does not fit this many are told at once; the others are counted. */
const nTold = 3;

/**
 * Settings that were made for another file (or nobody knows for which), on this one.
 *
 * @param columns of this file, as it is read with `asRead`
 * @returns the settings as far as they fit, and what to say about it
 */
export function replayOn(
  arrival: Pick<Arrival, 'name' | 'fileName' | 'sourceKey'>,
  recipe: Recipe,
  fileName: string,
  columns: readonly ColumnFacts[],
): { readonly recipe: Recipe; readonly notice: string } {
  const replayed = replay(recipe, columns);
  return { recipe: replayed.recipe, notice: noticeOf(arrival, fileName, replayed) };
}

function noticeOf(
  { name, fileName: madeFor, sourceKey }: Pick<Arrival, 'name' | 'fileName' | 'sourceKey'>,
  fileName: string,
  replayed: Replay,
): string {
  const { misfits } = replayed;
  const whose = name === '' ? 'The settings' : `The settings of “${name}”`;
  const isOther = sourceKey !== '';
  const other =
    madeFor === '' || madeFor === fileName ? 'the file they were made for' : `“${madeFor}”`;
  const first = isOther
    ? `“${fileName}” does not hold what ${other} held. ${whose} are used on it`
    : `${whose} are used on “${fileName}”`;
  const fit = misfits.length === 0 ? ', and all of them fit.' : ' as far as they fit.';
  const told = misfits.slice(0, nTold).map(({ message }) => message);
  const rest = misfits.length - told.length;
  return [
    first + fit,
    replaySummary(replayed),
    ...told,
    rest > 0 ? `${counted(rest, 'more choice')} did not fit.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** What to say about the segments of a project file or a link on its own file; '' where nothing is known to compare. */
export function sameSegments(
  { from, sizes: then }: Pick<Arrival, 'from' | 'sizes'>,
  now: readonly number[],
): string {
  if (from === 'project' || then.length === 0) return '';
  if (then.length === now.length && then.every((size, c) => size === now[c])) {
    return 'It is the same file, and the segments are the same as where this was made.';
  }
  const inWords = (sizes: readonly number[]) => listInWords(sizes.map(formatCount));
  return `It is the same file, but the segments are not those that were saved: they had ${inWords(then)} customers, and have ${inWords(now)} now. Another version of this page made them.`;
}
