import type { Queries, QueryKind } from '../contract/queries';
import { AppError, CancelledError } from '../core/errors';
import type { Workbench } from '../state/workbench.svelte';
import { released } from './press';

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
      async (value) => {
        // A first answer takes more room than the words that stood in its place.
        if (current === undefined) await released();
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

/**
 * The same about the story that a component shows, which comes there after the settings that it was made by
 * (`InTurn.svelte`): nothing is asked until the two belong together, and an answer is there only beside the story, and
 * for the question, that it was given to.
 *
 * @param question undefined: there is nothing to ask at the moment
 */
export function askedOfStory<Kind extends QueryKind>(
  shown: () => { readonly workbench: Workbench; readonly story: object },
  kind: Kind,
  question: () => Queries[Kind]['question'] | undefined,
): Asked<Queries[Kind]['answer']> {
  const answer = asked((signal, onShare) => {
    const { workbench, story } = shown();
    const about = { story, question: question() };
    const isNewest = workbench.state === 'ready' && workbench.story === story;
    if (!isNewest || about.question === undefined) return null;
    return workbench.ask(kind, about.question, signal, onShare).then((value) => ({ value, about }));
  });
  const isOfThis = ({ about }: { about: { story: object; question: unknown } }) =>
    about.story === shown().story && JSON.stringify(about.question) === JSON.stringify(question());
  const current = $derived(
    answer.current !== undefined && isOfThis(answer.current) ? answer.current.value : undefined,
  );
  return {
    get current() {
      return current;
    },
    get error() {
      return answer.error;
    },
    get isWaiting() {
      return answer.isWaiting;
    },
    get share() {
      return answer.share;
    },
  };
}
