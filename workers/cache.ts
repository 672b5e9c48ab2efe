import { sizeOf, type Size } from '../src/core/typed-bytes';

interface Entry {
  readonly promise: Promise<unknown>;
  /** undefined while the result is being computed. */
  size: Size | undefined;
}

/**
 * Results by key, the least recently used dropped when their bytes exceed the limit. It stores promises, so that two
 * requests for the same result share one computation; what fails or is cancelled is forgotten. A column that several
 * results hold is counted once: dropping one of them would not free it.
 */
export class ResultCache {
  readonly #entries = new Map<string, Entry>();
  readonly #limit: number;
  /** How many results hold a large part. */
  readonly #holders = new Map<object, number>();
  #bytes = 0;

  /** @param limit bytes of typed arrays to keep */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get<T>(key: string, compute: () => Promise<T>): Promise<T> {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.promise as Promise<T>;
    }
    const promise = compute();
    const entry: Entry = { promise, size: undefined };
    this.#entries.set(key, entry);
    promise.then(
      (value) => {
        entry.size = sizeOf(value);
        this.#hold(entry.size);
        this.#shrink();
      },
      () => this.#entries.delete(key),
    );
    return promise;
  }

  #hold({ large, small }: Size): void {
    this.#bytes += small;
    for (const [part, bytes] of large) {
      const nHolders = this.#holders.get(part) ?? 0;
      this.#holders.set(part, nHolders + 1);
      if (nHolders === 0) this.#bytes += bytes;
    }
  }

  #letGo({ large, small }: Size): void {
    this.#bytes -= small;
    for (const [part, bytes] of large) {
      const nHolders = (this.#holders.get(part) ?? 0) - 1;
      if (nHolders > 0) {
        this.#holders.set(part, nHolders);
        continue;
      }
      this.#holders.delete(part);
      this.#bytes -= bytes;
    }
  }

  /** What is still being computed stays: dropping it would free nothing and let a twin compute it again. */
  #shrink(): void {
    for (const [key, { size }] of this.#entries) {
      if (this.#bytes <= this.#limit || this.#entries.size <= 1) return;
      if (size === undefined) continue;
      this.#entries.delete(key);
      this.#letGo(size);
    }
  }
}
