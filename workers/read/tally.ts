import { formatCount, listInWords } from '../../src/core/words';

const shown = 5;

/** How often something happened, and the first lines on which it did. */
export class Tally {
  readonly #lines: number[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(line: number): void {
    this.addAll(1, [line]);
  }

  /** @param lines the first of them, five if there are so many */
  addAll(count: number, lines: readonly number[]): void {
    this.#count += count;
    this.#lines.push(...lines.slice(0, shown - this.#lines.length));
  }

  /** Takes back what was added for a line: the last one. */
  removeLast(line: number): void {
    this.#count--;
    if (this.#lines.at(-1) === line) this.#lines.pop();
  }

  /** "line 2", "lines 2, 5 and 9", "lines 2, 5, 9, 11, 12 and 40 more". */
  where(): string {
    const lines = this.#lines.map(formatCount);
    return `${this.#count === 1 ? 'line' : 'lines'} ${listInWords(lines, this.#count)}`;
  }
}
