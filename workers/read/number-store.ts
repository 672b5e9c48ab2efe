import type { NumberCells } from '../../src/core/table/cells';
import { noVotes, type DecimalVotes } from '../../src/core/table/decimal-mark';
import { joinRanges, type ValueRange } from '../../src/core/table/missing-codes';
import { MissingTally } from '../../src/core/table/missing-tally';
import type { DecimalMark } from '../../src/core/table/read-params';
import { textOf } from './fields';
import type { NumberPiece } from './slice-types';

interface OtherCells {
  readonly text: string;
  readonly ends: Uint32Array;
  readonly rows: Int32Array;
  readonly firstRow: number;
}

/** The numbers of one column, collected slice by slice. */
export class ColumnNumbers {
  readonly #mark: DecimalMark;
  #values = new Float64Array();
  readonly #others: OtherCells[] = [];
  readonly #votes = noVotes();
  readonly #missing = new MissingTally();
  #length = 0;
  #nPlain = 0;
  #range: ValueRange = { least: Infinity, most: -Infinity };
  #nWithMark = 0;

  constructor(mark: DecimalMark) {
    this.#mark = mark;
  }

  /** @param expected about how many there will be in the end */
  append(piece: NumberPiece, expected: number): void {
    const { values, nPlain, nWithMark, votes, others, otherRows } = piece;
    this.#add(values, expected);
    if (otherRows.length > 0) {
      const text = textOf(others.bytes, 0, others.bytes.length);
      this.#others.push({ text, ends: others.ends, rows: otherRows, firstRow: this.#length });
    }
    this.#length += values.length;
    this.#nPlain += nPlain;
    this.#range = joinRanges(this.#range, piece.range);
    this.#nWithMark += nWithMark;
    this.#missing.addAll(piece.missing);
    for (const key of Object.keys(votes) as (keyof DecimalVotes)[]) this.#votes[key] += votes[key];
  }

  #add(values: Float64Array<ArrayBuffer>, expected: number): void {
    const length = this.#length + values.length;
    if (this.#length === 0 && expected <= length) {
      this.#values = values;
      return;
    }
    if (length > this.#values.length) {
      // Pages that are never written to take no memory: a little too much does not matter.
      const larger = new Float64Array(Math.max(length, Math.ceil(1.03 * expected)));
      larger.set(this.#values.subarray(0, this.#length));
      this.#values = larger;
    }
    this.#values.set(values, this.#length);
  }

  finish(): NumberCells {
    const others = this.#others;
    return {
      length: this.#length,
      values: this.#values.subarray(0, this.#length),
      nPlain: this.#nPlain,
      range: this.#range,
      mark: this.#mark,
      nWithMark: this.#nWithMark,
      votes: this.#votes,
      missing: this.#missing,
      eachOther(visit) {
        for (const { text, ends, rows, firstRow } of others) {
          let start = 0;
          for (let i = 0; i < ends.length; i++) {
            if (!visit(text.slice(start, ends[i]), firstRow + rows[i])) return;
            start = ends[i];
          }
        }
      },
    };
  }
}
