import type { Engine, LoadedMatrix } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import type { TrainingSet } from '../../src/core/learn/tree-training';
import type { Matrix } from '../../src/core/matrix';
import type { Card } from './card';
import { binCounter, type BinCounter } from './card-bins';
import { loadOnCard } from './card-matrix';
import { networkOnCard } from './card-network';
import { splitterOnCard } from './card-splitter';
import { nearestProgram } from './nearest-program';

export interface CardEngine extends Engine {
  /** The card is imitated by the processor: correct, but slower than any other engine. */
  readonly software: boolean;
  /** `load` beside a matrix that the engine on the processor has loaded already, and that is disposed of with this one. */
  loadBeside(X: Matrix, processor: LoadedMatrix): LoadedMatrix;
  /** Counts the rows of large nodes for `splitter`; undefined where they do not fit. Free it after use. */
  binCounter(set: TrainingSet): BinCounter | undefined;
}

/**
 * A graphics card and a processor as one engine: the card proposes in 32-bit floats (nearest centres, distances, products
 * of columns, scores), counts the rows of large nodes of a tree, and trains networks; what is float64 by definition, or
 * might come out differently in float64, is done by the other engine. So its labels and its trees are the reference's.
 *
 * @param processor for all that is float64; the card's engine is as right as this one
 * @throws AppError `engine-failed` when the card does not compute in 32-bit floats
 */
export async function createCardEngine(card: Card, processor: Engine): Promise<CardEngine> {
  try {
    await proveFloat32(card);
  } catch (error) {
    card.release();
    throw error;
  }
  return {
    id: card.id,
    detail: card.name,
    get nWorkers() {
      return processor.nWorkers;
    },
    software: card.software,
    load: (X) => loadOnCard(card, X, processor.load(X)),
    loadBeside: (X, loaded) => loadOnCard(card, X, loaded),
    // One neighbour after the other, each depending on the last: nothing for a card.
    searchClusters: (centers, sizes, nFeatures) =>
      processor.searchClusters(centers, sizes, nFeatures),
    network: (layers, batchSize, sameBits) =>
      sameBits === true
        ? processor.network(layers, batchSize)
        : networkOnCard(card, layers, batchSize, processor),
    rankColumns: (...columns) => processor.rankColumns(...columns),
    binCounter: (set) => binCounter(card, set),
    splitter: (set, weights, minSamplesLeaf) =>
      splitterOnCard(set, processor.splitter(set, weights, minSamplesLeaf), binCounter(card, set)),
    // Nodes that try a few features each, of many trees, which the processor's workers share.
    growForest: (set, params, ctx) => processor.growForest(set, params, ctx),
  };
}

/**
 * 256 rows that differ in the last bits of 32-bit floats, next to a constant beyond 16-bit ones. On more than 128
 * values, because TensorFlow.js may compute fewer on the processor and so prove nothing. (Its own `floatPrecision()`
 * answers 16 on cards that compute in 32 bits.)
 */
async function proveFloat32(card: Card): Promise<void> {
  const rows = 256;
  const unit = 2 ** -22;
  const data = new Float32Array(rows * 2);
  for (let i = 0; i < rows; i++) data.set([1 + i * unit, 70_000], i * 2);
  const X = card.upload(data, rows, 2);
  const centers = card.upload(
    Float32Array.of(1, 70_000, 1 + (rows - 1) * unit, 70_000, 0, 0, 0, 0),
    4,
    2,
  );
  try {
    const uniforms = { nClusters: 2, stride: 4, nUsed: 1, doubt: 0 };
    const said = await card.read(card.run(nearestProgram(rows, 2, 1), [X, centers], uniforms));
    for (let i = 0; i < rows; i++) {
      if (said[i] === (i < rows / 2 ? 0 : 1)) continue;
      throw new AppError('engine-failed', 'The graphics card does not compute in 32-bit floats.');
    }
  } finally {
    card.free([X, centers]);
  }
}
