import { scoreRows } from '../../src/core/score';
import { escapeWord, isFormula } from '../../src/core/table/write-csv';
import { fieldEnd, LF, CR, splitLine, textOf } from '../read/fields';
import type { SliceOfLines } from '../read/parse-slice';
import type { CellPiece, SliceRows } from '../read/slice-types';
import { createAddedCells, type AddedCells } from './added-cells';
import { countScores } from './count-scores';
import { collect } from './collect';
import { emptyTally, shownAside, type ScoredPart, type ScoreJob } from './job';
import { createInputReader, type ColumnCells } from './read-inputs';

/**
 * Scores the rows of slices of a plain file. Each line is written as it stands, byte by byte, the added cells behind it;
 * but for words that a spreadsheet would run as a formula, which get a leading '.
 */
export function createSliceScorer(job: ScoreJob): (slice: SliceOfLines) => ScoredPart {
  const readInputs = createInputReader(job);
  const addCells = createAddedCells(job.model, job.output);
  return ({ lines, rows }) => {
    const tally = emptyTally(job);
    const texts = createTexts(rows);
    const columns = readInputs((j) => cellsOf(rows, j, texts), rows.nRows, tally);
    const scores = scoreRows(job.model, columns, rows.nRows);
    countScores(job.model, scores, tally);
    rows.columns.forEach((piece, j) => piece && Object.assign(tally.votes[j], piece.votes));
    tally.nShort = rows.nShort;
    tally.nSetAside = rows.nSetAside;
    tally.setAside.push(...rows.setAside.slice(0, shownAside));
    const csv = new Blob([writeLines(lines, rows, addCells(scores), formulaRows(rows), job)]);
    const collected = collect(job, (j) => cellsOf(rows, j, texts), scores);
    return { csv, tally, nLines: rows.nLines, collected };
  };
}

type Texts = (piece: CellPiece) => readonly string[];

/** The cells of pieces as texts, each made once. */
function createTexts({ nRows }: SliceRows): Texts {
  const made = new Map<CellPiece, readonly string[]>();
  return (piece) => {
    const known = made.get(piece);
    if (known !== undefined || nRows === 0) return known ?? [];
    const text = textOf(piece.bytes, 0, piece.bytes.length);
    let start = 0;
    const cells = Array.from(piece.ends, (end) => text.slice(start, (start = end)));
    made.set(piece, cells);
    return cells;
  };
}

function cellsOf({ columns, nRows }: SliceRows, j: number, texts: Texts): ColumnCells {
  const piece = columns[j];
  if (piece === null) return { kind: 'texts', cells: Array<string>(nRows).fill('') };
  return piece.kind === 'cells'
    ? { kind: 'texts', cells: texts(piece) }
    : { kind: 'numbers', piece, others: texts(piece.others) };
}

/** The rows with a cell that a spreadsheet would run. Plain numbers are none. */
function formulaRows({ columns }: SliceRows): Set<number> {
  const found = new Set<number>();
  for (const piece of columns) {
    if (piece === null) continue;
    const { bytes, ends } = piece.kind === 'cells' ? piece : piece.others;
    const rowOf = piece.kind === 'cells' ? (i: number) => i : (i: number) => piece.otherRows[i];
    if (ends.length === 0) continue;
    if (ends[ends.length - 1] === bytes.length) {
      for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
        if (!mayStart(bytes[start]) || start === ends[i]) continue;
        if (isFormula(textOf(bytes, start, ends[i]))) found.add(rowOf(i));
      }
      continue;
    }
    const text = textOf(bytes, 0, bytes.length);
    for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
      if (isFormula(text.slice(start, ends[i]))) found.add(rowOf(i));
    }
  }
  return found;
}

/** = + - @ or white space: of ASCII, what {@link isFormula} looks at any further. */
function mayStart(code: number): boolean {
  return code <= 32 || code === 61 || code === 43 || code === 45 || code === 64;
}

function writeLines(
  lines: Uint8Array,
  rows: SliceRows,
  added: AddedCells,
  withFormula: ReadonlySet<number>,
  { width, output }: ScoreJob,
): Uint8Array<ArrayBuffer> {
  const [separator, quote] = [output.separator.charCodeAt(0), output.quote.charCodeAt(0)];
  const encoder = new TextEncoder();
  let into = new Uint8Array(lines.length + rows.nRows * (added.most + 2));
  let to = 0;
  const makeRoom = (needed: number) => {
    if (to + needed <= into.length) return;
    const larger = new Uint8Array(2 * into.length + needed);
    larger.set(into.subarray(0, to));
    into = larger;
  };
  let nextOther = 0;
  let row = 0;
  for (let start = 0, line = 0; start < lines.length; line++) {
    const lineEnd = lines.indexOf(LF, start);
    const next = lineEnd + 1;
    if (line === rows.otherLines[nextOther]) {
      nextOther++;
      start = next;
      continue;
    }
    const end = lineEnd > start && lines[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    if (withFormula.has(row)) {
      const fields = splitLine(lines, start, separator, quote)?.fields ?? [];
      const cells = Array.from({ length: width }, (_, j) =>
        escapeWord(fields[j] ?? '', output.separator, output.quote),
      );
      const text = encoder.encode(cells.join(output.separator));
      makeRoom(text.length + added.most + 2);
      into.set(text, to);
      to += text.length;
    } else {
      const shape =
        rows.nShort > 0 || mayHaveSpare(lines, start, end, separator, quote)
          ? shapeOf(lines, start, separator, quote, width)
          : { end, nMissing: 0 };
      makeRoom(shape.end - start + shape.nMissing + added.most + 2);
      into.set(lines.subarray(start, shape.end), to);
      to += shape.end - start;
      for (let n = 0; n < shape.nMissing; n++) into[to++] = separator;
    }
    to = added.write(row, into, to);
    if (output.lineEnd === '\r\n') into[to++] = CR;
    into[to++] = LF;
    row++;
    start = next;
  }
  return into.subarray(0, to);
}

/** A line may end with empty fields beyond the last column only if its last byte is one of these. */
function mayHaveSpare(
  lines: Uint8Array,
  start: number,
  end: number,
  separator: number,
  quote: number,
): boolean {
  if (end === start) return true;
  const last = lines[end - 1];
  return last === separator || last === quote || last <= 32 || last >= 128;
}

/** Where the last field of a line ends that belongs to a column, and how many columns have none. */
function shapeOf(
  lines: Uint8Array,
  start: number,
  separator: number,
  quote: number,
  width: number,
): { end: number; nMissing: number } {
  for (let j = 1, at = start; ; j++) {
    const end = fieldEnd(lines, at, separator, quote);
    if (j === width || lines[end] !== separator) return { end, nMissing: width - j };
    at = end + 1;
  }
}
