import { counted, countInWords, listInWords } from '../words';
import type { Identity } from './identity';

const numbers = (places: readonly number[]) =>
  listInWords(places.map((place) => String(place + 1)));

/** Why segments have the numbers, colours and marks that they have, where it is not by their size. */
export function identitySentence({ continues, nPinned }: Pick<Identity, 'continues' | 'nPinned'>) {
  const kept = continues.flatMap((pinned, segment) => (pinned === null ? [] : [segment]));
  const fresh = continues.flatMap((pinned, segment) => (pinned === null ? [segment] : []));
  const gone = Array.from({ length: nPinned }, (_, p) => p).filter((p) => !continues.includes(p));
  const moved = kept.filter((segment) => continues[segment] !== segment);
  const sentences = [
    `Numbers, colours and marks follow ${counted(nPinned, 'pinned segment')}.`,
    fresh.length > 0 &&
      `${fresh.length === 1 ? 'Segment' : 'Segments'} ${numbers(fresh)} ${fresh.length === 1 ? 'continues' : 'continue'} none of them.`,
    gone.length > 0 &&
      `Of the pinned ones, ${countInWords(gone.length)} (${numbers(gone)}) ${gone.length === 1 ? 'has' : 'have'} no successor${moved.length > 0 ? ', so later numbers have closed up' : ''}.`,
  ];
  return sentences.filter((sentence) => sentence !== false).join(' ');
}

/** Where there is nothing to tell segments by. */
export const noIdentity =
  'The pinned segments are known by columns that are not here: segments are numbered by size.';
