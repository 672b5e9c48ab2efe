import type { Descent, LoadedMatrix, Run, StopRule } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import { lloyd } from '../../src/core/learn/lloyd';
import type { Matrix } from '../../src/core/matrix';
import { mostLabellings, type Labelling } from './card-assign';
import { plainPartition } from './plain-partition';
import { createRounds } from './rounds';
import { createTurns } from './turns';
import { watchPartition } from './watch';

/** Labels that are held for one descent: 64 MB. */
const mostLabels = 2 ** 24;

/**
 * `LoadedMatrix.descend` for a card: the starts go in step, so that each iteration of all of them is one pass over the
 * rows. Each start alone does what it would do alone.
 *
 * @param assignAll writes several labellings with equally many clusters
 */
export function descendOnCard(
  X: Matrix,
  assignAll: (labellings: readonly Labelling[]) => Promise<void>,
  processor: Pick<LoadedMatrix, 'inertias'>,
): LoadedMatrix['descend'] {
  const turns = createTurns(1);
  const most = Math.max(1, Math.min(mostLabellings, Math.floor(mostLabels / X.nSamples)));

  async function together(
    starts: readonly Float64Array[],
    stop: StopRule,
    rest: () => Promise<void>,
  ): Promise<Run[]> {
    const rounds = createRounds(starts.length, assignAll);
    const outcomes = await Promise.allSettled(
      starts.map(async (start) => {
        const nClusters = start.length / X.nFeatures;
        const assign = (centers: Float64Array, _: number, labels: Int32Array) =>
          rounds.take({ centers, nClusters, labels });
        const partition = plainPartition(X, { inertias: processor.inertias, assign }, nClusters);
        try {
          return await lloyd(X, watchPartition(partition, X.nSamples), start, stop, rest);
        } finally {
          partition.dispose();
          rounds.leave();
        }
      }),
    );
    return outcomes.map((outcome) => {
      if (outcome.status === 'fulfilled') return outcome.value;
      throw outcome.reason;
    });
  }

  return (starts, stop, rest) =>
    // A single one is what somebody waits for.
    turns.take(async () => {
      const inertias: number[] = [];
      let best: Run | undefined;
      for (let first = 0; first < starts.length; first += most) {
        for (const run of await together(starts.slice(first, first + most), stop, rest)) {
          inertias.push(run.inertia);
          if (best === undefined || run.inertia < best.inertia) best = run;
        }
      }
      if (best !== undefined) return { best, inertias } satisfies Descent;
      throw new AppError('setting-invalid', 'K-Means needs at least one start.');
    }, starts.length === 1);
}
