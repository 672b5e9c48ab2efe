/** How long nothing may change before it is written, in milliseconds. */
export const quietTime = 300;
/** How long the first change waits at most, however many follow it. */
export const longestWait = 1000;

/**
 * Writes a little after the last change, and never later than a second after the first that was not written. One write
 * at a time: what changes during one is written by the next. What could not be written stays due: the next flush tries again.
 */
export class Autosave {
  readonly #write: () => Promise<boolean>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first change came that is not written yet. */
  #since: number | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** @param write must not reject; false: nothing was written */
  constructor(write: () => Promise<boolean>) {
    this.#write = write;
  }

  /** Something changed. */
  touch(): void {
    const now = Date.now();
    this.#since ??= now;
    clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(quietTime, this.#since + longestWait - now));
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  /** Writes what has changed now. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#since !== undefined) {
      const since = this.#since;
      this.#since = undefined;
      this.#writing = this.#writing.then(async () => {
        if (!(await this.#write())) this.#since ??= since;
      });
    }
    return this.#writing;
  }

  /** What has not been written is not to be written any more. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#since = undefined;
  }
}
