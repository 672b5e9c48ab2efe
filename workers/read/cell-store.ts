import type { Cells } from '../../src/core/table/cells';

/** Cells written one after the other into one string, which takes a fraction of the room of an array of strings. */
interface Block {
  readonly text: string;
  /** Where each cell ends in `text`. */
  readonly ends: Uint32Array;
}

const blockLength = 16_384;

/** The cells of one column, collected row by row. */
export class ColumnCells implements Cells {
  readonly #blocks: Block[] = [];
  #open: string[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(cell: string): void {
    this.#open.push(cell);
    this.#length++;
    if (this.#open.length === blockLength) {
      this.#blocks.push(closeBlock(this.#open));
      this.#open = [];
    }
  }

  each(visit: (cell: string, row: number) => boolean): void {
    let row = 0;
    for (const { text, ends } of this.#blocks) {
      let start = 0;
      for (const end of ends) {
        if (!visit(text.slice(start, end), row++)) return;
        start = end;
      }
    }
    for (const cell of this.#open) if (!visit(cell, row++)) return;
  }
}

function closeBlock(cells: readonly string[]): Block {
  const ends = new Uint32Array(cells.length);
  let end = 0;
  for (let i = 0; i < cells.length; i++) {
    end += cells[i].length;
    ends[i] = end;
  }
  return { text: cells.join(''), ends };
}
