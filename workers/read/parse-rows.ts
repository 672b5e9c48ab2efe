import { noVotes } from '../../src/core/table/decimal-mark';
import { missingRule, type MissingRule } from '../../src/core/table/missing';
import { rangeOf } from '../../src/core/table/missing-codes';
import { MissingTally } from '../../src/core/table/missing-tally';
import { afterLine, fieldEnd, fieldText, notPlain, splitLine } from './fields';
import { gatherCells } from './gather-cells';
import { nSorts, plainNumber, Sort, sortOf } from './plain-number';
import { readNumberAt } from './number-at';
import { maxSetAside, textOfRow } from './set-aside';
import type { SliceSpace } from './slice-space';
import type { LongRow, NumberPiece, SlicePlan, SliceResult, WordPiece } from './slice-types';

/** Short rows of which the line is kept. */
const shownShort = 5;

/** What `#takeSpare` says of a field that holds something. */
const spare = -2;

/**
 * Parses the lines in a space; the last one has its line end.
 *
 * @returns null when something is not plain
 */
export function parseRows(space: SliceSpace, plan: SlicePlan): SliceResult {
  const rows = new RowsUnderWay(space, plan);
  for (let at = 0; ;) {
    at = space.takeLines(at);
    if (at >= space.bytes.length) break;
    at = rows.takeLine(at);
    if (at === notPlain) return null;
  }
  return rows.finish();
}

/** The cells of a column of numbers that are none. */
interface OtherCells {
  readonly rows: number[];
  readonly starts: number[];
  readonly ends: number[];
  /** Missing cells that are not blank. */
  readonly missing: MissingTally;
  nMissing: number;
}

class RowsUnderWay {
  readonly #space: SliceSpace;
  readonly #plan: SlicePlan;
  readonly #others: readonly OtherCells[];
  readonly #missing: MissingRule;
  /** The missing cells of the line under way that are not blank. */
  #tokens: { readonly column: number; readonly token: string }[] = [];
  readonly #otherLines: number[] = [];
  readonly #setAside: LongRow[] = [];
  #nSetAside = 0;
  readonly #shortLines: number[] = [];
  #nShort = 0;

  constructor(space: SliceSpace, plan: SlicePlan) {
    this.#space = space;
    this.#plan = plan;
    this.#missing = missingRule(plan.missing);
    this.#others = plan.columns.map(() => ({
      rows: [],
      starts: [],
      ends: [],
      missing: new MissingTally(),
      nMissing: 0,
    }));
  }

  get #nRows(): number {
    return this.#space.state[0];
  }

  get #nLines(): number {
    return this.#nRows + this.#otherLines.length;
  }

  /** Takes one line. @returns where the next one begins, or {@link notPlain} */
  takeLine(start: number): number {
    const { bytes, state } = this.#space;
    const blankEnd = this.#endOfBlank(start);
    if (blankEnd !== 0) {
      if (blankEnd !== notPlain) this.#otherLines.push(this.#nLines);
      return blankEnd;
    }
    const end = this.#takeFields(start);
    if (end === notPlain) return notPlain;
    if (end === spare) return this.#setLineAside(start);
    if (this.#tokens.length > 0) this.#countTokens();
    state[1] = start;
    state[0]++;
    return afterLine(bytes, end);
  }

  finish(): SliceResult {
    const { bytes, state } = this.#space;
    const { separator, quote } = this.#plan;
    const lastLine = this.#nRows > 0 ? splitLine(bytes, state[1], separator, quote) : null;
    return {
      nLines: this.#nLines,
      nRows: this.#nRows,
      columns: this.#plan.columns.map((_, j) => this.#piece(j)),
      otherLines: Int32Array.from(this.#otherLines),
      nSetAside: this.#nSetAside,
      setAside: this.#setAside,
      nShort: this.#nShort,
      shortLines: this.#shortLines,
      lastRow: lastLine?.fields ?? [],
    };
  }

  /** Where the line after a blank one begins; 0 when it is not blank. */
  #endOfBlank(start: number): number {
    const { bytes } = this.#space;
    const { separator, quote } = this.#plan;
    const first = bytes[start];
    if (first > 32 && first < 128 && first !== quote) return 0;
    const end = fieldEnd(bytes, start, separator, quote);
    if (end === notPlain) return notPlain;
    if (bytes[end] === separator) return 0;
    return fieldText(bytes, start, end, quote).trim() === '' ? afterLine(bytes, end) : 0;
  }

  /** Notes the fields of a line as a row. @returns where the last one ends */
  #takeFields(start: number): number {
    const { bytes, slots } = this.#space;
    const { separator } = this.#plan;
    const width = slots.length;
    let j = 0;
    for (let at = start; ; at++, j++) {
      if (j >= width) at = this.#takeSpare(at);
      else at = slots[j] >= 0 ? this.#takeNumber(j, at) : this.#takeCell(j, at);
      if (at < 0) return at;
      if (bytes[at] === separator) continue;
      if (j + 1 < width) this.#fillShortRow(j + 1);
      return at;
    }
  }

  #takeNumber(j: number, start: number): number {
    const { bytes, values, slots, capacity } = this.#space;
    const { separator, quote, mark } = this.#plan;
    const place = slots[j] * capacity + this.#nRows;
    const quick = readNumberAt(bytes, start, separator, mark, values, place);
    if (quick !== 0) {
      this.#note(j, quick & 7);
      return quick >>> 3;
    }
    const end = fieldEnd(bytes, start, separator, quote);
    if (end === notPlain) return notPlain;
    const cell = fieldText(bytes, start, end, quote);
    const value = plainNumber(cell, mark);
    values[place] = value;
    if (!Number.isNaN(value)) this.#note(j, sortOf(cell, mark));
    else if (this.#missing.isMissing(cell)) {
      this.#note(j, Sort.missing);
      const token = this.#missing.tokenOf(cell);
      if (token !== '') this.#tokens.push({ column: j, token });
    } else {
      this.#note(j, Sort.other);
      const { rows, starts, ends } = this.#others[j];
      rows.push(this.#nRows);
      starts.push(start);
      ends.push(end);
    }
    return end;
  }

  #countTokens(): void {
    for (const { column, token } of this.#tokens) {
      this.#others[column].missing.add(token);
      this.#others[column].nMissing++;
    }
    this.#tokens = [];
  }

  #note(j: number, sort: number): void {
    this.#space.last[j] = sort;
    this.#space.tally[j * nSorts + sort]++;
  }

  #takeCell(j: number, start: number): number {
    const { bytes, slots, capacity, starts, ends } = this.#space;
    const end = fieldEnd(bytes, start, this.#plan.separator, this.#plan.quote);
    if (slots[j] < -1) {
      const place = (-2 - slots[j]) * capacity + this.#nRows;
      starts[place] = start;
      ends[place] = end;
    }
    return end;
  }

  /** A field beyond the last column, which loses nothing when it is empty. @returns its end, or {@link spare} */
  #takeSpare(start: number): number {
    const { bytes } = this.#space;
    const { separator, quote } = this.#plan;
    const end = fieldEnd(bytes, start, separator, quote);
    if (end <= start) return end;
    return fieldText(bytes, start, end, quote).trim() === '' ? end : spare;
  }

  /** The cells that a short line lacks. */
  #fillShortRow(nFields: number): void {
    const { slots, capacity, values, starts, ends } = this.#space;
    for (let j = nFields; j < slots.length; j++) {
      if (slots[j] >= 0) {
        values[slots[j] * capacity + this.#nRows] = NaN;
        this.#note(j, Sort.missing);
      } else if (slots[j] < -1) {
        const place = (-2 - slots[j]) * capacity + this.#nRows;
        starts[place] = ends[place] = 0;
      }
    }
    this.#nShort++;
    if (this.#shortLines.length < shownShort) this.#shortLines.push(this.#nLines);
  }

  /** Sets a line with too many fields aside; its cells were noted already. */
  #setLineAside(start: number): number {
    const { bytes, slots, tally, last } = this.#space;
    const { separator, quote } = this.#plan;
    this.#tokens = [];
    for (let j = 0; j < slots.length; j++) {
      if (slots[j] < 0) continue;
      tally[j * nSorts + last[j]]--;
      if (last[j] !== Sort.other) continue;
      const { rows, starts, ends } = this.#others[j];
      for (const list of [rows, starts, ends]) list.pop();
    }
    const line = splitLine(bytes, start, separator, quote);
    if (line === null) return notPlain;
    if (this.#setAside.length < maxSetAside) {
      const mark = String.fromCharCode(quote);
      const text = textOfRow(line.fields, String.fromCharCode(separator), mark, mark);
      this.#setAside.push({ line: this.#nLines, nFields: line.fields.length, text });
    }
    this.#nSetAside++;
    this.#otherLines.push(this.#nLines);
    return line.next;
  }

  #piece(j: number): NumberPiece | WordPiece | null {
    const { bytes, slots, capacity, values, starts, ends } = this.#space;
    const { quote } = this.#plan;
    if (slots[j] === -1) return null;
    if (slots[j] >= 0) {
      const from = slots[j] * capacity;
      return this.#numberPiece(j, values.slice(from, from + this.#nRows));
    }
    const from = (-2 - slots[j]) * capacity;
    const [columnStarts, columnEnds] = [starts.subarray(from), ends.subarray(from)];
    const cells = gatherCells(bytes, columnStarts, columnEnds, this.#nRows, quote);
    return { kind: 'cells', ...cells };
  }

  #numberPiece(j: number, values: Float64Array<ArrayBuffer>): NumberPiece {
    const { bytes, tally } = this.#space;
    const { quote, mark } = this.#plan;
    const { rows, starts, ends, missing, nMissing } = this.#others[j];
    const { votes, ...others } =
      rows.length > 0 ? gatherCells(bytes, starts, ends, rows.length, quote) : noCells();
    const [allMissing, whole, marked, ambiguous, exponent] = tally.subarray(j * nSorts);
    missing.add('', allMissing - nMissing);
    const isPoint = mark === 46;
    return {
      kind: 'number',
      values,
      range: rangeOf(values),
      nPlain: whole + marked + ambiguous + exponent,
      nWithMark: marked + ambiguous + exponent,
      votes: {
        point: votes.point + (isPoint ? marked : 0),
        comma: votes.comma + (isPoint ? 0 : marked),
        eitherWithPoint: votes.eitherWithPoint + (isPoint ? ambiguous : 0),
        eitherWithComma: votes.eitherWithComma + (isPoint ? 0 : ambiguous),
      },
      missing: [...missing],
      others,
      otherRows: Int32Array.from(rows),
    };
  }
}

function noCells() {
  return { bytes: new Uint8Array(), ends: new Uint32Array(), votes: noVotes() };
}
