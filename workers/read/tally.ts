import { listed, thousands } from '../../src/core/table/words';

const shown = 5;

/** How often something happened, and the first lines on which it did. */
export class Tally {
  readonly #lines: number[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(line: number): void {
    this.#count++;
    if (this.#lines.length < shown) this.#lines.push(line);
  }

  /** "line 2", "lines 2, 5 and 9", "lines 2, 5, 9, 11, 12 and 40 more". */
  where(): string {
    const lines = this.#lines.map(thousands);
    return `${this.#count === 1 ? 'line' : 'lines'} ${listed(lines, this.#count)}`;
  }
}
