import type { Cells } from '../../src/core/table/cells';
import type { DecimalVotes } from '../../src/core/table/decimal-mark';

/** Cells written one after the other into one string, which takes a fraction of the room of an array of strings. */
interface Block {
  readonly text: string;
  readonly nCells: number;
  /** Where each cell ends in `text`; the length of each where all are equally long, as numbers of customers are. */
  readonly ends: Uint32Array | number;
}

const blockLength = 16_384;

/** The cells of one column, collected row by row or piece by piece. */
export class ColumnCells implements Cells {
  /** Public, so that their size can be told. */
  readonly blocks: Block[] = [];
  /** The row with which each block begins. */
  readonly #firstRows: number[] = [];
  #open: string[] = [];
  #length = 0;
  /** The block that was looked into last. */
  #current = 0;
  votes: DecimalVotes | undefined;

  get length(): number {
    return this.#length;
  }

  push(cell: string): void {
    this.#open.push(cell);
    this.#length++;
    if (this.#open.length === blockLength) this.close();
  }

  /** Adds many cells at once. */
  append(text: string, ends: Uint32Array): void {
    this.close();
    if (ends.length === 0) return;
    this.#add({ text, nCells: ends.length, ends: widthOf(ends) ?? ends }, this.#length);
    this.#length += ends.length;
  }

  /** Writes the cells that were added one by one into a block. */
  close(): void {
    if (this.#open.length === 0) return;
    this.#add(closeBlock(this.#open), this.#length - this.#open.length);
    this.#open = [];
  }

  each(visit: (cell: string, row: number) => boolean): void {
    this.close();
    let row = 0;
    for (const { text, nCells, ends } of this.blocks) {
      let start = 0;
      for (let i = 0; i < nCells; i++) {
        const end = typeof ends === 'number' ? start + ends : ends[i];
        if (!visit(text.slice(start, end), row++)) return;
        start = end;
      }
    }
  }

  at(row: number): string {
    this.close();
    const first = this.#firstRows[this.#current];
    const isThere = row >= first && row - first < this.blocks[this.#current].nCells;
    if (!isThere) this.#current = this.#blockOf(row);
    const { text, ends } = this.blocks[this.#current];
    const i = row - this.#firstRows[this.#current];
    if (typeof ends === 'number') return text.slice(i * ends, (i + 1) * ends);
    return text.slice(i === 0 ? 0 : ends[i - 1], ends[i]);
  }

  #add(block: Block, firstRow: number): void {
    this.blocks.push(block);
    this.#firstRows.push(firstRow);
  }

  #blockOf(row: number): number {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#firstRows[middle] <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function closeBlock(cells: readonly string[]): Block {
  const ends = new Uint32Array(cells.length);
  let end = 0;
  for (let i = 0; i < cells.length; i++) {
    end += cells[i].length;
    ends[i] = end;
  }
  return { text: cells.join(''), nCells: cells.length, ends: widthOf(ends) ?? ends };
}

/** The length of each cell, if all are equally long. */
function widthOf(ends: Uint32Array): number | undefined {
  const width = ends[0];
  for (let i = 1; i < ends.length; i++) if (ends[i] - ends[i - 1] !== width) return undefined;
  return width;
}
