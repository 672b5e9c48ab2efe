import type { Splitter } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import type { TrainingSet } from '../../src/core/learn/tree-training';
import type { CardEngine } from './card-engine';
import { cardSplitter, type CountNode } from './card-splitter';
import type { Choice } from './faster';
import { inWords, leastToPay, timed, type Times } from './race';

/**
 * Milliseconds of the root on the processor below which the card is not asked. A tree counts its rows some five times over in
 * all, and to measure the card means to send it all bins: that has to be little against what can be gained.
 */
const leastRootToPay = 10 * leastToPay;
/** Of such a tree, a node that is a hundredth of it or so. */
const leastRows = 32_768;

/** Large nodes of a tree by whichever is measured to be faster on its root. */
export function fasterSplitter(
  set: TrainingSet,
  processor: Splitter,
  card: Pick<CardEngine, 'binCounter'>,
  choose: Choice,
): Splitter {
  if (set.nRows < leastRows) return processor;
  const counter = card.binCounter(set);
  if (counter === undefined) return processor;
  const all = Int32Array.from({ length: set.nFeatures }, (_, j) => j);
  let cardWins: boolean | undefined;

  /** On the root, which is the first node. The second time of the card: the first one compiles, and sends the bins. */
  async function race(count: () => Promise<unknown>): Promise<Times> {
    const onProcessor = await timed(() => Promise.resolve(processor.tryBins(all)));
    if (onProcessor < leastRootToPay) return { processor: onProcessor, card: Infinity };
    await count();
    return { processor: onProcessor, card: await timed(count) };
  }

  const countNode: CountNode = async ({ places, counts, rest }) => {
    const count = () => counter.count(places, counts, rest);
    if (cardWins === false || choose.hasFailed()) return undefined;
    try {
      if (cardWins === undefined) {
        const times = await race(count);
        cardWins = times.card < times.processor;
        if (times.card < Infinity) {
          choose.tell(
            cardWins,
            `Measured on this job: counting the first node of the tree takes ${inWords(times)}.`,
          );
        }
      }
      return cardWins ? await count() : undefined;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'engine-failed') throw error;
      choose.giveUp(error);
      return undefined;
    }
  };
  return cardSplitter(set, processor, leastRows, countNode, () => counter.free());
}
