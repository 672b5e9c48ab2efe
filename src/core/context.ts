import type { Engine } from './engine';
import type { EpochLoss } from './learn/train-network';

/** What a step may use besides its inputs: the kernels, a way to tell how far it is, and a place to be cancelled. */
export interface Context {
  readonly engine: Engine;
  /**
   * Tells how much of the running step is done. Cheap: whoever listens limits the rate.
   *
   * @param losses of a network that is learning, so far
   */
  progress(done: number, total: number, losses?: readonly EpochLoss[]): void;
  /**
   * Call between pieces of work of a few milliseconds. Gives the event loop a turn when enough time has passed,
   * so that a cancel can arrive.
   * @throws CancelledError after the user cancelled
   */
  readonly breathe: () => Promise<void>;
}

/** For a part of a step: what it tells of itself becomes the share of the step from `from` to `to`. */
export function part<C extends Pick<Context, 'progress'>>(ctx: C, from: number, to: number): C {
  const progress: Context['progress'] = (done, total) =>
    ctx.progress(from + (to - from) * (total > 0 ? done / total : 1), 1);
  return { ...ctx, progress };
}
