/**
 * Results by key, the least recently used dropped when their bytes exceed the limit. It stores promises, so that two
 * requests for the same result share one computation; what fails or is cancelled is forgotten.
 */
export class ResultCache {
  /** `bytes` is undefined while the result is being computed. */
  readonly #entries = new Map<string, { promise: Promise<unknown>; bytes: number | undefined }>();
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
    const promise = compute();
    const entry: { promise: Promise<T>; bytes: number | undefined } = { promise, bytes: undefined };
    this.#entries.set(key, entry);
    promise.then(
      (value) => {
        const bytes = typedBytes(value);
        entry.bytes = bytes;
        this.#bytes += bytes;
        this.#shrink();
      },
      () => this.#entries.delete(key),
    );
    return promise;
  }

  /** What is still being computed stays: dropping it would free nothing and let a twin compute it again. */
  #shrink(): void {
    for (const [key, { bytes }] of this.#entries) {
      if (this.#bytes <= this.#limit || this.#entries.size <= 1) return;
      if (bytes === undefined) continue;
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
