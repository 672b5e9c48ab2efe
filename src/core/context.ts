import type { Engine } from './engine';

/** What a step may use besides its inputs: the kernels, a way to tell how far it is, and a place to be cancelled. */
export interface Context {
  readonly engine: Engine;
  /** Tells how much of the running step is done. Cheap: whoever listens limits the rate. */
  progress(done: number, total: number): void;
  /**
   * Call between pieces of work of a few milliseconds. Gives the event loop a turn when enough time has passed,
   * so that a cancel can arrive.
   * @throws CancelledError after the user cancelled
   */
  readonly breathe: () => Promise<void>;
}
