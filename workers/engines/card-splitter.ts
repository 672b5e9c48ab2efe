import type { Splitter } from '../../src/core/engine';
import type { TrainingSet } from '../../src/core/learn/tree-training';
import type { BinCounter } from './card-bins';

/** Counts the rows of a node in all features; undefined where the processor is to do it. */
export type CountNode = (node: NodeInHand) => Promise<Int32Array | undefined>;

export interface NodeInHand {
  /** Rows, ascending, each as often as it counts. */
  readonly places: Int32Array;
  /** Of each class. */
  readonly counts: readonly number[];
  /** Called between pieces of work; what it throws ends the work. */
  readonly rest: () => Promise<void>;
}

/**
 * A splitter whose large nodes are counted elsewhere. Counts are whole numbers, and what is made of them is done by the
 * processor: the same cuts, to the last bit.
 *
 * @param leastRows of a node that is counted elsewhere
 */
export function cardSplitter(
  set: TrainingSet,
  processor: Splitter,
  leastRows: number,
  countNode: CountNode,
  giveBack: () => void,
): Splitter {
  const { nRows, nFeatures, ranks } = set;
  /** The processor's rows again, in its order; below nodes of fewer than `leastRows` nobody asks for them. */
  const rows = new Int32Array(nRows);
  let times = set.times;
  let node = { start: 0, end: 0, counts: [] as readonly number[] };
  let counted: Int32Array | undefined;

  function placesOf(start: number, end: number): Int32Array {
    const places = new Int32Array(node.counts.reduce((sum, n) => sum + n, 0));
    for (let i = start, at = 0; i < end; i++) {
      for (let t = times[rows[i]]; t > 0; t--) places[at++] = rows[i];
    }
    return places;
  }

  return {
    plant(drawn) {
      times = drawn;
      let n = 0;
      for (let row = 0; row < nRows; row++) if (times[row] > 0) rows[n++] = row;
      return processor.plant(drawn);
    },
    open(start, end, counts) {
      node = { start, end, counts };
      counted = undefined;
      processor.open(start, end, counts);
    },
    async countBins(rest) {
      const { start, end, counts } = node;
      if (end - start < leastRows) return;
      counted = await countNode({ places: placesOf(start, end), counts, rest });
    },
    tryBins: (features) =>
      processor.tryBins(features, features.length === nFeatures ? counted : undefined),
    tryRanks: (features) => processor.tryRanks(features),
    rows: (start, end) => processor.rows(start, end),
    hasCut: () => processor.hasCut(),
    split() {
      const split = processor.split();
      const { start, end } = node;
      if (split === undefined || end - start < leastRows) return split;
      const own = rows.subarray(start, end);
      const column = ranks.subarray(split.feature * nRows);
      const isLeft = (row: number) => column[row] <= column[split.below];
      const [left, right] = [own.filter(isLeft), own.filter((row) => !isLeft(row))];
      own.set(left);
      own.set(right, left.length);
      return split;
    },
    dispose() {
      giveBack();
      processor.dispose();
    },
  };
}

/** Below it a node is counted by the processor before a card has its orders. */
const leastOnCard = 4_096;

/** A splitter of the processor with all large nodes on a card. */
export function splitterOnCard(
  set: TrainingSet,
  processor: Splitter,
  counter: BinCounter | undefined,
): Splitter {
  if (counter === undefined) return processor;
  const countNode: CountNode = ({ places, counts, rest }) => counter.count(places, counts, rest);
  return cardSplitter(set, processor, leastOnCard, countNode, () => counter.free());
}
