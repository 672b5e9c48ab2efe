import { AppError, CancelledError } from '../core/errors';

/** An answer that somebody asked for, of a question that takes a while. */
export interface OnDemand<T> {
  /** The last answer, also one to other settings; undefined: there is none yet. */
  readonly current: T | undefined;
  /** It is the answer for the settings of now. */
  readonly isCurrent: boolean;
  /** Why there is no answer; ''. */
  readonly error: string;
  readonly isRunning: boolean;
  /** How much of the answer is worked out, 0 … 1. */
  readonly share: number;
  readonly start: () => Promise<void>;
  /** Takes the question back. */
  readonly stop: () => void;
}

/**
 * Asks the worker when somebody wants to know, tells how far it has got, and can be stopped. Call it while the component
 * is set up: with that the question goes.
 *
 * @param keyOf all that the answer depends on
 */
export function onDemand<T>(
  keyOf: () => string,
  ask: (signal: AbortSignal, onShare: (share: number) => void) => Promise<T>,
): OnDemand<T> {
  let answer = $state.raw<{ readonly value: T; readonly key: string }>();
  let running = $state.raw<AbortController | null>(null);
  let error = $state.raw('');
  let share = $state.raw(0);
  const key = $derived(keyOf());
  const stop = () => running?.abort();
  $effect(() => stop);

  async function start(): Promise<void> {
    stop();
    const abort = new AbortController();
    running = abort;
    error = '';
    share = 0;
    const madeFrom = key;
    const tell = (done: number) => {
      if (running === abort) share = done;
    };
    try {
      answer = { value: await ask(abort.signal, tell), key: madeFrom };
    } catch (reason) {
      if (running === abort && !(reason instanceof CancelledError)) {
        error = reason instanceof AppError ? reason.message : String(reason);
      }
    } finally {
      if (running === abort) running = null;
    }
  }

  return {
    get current() {
      return answer?.value;
    },
    get isCurrent() {
      return answer !== undefined && answer.key === key;
    },
    get error() {
      return error;
    },
    get isRunning() {
      return running !== null;
    },
    get share() {
      return share;
    },
    start,
    stop,
  };
}
