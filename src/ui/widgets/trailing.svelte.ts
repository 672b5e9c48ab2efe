import { untrack } from 'svelte';
import { turn } from './InTurn.svelte';

/**
 * What `read` gives, every other value in a task of its own: where much of the page hangs on a value, it would stop the
 * page to change all at once. A first value comes at once, and so does its end (null). To be called while a component is
 * made.
 */
export function trailing<T>(read: () => T | null): { readonly current: T | null } {
  let current = $state.raw(untrack(read));
  $effect.pre(() => {
    const next = read();
    if (next === null || untrack(() => current) === null) current = next;
    else void turn().then(() => (current = read()));
  });
  return {
    get current() {
      return current;
    },
  };
}
