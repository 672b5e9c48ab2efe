import type { DenseNetwork } from '../../src/core/engine';
import type { Activation, DenseLayer } from '../../src/core/learn/dense-layer';
import type { Matrix } from '../../src/core/matrix';
import type { Card, CardProgram, CardTensor } from './card';
import { stepsOfAdam } from './dense-network';
import { copyRows } from './dense-places';
import {
  activateProgram,
  backProgram,
  errorsProgram,
  gradientsProgram,
  layerProgram,
  momentsProgram,
  slopesProgram,
  stepProgram,
} from './dense-programs';

/** The layers of a network in the card's memory. */
export interface CardLayers extends Pick<DenseNetwork, 'train' | 'forward' | 'layers'> {
  free(): void;
}

/** One layer, and the programs that work on it. */
interface Place {
  readonly nInputs: number;
  readonly nOutputs: number;
  readonly activation: Activation;
  /** Even: padded nInputs, and nOutputs. */
  readonly inputWidth: number;
  readonly width: number;
  readonly sum: CardProgram;
  readonly activate: CardProgram | undefined;
  readonly differentiate: CardProgram;
  readonly remember: CardProgram;
  readonly step: CardProgram;
  /** Replaced by every step, see `dense-programs.ts`. */
  weights: CardTensor;
  moments: CardTensor;
}

/** What one batch leaves behind on its way through a layer. `values`: what comes out, the same as `sums` if linear. */
interface Trace {
  readonly sums: CardTensor;
  readonly values: CardTensor;
}

/**
 * Backpropagation and Adam as in `dense-network.ts`, by programs. Nothing but errors and weights comes back.
 *
 * @param rowsAtOnce of all matrices, whatever the size of a batch: one shape for each program
 */
export function createCardLayers(
  card: Card,
  layers: readonly DenseLayer[],
  batchSize: number,
  rowsAtOnce: number,
): CardLayers {
  const rows = even(rowsAtOnce);
  const places = layers.map((layer) => placeOf(card, layer, rows));
  const [first, last] = [places[0], places[places.length - 1]];
  const compare = errorsProgram(rows, last.width);
  const lastSlopes =
    last.activation === 'linear' ? undefined : slopesProgram(last.activation, rows, last.width);
  const nextStep = stepsOfAdam();
  /** Of the weights as they are. */
  let known: Promise<DenseLayer[]> | undefined;

  function upload(X: Matrix, from: number, nRows: number, width: number): CardTensor {
    const padded = new Float32Array(rows * width);
    copyRows(X.data.subarray(from * X.nFeatures), X.nFeatures, nRows, padded, width);
    return card.upload(padded, rows, width);
  }

  /** Sends rows through all layers. Whoever asks frees what it gets. */
  function runForward(inputs: CardTensor, traces: Trace[]): void {
    let values = inputs;
    for (const { sum, activate, weights } of places) {
      const sums = card.run(sum, [values, weights], {});
      traces.push({ sums, values: sums });
      if (activate === undefined) values = sums;
      else {
        values = card.run(activate, [sums], {});
        traces[traces.length - 1] = { sums, values };
      }
    }
  }

  /** From errors to one step of Adam. */
  function runBackward(
    inputs: CardTensor,
    traces: readonly Trace[],
    errors: CardTensor,
    factor: number,
    step: { readonly rate: number; readonly unbias: number },
  ): void {
    let deltas = errors;
    const passOn = (next: CardTensor) => {
      if (deltas !== errors) card.free([deltas]);
      deltas = next;
    };
    try {
      if (lastSlopes !== undefined) {
        passOn(card.run(lastSlopes, [errors, traces[traces.length - 1].sums], {}));
      }
      for (let l = places.length - 1; l >= 0; l--) {
        const place = places[l];
        const values = l > 0 ? traces[l - 1].values : inputs;
        const gradients = card.run(place.differentiate, [values, deltas], { factor });
        try {
          if (l > 0) {
            const { activation } = places[l - 1];
            const back = backProgram(activation, rows, place.inputWidth, place.width);
            passOn(card.run(back, [deltas, place.weights, traces[l - 1].sums], {}));
          }
          replace(place, 'moments', card.run(place.remember, [place.moments, gradients], {}));
          replace(place, 'weights', card.run(place.step, [place.weights, place.moments], step));
        } finally {
          card.free([gradients]);
        }
      }
    } finally {
      passOn(errors);
    }
  }

  function replace(place: Place, which: 'weights' | 'moments', next: CardTensor): void {
    card.free([place[which]]);
    place[which] = next;
  }

  /** One batch. @returns its errors, which are to be read */
  function learn(X: Matrix, Y: Matrix, from: number, nRows: number, rate: number): CardTensor {
    const used: CardTensor[] = [];
    const traces: Trace[] = [];
    try {
      const inputs = upload(X, from, nRows, first.inputWidth);
      used.push(inputs);
      const isSame = liesWhere(X, Y);
      const targets = isSame ? inputs : upload(Y, from, nRows, last.width);
      if (!isSame) used.push(targets);
      runForward(inputs, traces);
      const errors = card.run(compare, [traces[traces.length - 1].values, targets], { nRows });
      try {
        runBackward(inputs, traces, errors, 2 / (nRows * last.nOutputs), nextStep(rate));
      } catch (error) {
        card.free([errors]);
        throw error;
      }
      return errors;
    } finally {
      card.free([...used, ...tensorsOf(traces)]);
    }
  }

  return {
    async train(X, Y, learningRate) {
      known = undefined;
      const errors: CardTensor[] = [];
      let loss = 0;
      try {
        // All are queued before the first is read, so that nobody waits.
        for (let from = 0; from < X.nSamples; from += batchSize) {
          const nRows = Math.min(batchSize, X.nSamples - from);
          errors.push(learn(X, Y, from, nRows, learningRate));
        }
        for (let next = errors.shift(); next !== undefined; next = errors.shift()) {
          for (const error of await card.read(next)) loss += error * error;
        }
        return loss;
      } finally {
        card.free(errors);
      }
    },

    async forward(X) {
      const results = new Float32Array(X.nSamples * last.nOutputs);
      for (let from = 0; from < X.nSamples; from += rows) {
        const nRows = Math.min(rows, X.nSamples - from);
        const inputs = upload(X, from, nRows, first.inputWidth);
        const traces: Trace[] = [];
        let outputs: CardTensor | undefined;
        try {
          runForward(inputs, traces);
          outputs = traces[traces.length - 1].values;
        } finally {
          card.free([inputs, ...tensorsOf(traces).filter((tensor) => tensor !== outputs)]);
        }
        const said = await card.read(outputs);
        copyRows(said, last.width, nRows, results.subarray(from * last.nOutputs), last.nOutputs);
      }
      return results;
    },

    async layers() {
      known ??= readLayers(card, places);
      return (await known).map((layer) => ({
        ...layer,
        weights: layer.weights.slice(),
        biases: layer.biases.slice(),
      }));
    },

    free: () => card.free(places.flatMap(({ weights, moments }) => [weights, moments])),
  };
}

function placeOf(card: Card, layer: DenseLayer, rows: number): Place {
  const { nInputs, nOutputs, activation } = layer;
  const [inputWidth, width] = [even(nInputs), even(nOutputs)];
  const nRows = inputWidth + 2;
  const weights = new Float32Array(nRows * width);
  copyRows(layer.weights, nOutputs, nInputs, weights, width);
  weights.set(layer.biases, inputWidth * width);
  return {
    ...{ nInputs, nOutputs, activation, inputWidth, width },
    sum: layerProgram(rows, inputWidth, width),
    activate: activation === 'linear' ? undefined : activateProgram(activation, rows, width),
    differentiate: gradientsProgram(rows, inputWidth, width),
    remember: momentsProgram(nRows, width),
    step: stepProgram(nRows, width),
    weights: card.upload(weights, nRows, width),
    moments: card.upload(new Float32Array(nRows * 2 * width), nRows, 2 * width),
  };
}

/** A tensor that is read is freed, so a copy of the weights is read: a sum of nothing. */
async function readLayers(card: Card, places: readonly Place[]): Promise<DenseLayer[]> {
  const layers: DenseLayer[] = [];
  for (const { nInputs, nOutputs, activation, inputWidth, width, ...place } of places) {
    const none = { rate: 0, unbias: 1 };
    const said = await card.read(card.run(place.step, [place.weights, place.moments], none));
    const weights = new Float32Array(nInputs * nOutputs);
    copyRows(said, width, nInputs, weights, nOutputs);
    const start = inputWidth * width;
    layers.push({
      ...{ nInputs, nOutputs, activation, weights },
      biases: said.slice(start, start + nOutputs),
    });
  }
  return layers;
}

/** An autoencoder's targets are its inputs. */
function liesWhere(X: Matrix, Y: Matrix): boolean {
  const [a, b] = [X.data, Y.data];
  return a.buffer === b.buffer && a.byteOffset === b.byteOffset && X.nFeatures === Y.nFeatures;
}

function tensorsOf(traces: readonly Trace[]): CardTensor[] {
  return traces.flatMap(({ sums, values }) => (sums === values ? [sums] : [sums, values]));
}

function even(length: number): number {
  return 2 * Math.ceil(length / 2);
}
