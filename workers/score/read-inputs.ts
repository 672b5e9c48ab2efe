import { countLevels, countNumbers } from '../../src/core/scoring/bins';
import type { ScoreColumn } from '../../src/core/score';
import { mayBeAValue, missingRule, type MissingRule } from '../../src/core/table/missing';
import { readNumber, readPlainNumber } from '../../src/core/table/numbers';
import type { DecimalMark, ReadParams } from '../../src/core/table/read-params';
import { isYesOrNo, meansYes } from '../../src/core/table/yes-no';
import type { NumberPiece } from '../read/slice-types';
import type { InputTally, ScoreJob, ScoreTally } from './job';

/** The cells of a column of some rows: as texts, or as numbers where they were read as such. */
export type ColumnCells =
  | { readonly kind: 'texts'; readonly cells: readonly string[] }
  | {
      readonly kind: 'numbers';
      readonly piece: NumberPiece;
      /** Those that are neither missing nor plain numbers. */
      readonly others: readonly string[];
    };

export type InputReader = (
  cellsOf: (column: number) => ColumnCells,
  nRows: number,
  tally: ScoreTally,
) => ScoreColumn[];

/** Reads the inputs of the model from cells, and counts what it finds. */
export function createInputReader(job: ScoreJob): InputReader {
  const { model, inputs, bins, decimal } = job;
  const rule = missingRule(job.missing);
  const missingNumbers = numbersAmong(job.missing, decimal);
  const ownLevels = model.inputs.map(
    (input) => new Set(input.kind === 'category' ? input.levels : []),
  );
  return (cellsOf, nRows, tally) =>
    inputs.map(({ column, how }, at): ScoreColumn => {
      const cells = cellsOf(column);
      const own = bins[at];
      const counts = tally.bins[at];
      if (how === 'category') {
        const read = readLevels(textsOf(cells, nRows), ownLevels[at], rule, tally.inputs[at]);
        if (own?.kind === 'category' && counts !== null) {
          countLevels(own.levels, read.codes, read.levels, counts);
        }
        return { kind: 'category', ...read };
      }
      const values =
        how === 'yes'
          ? readYes(textsOf(cells, nRows), rule, tally.inputs[at])
          : readNumbers(cells, rule, decimal, tally.inputs[at]);
      for (const token of missingNumbers) {
        for (let i = 0; i < nRows; i++) if (values[i] === token) values[i] = NaN;
      }
      if (own?.kind === 'number' && counts !== null) countNumbers(own.edges, values, counts);
      return { kind: 'number', values };
    });
}

/** A piece of plain numbers where texts are wanted: it was planned otherwise than it is asked for. */
export function textsOf(cells: ColumnCells, nRows: number): readonly string[] {
  if (cells.kind === 'texts') return cells.cells;
  const texts = Array.from({ length: nRows }, (_, i) => {
    const value = cells.piece.values[i];
    return Number.isNaN(value) ? '' : String(value);
  });
  cells.piece.otherRows.forEach((row, i) => (texts[row] = cells.others[i]));
  return texts;
}

function numbersAmong(tokens: ReadParams['missing'], decimal: DecimalMark): number[] {
  return (tokens === 'auto' ? [] : tokens).flatMap((token) => {
    const { kind, value } = readNumber(token, decimal, 'auto');
    return kind === 'number' ? [value] : [];
  });
}

/** By row; NaN where a cell is missing or no number. */
export function readNumbers(
  cells: ColumnCells,
  rule: MissingRule,
  decimal: DecimalMark,
  tally: InputTally,
): Float64Array {
  const read = createNumberReader(rule, decimal, tally);
  if (cells.kind === 'texts') return Float64Array.from(cells.cells, read);
  const { piece, others } = cells;
  tally.nPresent += piece.nPlain;
  piece.otherRows.forEach((row, i) => (piece.values[row] = read(others[i])));
  return piece.values;
}

/** One cell as a number, NaN where it is missing or none. Codes such as 007 are numbers: the model asks for one. */
export function createNumberReader(rule: MissingRule, decimal: DecimalMark, tally: InputTally) {
  return (cell: string): number => {
    const plain = readPlainNumber(cell, decimal);
    if (plain === plain) {
      tally.nPresent++;
      return plain;
    }
    if (rule.isMissing(cell)) return NaN;
    tally.nPresent++;
    const { kind, value } = readNumber(cell, decimal, 'auto');
    if (kind === 'number' || kind === 'code') return value;
    tally.nUnreadable++;
    return NaN;
  };
}

function readYes(cells: readonly string[], rule: MissingRule, tally: InputTally): Float64Array {
  return Float64Array.from(cells, (cell) => {
    if (rule.isMissing(cell)) return NaN;
    tally.nPresent++;
    if (isYesOrNo(cell)) return meansYes(cell) ? 1 : 0;
    tally.nUnreadable++;
    tally.nNeither++;
    return NaN;
  });
}

/** @param own levels of the model: a word that usually means "missing", such as NA, is one only if it is among them */
function readLevels(
  cells: readonly string[],
  own: ReadonlySet<string>,
  rule: MissingRule,
  tally: InputTally,
): { codes: Int32Array; levels: string[] } {
  const places = new Map<string, number>();
  const another = otherLevel(own);
  const codes = Int32Array.from(cells, (text) => {
    let cell = text;
    if (rule.isMissing(cell) && !(mayBeAValue(cell) && own.has(cell))) return -1;
    tally.nPresent++;
    if (!own.has(cell)) {
      tally.nOtherLevel++;
      // All are the same to the model: in a column of texts every one differs.
      cell = another;
    }
    const code = places.get(cell) ?? places.size;
    places.set(cell, code);
    return code;
  });
  return { codes, levels: [...places.keys()] };
}

/** A text that is none of the levels. */
function otherLevel(own: ReadonlySet<string>): string {
  let text = 'another';
  while (own.has(text)) text += ' one';
  return text;
}
