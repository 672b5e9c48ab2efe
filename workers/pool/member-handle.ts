import { wrap, type Remote } from 'comlink';
import type { Result } from '../../src/contract/api';
import { toException } from '../../src/contract/wire-error';
import type { MemberApi } from './member-api';

/** The part of a Worker that the pool needs; a MessagePort in tests. */
export interface MemberThread {
  postMessage: Worker['postMessage'];
  addEventListener: Worker['addEventListener'];
  removeEventListener: Worker['removeEventListener'];
  terminate(): void;
}

/** A worker of the pool has stopped. Its work can be done by another. */
export class MemberLost extends Error {}

/** How long a worker may be silent while something is asked of it, in milliseconds, and how often it is asked. */
const patience = 6_000;
const pingInterval = 1_500;

/** A running worker of the pool. What is asked of one that stops is rejected with `MemberLost`. */
export class Member {
  lost = false;
  /** What it was given, by number. */
  readonly #given = new Map<number, Promise<void>>();
  readonly #thread: MemberThread;
  readonly #api: Remote<MemberApi>;
  readonly #died: Promise<never>;
  #die: (error: Error) => void = () => undefined;
  #nCalls = 0;
  #watch: ReturnType<typeof setInterval> | undefined;
  #lastHeard = 0;

  constructor(thread: MemberThread) {
    this.#thread = thread;
    this.#died = new Promise<never>((_, reject) => (this.#die = reject));
    this.#died.catch(() => undefined);
    thread.addEventListener('error', this.#fail);
    thread.addEventListener('messageerror', this.#fail);
    this.#api = wrap<MemberApi>(thread);
  }

  /** @throws MemberLost, or what the work throws */
  async call<T>(ask: (api: Remote<MemberApi>) => Promise<Result<T>>): Promise<T> {
    if (this.lost) throw new MemberLost();
    this.#begin();
    try {
      const result = await Promise.race([ask(this.#api), this.#died]);
      if (result.ok) return result.value;
      throw toException(result.error);
    } finally {
      this.#end();
    }
  }

  /** Gives it something that it keeps under a number, if it has not got it. */
  give(id: number, send: (api: Remote<MemberApi>) => Promise<Result<void>>): Promise<void> {
    const given = this.#given.get(id) ?? this.call(send);
    this.#given.set(id, given);
    return given;
  }

  forget(id: number): void {
    if (!this.#given.delete(id) || this.lost) return;
    this.call((api) => api.forget(id)).catch(() => undefined);
  }

  terminate(): void {
    this.lost = true;
    clearInterval(this.#watch);
    this.#thread.terminate();
    this.#die(new MemberLost());
  }

  readonly #fail = (event: Event): void => {
    event.preventDefault();
    this.terminate();
  };

  /** A worker can vanish without an event, so one that is at work is asked now and then whether it is there. */
  #begin(): void {
    if (this.#nCalls++ > 0) return;
    this.#lastHeard = performance.now();
    this.#watch = setInterval(() => {
      if (performance.now() - this.#lastHeard > patience) this.terminate();
      else void this.#api.ping().then(() => (this.#lastHeard = performance.now()));
    }, pingInterval);
  }

  #end(): void {
    if (--this.#nCalls === 0) clearInterval(this.#watch);
  }
}
