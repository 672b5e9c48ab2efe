import type { DenseNetwork, Engine } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import type { DenseLayer } from '../../src/core/learn/dense-layer';
import type { Matrix } from '../../src/core/matrix';
import { rowsOf } from './card-network';
import type { Choice } from './faster';
import { inWords, leastToPay, timed, type Times } from './race';

/**
 * A network by whichever is measured to be faster on its first batch: below 4 ms a batch the card is not asked. What was
 * learned from that batch is not lost. Where the card trains and then fails, the error is thrown: nobody else has its weights.
 */
export function fasterNetwork(
  layers: readonly DenseLayer[],
  batchSize: number,
  card: Pick<Engine, 'network'>,
  processor: Pick<Engine, 'network'>,
  choose: Choice,
): DenseNetwork {
  let network = processor.network(layers, batchSize);
  let isChosen = false;

  /** The first batch on both. @returns its loss */
  async function chooseOn(X: Matrix, Y: Matrix, learningRate: number): Promise<number> {
    let loss = 0;
    const time = await timed(async () => (loss = await network.train(X, Y, learningRate)));
    if (time < leastToPay || choose.hasFailed()) return loss;
    const idle: DenseNetwork[] = [];
    const start = () => {
      const own = card.network(layers, batchSize);
      idle.push(own);
      return own;
    };
    try {
      const trial = start();
      // The first time compiles, and is compared with what the processor learns.
      await trial.train(X, Y, learningRate);
      const times: Times = {
        card: await timed(() => trial.train(X, Y, learningRate)),
        processor: time,
      };
      const cardWins = times.card < times.processor;
      choose.tell(
        cardWins,
        `Measured on this job: a batch of the network takes ${inWords(times)}.`,
      );
      if (!cardWins) return loss;
      const chosen = start();
      const own = await chosen.train(X, Y, learningRate);
      idle.splice(idle.indexOf(chosen), 1, network);
      network = chosen;
      return own;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'engine-failed') throw error;
      choose.giveUp(error);
      return loss;
    } finally {
      for (const each of idle) each.dispose();
    }
  }

  return {
    async train(X, Y, learningRate) {
      if (isChosen || X.nSamples === 0) return network.train(X, Y, learningRate);
      isChosen = true;
      const nFirst = Math.min(batchSize, X.nSamples);
      const parts = (all: Matrix) => [rowsOf(all, 0, nFirst), rowsOf(all, nFirst, all.nSamples)];
      const [[firstX, restX], [firstY, restY]] = [parts(X), parts(Y)];
      const loss = await chooseOn(firstX, firstY, learningRate);
      return loss + (await network.train(restX, restY, learningRate));
    },
    forward: (X) => network.forward(X),
    layers: () => network.layers(),
    dispose: () => network.dispose(),
  };
}
