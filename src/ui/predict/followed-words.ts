import { driftOf, type Drift } from '../../core/scoring/drift';
import { columnLabel, counted, formatCount, formatShare, listInWords } from '../../core/words';
import type { Queries } from '../../contract/queries';
import type { Followed } from '../../state/follow';

/** So many columns are named. */
const named = 4;
/** Fewer rows say nothing about a drift. */
const fewest = 100;

export type Reference = Queries['driftReference']['answer'];

/** How far a followed file has got, in words. */
export function followedInWords({
  nRows,
  nArrived,
  nUnlike,
  nSetAside,
  isPending,
  begunAnew,
}: Followed): string[] {
  const sentences: string[] = [];
  if (begunAnew !== null) {
    sentences.push(
      `The file was ${begunAnew === 'shorter' ? 'cut off' : 'replaced'}: counted anew from its start.`,
    );
  }
  sentences.push(
    nRows === 0
      ? 'No row yet.'
      : `${counted(nRows, 'customer')}, ${nArrived === 0 ? 'none' : formatCount(nArrived)} of them since it is followed.`,
  );
  if (nUnlike > 0) {
    sentences.push(
      `${counted(nUnlike, 'is', 'are')} unlike those that the segments were made from (${formatShare(nUnlike / nRows)}; 1${'\u00a0'}% would be usual).`,
    );
  }
  if (nSetAside > 0) {
    sentences.push(
      `${counted(nSetAside, 'row has', 'rows have')} more fields than the header and ${nSetAside === 1 ? 'is' : 'are'} left out.`,
    );
  }
  if (isPending) sentences.push('The last line is still being written.');
  return sentences;
}

/** How far the columns and the sizes of segments have drifted; '' where there is nothing to compare with. */
export function driftInWords(
  followed: Pick<Followed, 'nRows' | 'counts' | 'bins'>,
  reference: Reference | null,
  inputs: readonly { readonly name: string }[],
): string {
  if (reference === null || followed.nRows === 0) return '';
  if (followed.nRows < fewest) return `Drift is told from ${fewest} customers on.`;
  const columns = inputs.flatMap(({ name }, at): { name: string; drift: Drift }[] => {
    const [before, after] = [reference.counts[at], followed.bins.at(at) ?? null];
    return before === null || after === null ? [] : [{ name, drift: driftOf(before, after) }];
  });
  const shifted = columns
    .filter(({ drift }) => drift.band !== 'little')
    .sort((a, b) => b.drift.psi - a.drift.psi);
  const sizes = driftOf(reference.sizes, followed.counts);
  const ofSizes = `sizes of segments ${sizes.psi.toFixed(2)}`;
  if (shifted.length === 0 && sizes.band === 'little') {
    return `No drift beyond the usual: stability index below 0.1, or within chance, in all columns; ${ofSizes}.`;
  }
  const names = shifted
    .slice(0, named)
    .map(({ name, drift }) => `${columnLabel(name)} ${drift.psi.toFixed(2)}`);
  return `Drift (stability index; 0.1 is some, 0.25 much): ${listInWords([ofSizes, ...names], 1 + shifted.length)}.`;
}
