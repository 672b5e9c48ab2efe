import type { Descent, Engine, LoadedMatrix, RowRuns } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import type { Matrix } from '../../src/core/matrix';
import type { CardEngine } from './card-engine';
import { fasterNetwork } from './faster-network';
import { fasterSplitter } from './faster-splitter';
import { inWords, leastToPay, timed, type Times } from './race';

/** Rows whose distances are measured. */
const trialRows = 1_024;

const tooLittle = 'Too little work for a graphics card to pay.';

/**
 * Both engines in one: on each matrix the starts of K-Means, and the distances for silhouettes, go to the one that is
 * measured to be faster on them; so do large nodes of trees, and networks. Whatever is left is float64, or too little to
 * travel to a card, and stays on the processor. The results are the same either way, so this changes the time and nothing
 * else; but for networks, whose last digits are the card's own. A card that fails is not asked again.
 */
export function createFasterEngine(
  card: CardEngine,
  processor: Engine,
): Engine & { readonly reason: string } {
  let current: Engine = card;
  let reason =
    'The graphics card passed its self-test; each job takes what is measured to be faster.';
  let failure: string | undefined;
  const choose: Choice = {
    tell(cardWins, sentence) {
      current = cardWins ? card : processor;
      reason = sentence;
    },
    giveUp(error) {
      failure = `${error.message} The work went on without it.`;
      choose.tell(false, failure);
    },
    hasFailed: () => failure !== undefined,
  };
  return {
    get id() {
      return current.id;
    },
    get detail() {
      return current.detail;
    },
    get nWorkers() {
      return current.nWorkers;
    },
    get reason() {
      return reason;
    },
    searchClusters: (centers, sizes, nFeatures) =>
      processor.searchClusters(centers, sizes, nFeatures),
    network: (layers, batchSize, sameBits) =>
      sameBits === true
        ? processor.network(layers, batchSize)
        : fasterNetwork(layers, batchSize, card, processor, choose),
    rankColumns: (...columns) => processor.rankColumns(...columns),
    splitter: (set, weights, minSamplesLeaf) =>
      fasterSplitter(set, processor.splitter(set, weights, minSamplesLeaf), card, choose),
    growForest: (set, params, ctx) => processor.growForest(set, params, ctx),
    load(X) {
      choose.tell(false, failure ?? tooLittle);
      return loadOnBoth(X, card, processor, choose);
    },
  };
}

export interface Choice {
  tell(cardWins: boolean, sentence: string): void;
  giveUp(error: AppError): void;
  hasFailed(): boolean;
}

function loadOnBoth(X: Matrix, card: CardEngine, processor: Engine, choose: Choice): LoadedMatrix {
  const onProcessor = processor.load(X);
  const onCard = card.loadBeside(X, onProcessor);
  let largest: readonly Float64Array[] = [];
  let descents: Promise<boolean> | undefined;
  let cardDescends = false;
  let sentence = '';

  /** On the card if it wins and lasts, else on the processor. */
  async function on<T>(cardWins: boolean, work: (loaded: LoadedMatrix) => Promise<T>): Promise<T> {
    try {
      if (cardWins && !choose.hasFailed()) return await work(onCard);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'engine-failed') throw error;
      choose.giveUp(error);
    }
    return work(onProcessor);
  }

  async function chooseForDescents(rest: () => Promise<void>): Promise<boolean> {
    const times = await race((loaded) => oneStep(loaded, largest, rest));
    cardDescends = times.card < times.processor;
    sentence = `Measured on this job: one step of K-Means takes ${inWords(times)}.`;
    if (!choose.hasFailed()) choose.tell(cardDescends, sentence);
    return cardDescends;
  }

  async function chooseForDistances(runs: RowRuns): Promise<boolean> {
    const range = { first: 0, end: trialRows };
    const rest = () => Promise.resolve();
    // A range of rows is not shared with other workers; all rows are.
    const times = await race(
      (loaded) => loaded.distanceSums(runs, rest, range),
      processor.nWorkers,
    );
    const both = `${sentence} Distances of 1,024 rows take ${inWords(times)}.`.trimStart();
    if (!choose.hasFailed()) choose.tell(cardDescends, both);
    return times.card < times.processor;
  }

  /** The second time of each: the first one compiles, and sends the matrix. */
  async function race(
    work: (loaded: LoadedMatrix) => Promise<unknown>,
    nWorkers = 1,
  ): Promise<Times> {
    const first = (await timed(() => work(onProcessor))) / nWorkers;
    if (first < leastToPay || choose.hasFailed()) return { processor: first, card: Infinity };
    const second = (await timed(() => work(onProcessor))) / nWorkers;
    await on(true, work);
    const third = await timed(() => on(true, work));
    const onCardTime = choose.hasFailed() ? Infinity : third;
    return { processor: Math.min(first, second), card: onCardTime };
  }

  return {
    ...onProcessor,
    async descend(starts, stop, rest) {
      if (nValues(starts) > nValues(largest)) largest = starts;
      // What is asked for at once is all there in the next turn: the largest of it is measured.
      descents ??= Promise.resolve().then(() => chooseForDescents(rest));
      return on(await descents, (loaded) => loaded.descend(starts, stop, rest));
    },
    async distanceSums(runs, rest, range) {
      const few = range !== undefined || runs.rows.length <= trialRows;
      const cardWins = !few && (await chooseForDistances(runs));
      return on(cardWins, (loaded) => loaded.distanceSums(runs, rest, range));
    },
    dispose: () => onCard.dispose(),
  };
}

/** One iteration from each start, with all that belongs to it. */
function oneStep(
  loaded: LoadedMatrix,
  starts: readonly Float64Array[],
  rest: () => Promise<void>,
): Promise<Descent> {
  return loaded.descend(starts, { tolerance: 0, maxIter: 2 }, rest);
}

function nValues(starts: readonly Float64Array[]): number {
  return starts.reduce((sum, { length }) => sum + length, 0);
}
