import { AppError, CancelledError } from '../core/errors';

/** An answer of the worker, as a component shows it. */
export interface Asked<T> {
  /** The newest answer; an older one stays until a newer is there. */
  readonly current: T | undefined;
  /** Why there is no answer; ''. */
  readonly error: string;
  readonly isWaiting: boolean;
  /** How much of the answer is worked out, 0 … 1, where the worker tells. */
  readonly share: number;
}

/**
 * Asks the worker while a component is there, and again whenever what `ask` reads has changed; a question that is not
 * of interest any more is taken back. Call it while the component is set up.
 *
 * @param ask null: there is nothing to ask at the moment
 */
export function asked<T>(
  ask: (signal: AbortSignal, onShare: (share: number) => void) => Promise<T> | null,
): Asked<T> {
  let current = $state.raw<T>();
  let error = $state.raw('');
  let isWaiting = $state.raw(false);
  let share = $state.raw(0);
  $effect(() => {
    const abort = new AbortController();
    const answer = ask(abort.signal, (done) => {
      if (!abort.signal.aborted) share = done;
    });
    // Nothing to wait for: whatever was asked before has been taken back.
    isWaiting = answer !== null;
    if (answer === null) return;
    share = 0;
    answer.then(
      (value) => {
        if (abort.signal.aborted) return;
        current = value;
        error = '';
        isWaiting = false;
      },
      (reason: unknown) => {
        if (abort.signal.aborted || reason instanceof CancelledError) return;
        error = reason instanceof AppError ? reason.message : String(reason);
        isWaiting = false;
      },
    );
    return () => abort.abort();
  });
  return {
    get current() {
      return current;
    },
    get error() {
      return error;
    },
    get isWaiting() {
      return isWaiting;
    },
    get share() {
      return share;
    },
  };
}
