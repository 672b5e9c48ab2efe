import { AppError } from '../../src/core/errors';
import { mostBins, type TrainingSet } from '../../src/core/learn/tree-training';
import { addCounts, binsPerTexel, binsProgram, piecesPerGo } from './bins-program';
import type { Card, CardTensor } from './card';

/** Places that all texels together look at in one go: some milliseconds, and below a second where a card is imitated. */
const looksPerGo = 2 ** 26;
/** In all rows: an imitated card looks at some 25 million a second. */
const mostLooksImitated = 2 ** 27;
const leastPlaces = 4_096;
const mostPlaces = 2 ** 18;
/** Values on the card: 128 MB; and sums in one go: 16 MB. */
const mostValues = 2 ** 25;
const mostCounts = 2 ** 22;

/** Counts rows on a card, for one set of training rows after another node. */
export interface BinCounter {
  /**
   * @param places rows of the set, ascending, each as often as it counts
   * @param counts by class: how often its rows are listed
   * @param rest called between pieces of work; what it throws ends the work
   * @returns by feature, bin and class: nFeatures × 256 × nClasses
   * @throws AppError `engine-failed`, also where the counts do not add up, or those of one feature are not its own
   */
  count(
    places: Int32Array,
    counts: readonly number[],
    rest: () => Promise<void>,
  ): Promise<Int32Array>;
  free(): void;
}

/** undefined where the set is too large for a card, or has too many classes; one that is imitated takes less. */
export function binCounter(card: Card, set: TrainingSet): BinCounter | undefined {
  const { nRows, nFeatures, nClasses, labels } = set;
  const width = 2 * Math.ceil(nFeatures / 2);
  const lines = nFeatures * nClasses;
  const fits =
    nFeatures > 0 &&
    nRows * width <= mostValues &&
    piecesPerGo * lines * mostBins <= mostCounts &&
    nRows < 2 ** 24 &&
    (!card.software || (nRows * lines * mostBins) / binsPerTexel <= mostLooksImitated);
  if (!fits) return undefined;
  const perGo = placesPerGo(nRows, lines);
  const program = binsProgram(nFeatures, nClasses, perGo / piecesPerGo);
  let bins: CardTensor | undefined;
  let nCounted = 0;

  /** Rows from `first` on, and their classes. */
  function upload(places: Int32Array, first: number): CardTensor {
    const marked = new Float32Array(2 * perGo).fill(-1);
    const end = Math.min(places.length, first + perGo);
    for (let i = first, at = 0; i < end; i++, at += 2) {
      marked[at] = places[i];
      marked[at + 1] = labels[places[i]];
    }
    return card.upload(marked, perGo, 2);
  }

  /** Queues a go. */
  function begin(places: Int32Array, first: number): CardTensor {
    bins ??= card.upload(binsByRow(set, width), nRows + (nRows & 1), width);
    const listed = upload(places, first);
    try {
      const nPlaces = Math.min(perGo, places.length - first);
      return card.run(program, [bins, listed], { nPlaces });
    } finally {
      card.free([listed]);
    }
  }

  return {
    async count(places, counts, rest) {
      const found = new Int32Array(nFeatures * mostBins * nClasses);
      const pending: CardTensor[] = [];
      try {
        // All are queued before the first is read, so that card and processor work at the same time.
        for (let first = 0; first < places.length; first += perGo) {
          pending.push(begin(places, first));
        }
        for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
          addCounts(await card.read(next), nFeatures, nClasses, found);
          await rest();
        }
      } finally {
        card.free(pending);
      }
      check(set, places, counts, found, nCounted++ % nFeatures);
      return found;
    },
    free() {
      if (bins !== undefined) card.free([bins]);
      bins = undefined;
    },
  };
}

/** A power of two, so that there are few shapes. */
function placesPerGo(nRows: number, lines: number): number {
  const most = Math.min(mostPlaces, (looksPerGo * binsPerTexel) / (lines * mostBins));
  let places = leastPlaces;
  while (places < nRows && 2 * places <= most) places *= 2;
  return places;
}

/** Row-major, rows filled up to an even number of them and of values. */
function binsByRow({ nRows, nFeatures, bins }: TrainingSet, width: number) {
  const byRow = new Float32Array((nRows + (nRows & 1)) * width);
  for (let j = 0; j < nFeatures; j++) {
    for (let from = j * nRows, to = j; from < (j + 1) * nRows; from++, to += width) {
      byRow[to] = bins[from];
    }
  }
  return byRow;
}

/** Each class must be all there in every feature, and one of them, another one each time, is counted again. */
function check(
  { nRows, nFeatures, nClasses, bins, labels }: TrainingSet,
  places: Int32Array,
  counts: readonly number[],
  found: Int32Array,
  feature: number,
): void {
  const size = mostBins * nClasses;
  for (let j = 0; j < nFeatures; j++) {
    const total = new Array<number>(nClasses).fill(0);
    for (let at = j * size; at < (j + 1) * size; at++) total[at % nClasses] += found[at];
    if (total.some((n, c) => n !== counts[c])) throw wrongCounts(j);
  }
  const expected = new Int32Array(size);
  for (const row of places) {
    expected[bins[feature * nRows + row] * nClasses + labels[row]]++;
  }
  if (expected.some((n, at) => n !== found[feature * size + at])) throw wrongCounts(feature);
}

function wrongCounts(feature: number): AppError {
  return new AppError(
    'engine-failed',
    `The graphics card counted the rows of column ${feature + 1} wrongly; its results cannot be used.`,
    { feature },
  );
}
