import { createMember } from '../../workers/pool/member';
import type { MemberApi } from '../../workers/pool/member-api';
import { startThread, type FakeThread } from './threads';

/** It says that it fails, or is gone without a word. */
export type Fate = 'error' | 'silence';

/** A worker of the pool, in the same event loop. */
export const startMember = (): FakeThread => startThread(createMember());

/** One that, if it must, meets its fate when it is first asked for something. */
export function mortal(method: keyof MemberApi, fate: Fate, mustDie: boolean): FakeThread {
  const api = createMember();
  if (!mustDie) return startThread(api);
  const thread = startThread({
    ...api,
    [method]: () => {
      thread.terminate();
      if (fate === 'error') thread.die('out of memory');
      return new Promise(() => undefined);
    },
  });
  return thread;
}

/** Notes which methods are called. */
export function watched(calls: string[]): MemberApi {
  const api = createMember();
  const noting = Object.entries(api).map(
    ([name, method]: [string, (...args: never[]) => unknown]) => [
      name,
      (...args: never[]) => {
        if (name !== 'ping') calls.push(name);
        return method(...args);
      },
    ],
  );
  return Object.fromEntries(noting) as MemberApi;
}
