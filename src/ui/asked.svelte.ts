import { AppError, CancelledError } from '../core/errors';

/** An answer of the worker, as a component shows it. */
export interface Asked<T> {
  /** The newest answer; an older one stays until a newer is there. */
  readonly current: T | undefined;
  /** Why there is no answer; ''. */
  readonly error: string;
  readonly isWaiting: boolean;
}

/**
 * Asks the worker while a component is there, and again whenever what `ask` reads has changed; a question that is not
 * of interest any more is taken back. Call it while the component is set up.
 *
 * @param ask null: there is nothing to ask at the moment
 */
export function asked<T>(ask: (signal: AbortSignal) => Promise<T> | null): Asked<T> {
  let current = $state.raw<T>();
  let error = $state.raw('');
  let isWaiting = $state.raw(false);
  $effect(() => {
    const abort = new AbortController();
    const answer = ask(abort.signal);
    if (answer === null) return;
    isWaiting = true;
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
  };
}
