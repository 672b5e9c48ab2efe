import type { DenseNetwork, Engine } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import type { DenseLayer } from '../../src/core/learn/dense-layer';
import { matrix, takeRows, type Matrix } from '../../src/core/matrix';
import type { Card } from './card';
import { createCardLayers, type CardLayers } from './card-layers';
import { assertColumns } from './dense-network';

/** Rows that go through the layers at a time, at least: the shapes of all programs. */
const fewestRows = 128;
/** Rows of what comes out that are computed again. */
const spotChecks = 4;

/**
 * `Engine.network` on a card, from its first lesson on: float32 sums in the card's own order, so not the bits of an engine on
 * the processor. Layers that were not trained here are used on the processor: what rows are told by then depends on the
 * weights alone, wherever these come from.
 *
 * @param processor has the first batch done again, and some rows of what comes out
 */
export function networkOnCard(
  card: Card,
  layers: readonly DenseLayer[],
  batchSize: number,
  processor: Pick<Engine, 'network'>,
): DenseNetwork {
  const untrained = processor.network(layers, batchSize);
  const rowsAtOnce = Math.max(batchSize, fewestRows);
  const nOutputs = layers[layers.length - 1].nOutputs;
  let onCard: CardLayers | undefined;
  let disposed = false;

  async function train(X: Matrix, Y: Matrix, learningRate: number): Promise<number> {
    if (disposed) throw new AppError('internal', 'The network was disposed of already.');
    assertColumns(X, layers[0].nInputs);
    assertColumns(Y, nOutputs);
    if (onCard !== undefined || X.nSamples === 0) return learn(X, Y, learningRate);
    onCard = createCardLayers(card, layers, batchSize, rowsAtOnce);
    const nFirst = Math.min(batchSize, X.nSamples);
    const [firstX, firstY] = [rowsOf(X, 0, nFirst), rowsOf(Y, 0, nFirst)];
    const loss = await learn(firstX, firstY, learningRate);
    const expected = await untrained.train(firstX, firstY, learningRate);
    const [own, theirs] = [await onCard.layers(), await untrained.layers()];
    if (!isSameLesson(loss, expected, own, theirs, learningRate)) throw wrongLesson();
    const [restX, restY] = [X, Y].map((all) => rowsOf(all, nFirst, all.nSamples));
    return loss + (await learn(restX, restY, learningRate));
  }

  function learn(X: Matrix, Y: Matrix, learningRate: number): Promise<number> {
    return onCard?.train(X, Y, learningRate) ?? Promise.resolve(0);
  }

  async function forward(X: Matrix): Promise<Float32Array> {
    if (onCard === undefined) return untrained.forward(X);
    if (disposed) throw new AppError('internal', 'The network was disposed of already.');
    assertColumns(X, layers[0].nInputs);
    const outputs = await onCard.forward(X);
    await spotCheck(await onCard.layers(), X, outputs);
    return outputs;
  }

  /** Rows spread evenly, by the weights that the card has: a card that lost its memory goes on returning numbers. */
  async function spotCheck(now: DenseLayer[], X: Matrix, outputs: Float32Array): Promise<void> {
    const nRows = Math.min(spotChecks, X.nSamples);
    const rows = Int32Array.from({ length: nRows }, (_, i) => Math.floor((i * X.nSamples) / nRows));
    const network = processor.network(now, Math.max(1, nRows));
    try {
      const expected = await network.forward(takeRows(X, rows));
      rows.forEach((row, i) => {
        const from = expected.subarray(i * nOutputs, (i + 1) * nOutputs);
        const found = outputs.subarray(row * nOutputs, (row + 1) * nOutputs);
        if (!areNear(from, found)) throw wrongOutputs(row);
      });
    } finally {
      network.dispose();
    }
  }

  return {
    train,
    forward,
    layers: () => onCard?.layers() ?? untrained.layers(),
    dispose() {
      if (disposed) return;
      disposed = true;
      onCard?.free();
      untrained.dispose();
    },
  };
}

/** Rows from `first` to before `end`, where they lie. */
export function rowsOf({ data, nFeatures }: Matrix, first: number, end: number): Matrix {
  return matrix(data.subarray(first * nFeatures, end * nFeatures), end - first, nFeatures);
}

/**
 * A step of Adam from the start moves every weight by the learning rate, whatever the size of its gradient. A gradient that is
 * nothing but rounding may have either sign, so some weights may differ, and without errors all of them.
 */
function isSameLesson(
  loss: number,
  expected: number,
  own: readonly DenseLayer[],
  theirs: readonly DenseLayer[],
  learningRate: number,
): boolean {
  if (!Number.isFinite(expected)) return true;
  if (!(Math.abs(loss - expected) <= 1e-3 * expected + 1e-9)) return false;
  if (expected < 1e-6) return true;
  const all = (layers: readonly DenseLayer[]) =>
    layers.flatMap(({ weights, biases }) => [...weights, ...biases]);
  const found = all(own);
  const odd = all(theirs).filter(
    (weight, at) => !(Math.abs(found[at] - weight) <= learningRate / 10),
  );
  return odd.length <= found.length / 10;
}

function areNear(expected: Float32Array, found: Float32Array): boolean {
  const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  // Beyond all numbers: training went astray, which is told elsewhere.
  if (!Number.isFinite(size)) return true;
  return expected.every((value, at) => Math.abs(found[at] - value) <= 1e-3 * size);
}

function wrongLesson(): AppError {
  return new AppError(
    'engine-failed',
    'The graphics card learned something else from the first rows than the processor; its results cannot be used.',
  );
}

function wrongOutputs(row: number): AppError {
  return new AppError(
    'engine-failed',
    `The graphics card returned wrong outputs of a network for row ${row + 1}; its results cannot be used.`,
    { row },
  );
}
