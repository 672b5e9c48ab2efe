import { cellsOf } from '../../src/core/table/cells';
import {
  chooseDecimalMark,
  countDecimalVotes,
  givenDecimalMark,
} from '../../src/core/table/decimal-mark';
import { missingRule, type MissingRule } from '../../src/core/table/missing';
import { nameColumns } from '../../src/core/table/names';
import { readPlainNumber } from '../../src/core/table/numbers';
import type { ReadParams } from '../../src/core/table/read-params';
import { LF, splitLine } from './fields';
import { plainNumber } from './plain-number';
import type { ColumnMode, SlicePlan } from './slice-types';
import { guessStart, headLength, rowsAbove, withoutPreamble, type TableStart } from './table-start';

/** Where the rows of a plain file begin, and how to take them apart. */
export interface PlainStart extends TableStart {
  readonly plan: SlicePlan;
  /** The byte, and the line, with which the first line below the header begins. */
  readonly bodyAt: number;
  readonly bodyLine: number;
  /** null where there is no header. */
  readonly headerLine: number | null;
}

/**
 * Looks at the head of a file in UTF-8.
 *
 * @param bytes `headBytes` of the file
 * @param isLast true when that is all
 * @returns null when it is not plain: it has backslashes before quotes, gaps around them, words for separators, bytes
 *   that do not fit, or a head of which a small part tells nothing
 * @throws AppError `file-empty`
 */
export function startPlain(
  bytes: Uint8Array,
  isLast: boolean,
  params: ReadParams,
): PlainStart | null {
  const head = decodeHead(bytes, isLast);
  if (head === null) return null;
  const preamble = withoutPreamble(head, params.skipLines, isLast);
  if (preamble === null || (!isLast && preamble.text.length < headLength)) return null;
  const start = guessStart(preamble, headLength, isLast, params);
  if (start === null) return null;
  const { separator, quote, escape, hasGaps } = start.dialect;
  if (hasGaps || escape !== quote || separator === ' ') return null;
  const codes = { separator: separator.charCodeAt(0), quote: quote.charCodeAt(0) };
  const preambleText = head.slice(0, preamble.length);
  if (/\r(?!\n)/.test(preambleText)) return null;
  const body = skipRows(
    withLineEnd(bytes, isLast),
    new TextEncoder().encode(preambleText).length,
    rowsAbove(start.layout),
    codes,
  );
  if (body === null) return null;
  return {
    ...start,
    plan: { ...codes, ...planColumns(start, params), missing: params.missing },
    bodyAt: body.at,
    bodyLine: preamble.firstLine + body.nLines,
    headerLine: start.layout.hasHeader ? preamble.firstLine + body.lastRowLine : null,
  };
}

function decodeHead(bytes: Uint8Array, isLast: boolean): string | null {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    const head = decoder.decode(bytes, { stream: !isLast });
    return head.includes('\0') || head.includes('\uFFFD') ? null : head;
  } catch {
    return null;
  }
}

/** Whole lines: without the one that is cut off, or with the line end that the last one lacks. */
function withLineEnd(bytes: Uint8Array, isLast: boolean): Uint8Array {
  const end = bytes.lastIndexOf(LF) + 1;
  if (!isLast || end === bytes.length) return bytes.subarray(0, end);
  const whole = new Uint8Array(bytes.length + 1);
  whole.set(bytes);
  whole[bytes.length] = LF;
  return whole;
}

/** Where the line after the first `nRows` rows begins, and the last of them (as counts of lines); null when they are not plain. */
function skipRows(
  bytes: Uint8Array,
  start: number,
  nRows: number,
  { separator, quote }: Pick<SlicePlan, 'separator' | 'quote'>,
): { at: number; nLines: number; lastRowLine: number } | null {
  let at = start;
  let nLines = 0;
  let lastRowLine = 0;
  for (let left = nRows; left > 0; nLines++) {
    if (at >= bytes.length) return null;
    const line = splitLine(bytes, at, separator, quote);
    if (line === null) return null;
    if (line.fields.length > 1 || line.fields[0].trim() !== '') {
      left--;
      lastRowLine = nLines;
    }
    at = line.next;
  }
  return { at, nLines, lastRowLine };
}

/** What is wanted of each column, by the user's word and by its first cells. */
function planColumns(
  { rows, layout, dialect }: TableStart,
  params: ReadParams,
): Pick<SlicePlan, 'mark' | 'columns'> {
  const missing = missingRule(params.missing);
  const kinds = new Map(params.kinds.map(({ column, kind }) => [column, kind]));
  const body = rows.slice(rowsAbove(layout));
  const columns = layout.headers.map((_, j) => body.map((row) => row[j] ?? ''));
  const votes = columns.map((cells) => countDecimalVotes(cellsOf(cells)));
  const guess = chooseDecimalMark(votes, dialect.delimiter !== ',');
  const given = givenDecimalMark(params);
  const wanted = given === 'auto' ? guess : given;
  // Where commas separate fields, a number with one stands in quotes and is left to the usual way.
  const mark = (wanted === dialect.separator ? '.' : wanted).charCodeAt(0);
  const { names } = nameColumns(layout.headers);
  return {
    mark,
    columns: columns.map((cells, j): ColumnMode => {
      const kind = kinds.get(names[j]) ?? 'auto';
      const mayBeNumber = kind === 'auto' || kind === 'number';
      return mayBeNumber && mostlyNumbers(cells, mark, missing) ? 'number' : 'cells';
    }),
  };
}

function mostlyNumbers(cells: readonly string[], mark: number, missing: MissingRule): boolean {
  const present = cells.filter((cell) => !missing.isMissing(cell));
  const decimal = mark === 44 ? ',' : '.';
  const { length } = present.filter(
    (cell) =>
      !Number.isNaN(readPlainNumber(cell, decimal)) || !Number.isNaN(plainNumber(cell, mark)),
  );
  return 2 * length >= present.length;
}
