/**
 * Results by key, the least recently used dropped when their bytes exceed the limit. It stores promises, so that two
 * requests for the same result share one computation; what fails or is cancelled is forgotten.
 */
export class ResultCache {
  readonly #entries = new Map<string, { promise: Promise<unknown>; bytes: number }>();
  readonly #limit: number;
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
    const entry = { promise: compute(), bytes: 0 };
    this.#entries.set(key, entry);
    entry.promise.then(
      (value) => {
        if (this.#entries.get(key) !== entry) return;
        entry.bytes = typedBytes(value);
        this.#bytes += entry.bytes;
        this.#shrink();
      },
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      },
    );
    return entry.promise;
  }

  #shrink(): void {
    for (const [key, { bytes }] of this.#entries) {
      if (this.#bytes <= this.#limit || this.#entries.size <= 1) return;
      this.#entries.delete(key);
      this.#bytes -= bytes;
    }
  }
}

/** Bytes of the typed arrays and strings in a value: what makes results big. */
export function typedBytes(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + typedBytes(item), 0);
  if (value === null || typeof value !== 'object') return 8;
  return Object.values(value).reduce<number>((sum, item) => sum + typedBytes(item), 0);
}
