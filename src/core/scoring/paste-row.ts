import { chooseDecimalMark, countDecimalVotes } from '../table/decimal-mark';
import { cellsOf } from '../table/cells';
import { matchColumns } from '../table/match-columns';
import { isMissingText } from '../table/missing';
import { readNumber } from '../table/numbers';
import type { ModelInput } from '../model';
import type { CustomerValues } from '../score';
import { counted, listInWords, quoted } from '../words';

export interface PastedRow {
  /** By input of the model; null where the row has no value. */
  readonly values: CustomerValues;
  /** What was odd about it, as sentences. */
  readonly notes: readonly string[];
}

/** Longer than any row. */
const longest = 200_000;

/**
 * A customer from a row of a spreadsheet or of a CSV. With a header above it, columns are found by meaning; without one,
 * cells are taken in order: that of the model's fields, or that of the page's own file where there are as many.
 *
 * @param fileColumns names of the columns of the page's file; empty where there is none
 * @returns a sentence where nothing can be made of it
 */
export function readPastedRow(
  text: string,
  inputs: readonly ModelInput[],
  fileColumns: readonly string[],
): PastedRow | string {
  if (text.length > longest) return 'That is more than a row.';
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0)
    return 'There is nothing in it: copy a row of a table, with its header or without.';
  const separator = separatorOf(lines[0]);
  const first = splitRow(lines[0], separator);
  const hasHeader = lines.length > 1 && matched(inputs, first) > 0;
  const names = hasHeader ? first : namesByOrder(first.length, inputs, fileColumns);
  if (names === null) {
    const expected =
      fileColumns.length > 0 && fileColumns.length !== inputs.length
        ? `${inputs.length} (the fields below) or ${fileColumns.length} (the columns of the file)`
        : String(inputs.length);
    return `The row has ${counted(first.length, 'cell')}, ${expected} expected. Copy it with its header, and its columns are found by name.`;
  }
  const cells = hasHeader ? splitRow(lines[1], separator) : first;
  const notes: string[] = [];
  const nRows = lines.length - (hasHeader ? 1 : 0);
  if (nRows > 1) notes.push(`Of ${counted(nRows, 'row')} the first was taken.`);
  const decimal = chooseDecimalMark(
    cells.map((cell) => countDecimalVotes(cellsOf([cell]))),
    separator !== ',',
  );
  const { matches } = matchColumns(
    inputs.map(({ name }) => name),
    names,
  );
  const absent: string[] = [];
  const unreadable: string[] = [];
  const values = inputs.map((input, at) => {
    const { found, how } = matches[at];
    const place = found === null || how === 'proposed' ? -1 : names.indexOf(found);
    if (place < 0) {
      absent.push(input.name);
      return null;
    }
    const cell = (cells[place] ?? '').trim();
    if (input.kind === 'category') {
      return isMissingText(cell) && !input.levels.includes(cell) ? null : cell;
    }
    if (isMissingText(cell)) return null;
    const { kind, value } = readNumber(cell, decimal, 'auto');
    if (kind === 'number' || kind === 'code') return value;
    unreadable.push(`${input.name} (${quoted(cell, 20)})`);
    return null;
  });
  if (absent.length === inputs.length) return 'None of its columns is one that the model asks for.';
  if (absent.length > 0) notes.push(`Not in the row, and so missing: ${listInWords(absent)}.`);
  if (unreadable.length > 0) notes.push(`No numbers, and so missing: ${listInWords(unreadable)}.`);
  return { values, notes };
}

/** A spreadsheet copies with tabs. */
function separatorOf(line: string): string {
  if (line.includes('\t')) return '\t';
  return line.includes(';') ? ';' : ',';
}

/** The cells of one line. Quotes stand around whole cells and are doubled inside. */
export function splitRow(line: string, separator: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= line.length; at++) {
    let cell = '';
    if (line[at] === '"') {
      for (at++; at < line.length; at++) {
        if (line[at] !== '"') cell += line[at];
        else if (line[at + 1] === '"') cell += line[at++];
        else break;
      }
      at++;
    }
    const end = line.indexOf(separator, at);
    cell += line.slice(at, end < 0 ? undefined : end);
    cells.push(cell.trim());
    at = end < 0 ? line.length : end;
  }
  return cells;
}

function matched(inputs: readonly ModelInput[], names: readonly string[]): number {
  const { matches } = matchColumns(
    inputs.map(({ name }) => name),
    names,
  );
  return matches.filter(({ found, how }) => found !== null && how !== 'proposed').length;
}

function namesByOrder(
  nCells: number,
  inputs: readonly ModelInput[],
  fileColumns: readonly string[],
): readonly string[] | null {
  if (nCells === fileColumns.length) return fileColumns;
  return nCells === inputs.length ? inputs.map(({ name }) => name) : null;
}
