import { dateEvidence } from '../../src/core/table/dates';
import { isMissingText } from '../../src/core/table/missing';
import { numberedNames } from '../../src/core/table/names';
import { readNumber, readPlainNumber } from '../../src/core/table/numbers';
import type { ReadParams, ReadWarning } from '../../src/core/table/read-params';
import { counted, quoted } from '../../src/core/words';
import { commonWidth } from './dialect';

/** Where the table begins in the file, and how wide it is. */
export interface Layout {
  /** Rows above the header (or above the first row when there is none) that are not part of the table. */
  readonly nTitleRows: number;
  readonly hasHeader: boolean;
  /** One per column; its length is the number of fields that a row should have. */
  readonly headers: readonly string[];
  readonly warnings: readonly ReadWarning[];
}

/**
 * Finds title lines, the header and the width of the table.
 *
 * @param rows the first rows of the file, blank lines left out; at least one
 * @param wanted what the user says about the header
 * @param mayHaveTitles false when the user has said where the table begins
 */
export function guessLayout(
  rows: readonly string[][],
  wanted: ReadParams['header'],
  mayHaveTitles: boolean,
): Layout {
  const nTitleRows = wanted === 'no' || !mayHaveTitles ? 0 : countTitleRows(rows);
  const first = rows[nTitleRows];
  const body = rows.slice(nTitleRows + 1);
  const hasHeader = wanted === 'auto' ? looksLikeHeader(first, body) : wanted === 'yes';
  const headers = hasHeader
    ? fitHeader(first, body)
    : numberedNames(Math.max(first.length, commonWidth(body)));
  const warnings: ReadWarning[] = [];
  warnings.push(...titlesSkipped(rows.slice(0, nTitleRows)));
  if (!hasHeader && wanted === 'auto') {
    warnings.push({
      code: 'header-guessed',
      setting: 'header',
      proposal: { header: 'yes' },
      message:
        'The first row holds values, not names, so the columns are called "Column 1", "Column 2", … If the first row is the header, say so: set the first row to names of columns.',
    });
  }
  if (hasHeader && headers.length > first.length) {
    warnings.push({
      code: 'header-guessed',
      message: `The header names ${counted(first.length, 'column')}, but the rows have ${headers.length} fields: unnamed columns are called by their position.`,
    });
  }
  return { nTitleRows, hasHeader, headers, warnings };
}

/** Leading rows with far fewer filled fields than the table has columns: "Report of 3 May". */
function countTitleRows(rows: readonly string[][]): number {
  const width = commonWidth(rows);
  const isTitle = (row: readonly string[]) => {
    const nFilled = row.filter((field) => field.trim() !== '').length;
    // An empty line of a spreadsheet has all its separators.
    if (nFilled === 0) return true;
    if (row.length === 1 && width > 2) return true;
    if (row[0].trim() === '' || isValue(row[0])) return false;
    return row.length < width
      ? nFilled <= Math.max(1, Math.floor((width - 1) / 2))
      : width > 2 && nFilled === 1;
  };
  let nTitles = 0;
  while (nTitles < rows.length && isTitle(rows[nTitles])) nTitles++;
  return nTitles < rows.length ? nTitles : 0;
}

/**
 * A first row is a header unless it holds values itself. One column whose cells are all values under a first cell that
 * is none settles it; a run of years (2019, 2020, 2021) is read as names.
 */
function looksLikeHeader(first: readonly string[], body: readonly string[][]): boolean {
  if (!first.some(isValue)) return true;
  const namesValues = first.some((field, j) => {
    if (isValue(field) || isMissingText(field)) return false;
    const cells = body.map((row) => row[j] ?? '').filter((cell) => !isMissingText(cell));
    return cells.length > 0 && cells.every(isValue);
  });
  return namesValues || isRunOfYears(first);
}

function isValue(cell: string): boolean {
  if (!Number.isNaN(readPlainNumber(cell, '.'))) return true;
  if (readNumber(cell, '.').kind !== 'none' || readNumber(cell, ',').kind !== 'none') return true;
  return dateEvidence(cell) !== 'none';
}

function isRunOfYears(first: readonly string[]): boolean {
  const years = first.filter(isValue).map(Number);
  if (years.length < 2) return false;
  return years.every(
    (year, i) => year >= 1900 && year <= 2100 && (i === 0 || year === years[i - 1] + 1),
  );
}

/**
 * Rows that are steadily wider than the header: one field more means that the first column has no name, as R writes
 * its row names; anything else means that names are missing at the end.
 */
function fitHeader(first: readonly string[], body: readonly string[][]): string[] {
  const nSpare = commonWidth(body) - first.length;
  if (nSpare <= 0) return [...first];
  const full = body.filter((row) => row.length === first.length + nSpare);
  // Delimiters at the end of every row hold nothing.
  const spareIsEmpty = full.every((row) => row.slice(first.length).every((cell) => cell === ''));
  if (spareIsEmpty || full.length < 3 || full.length < 0.9 * body.length) return [...first];
  return nSpare === 1 ? ['', ...first] : [...first, ...Array<string>(nSpare).fill('')];
}

function titlesSkipped(titles: readonly string[][]): ReadWarning[] {
  const first = titles.map((row) => row.join(' ').trim()).find((title) => title !== '');
  if (first === undefined) return [];
  const isOne = titles.length === 1;
  return [
    {
      code: 'header-guessed',
      setting: 'skipLines',
      proposal: { skipLines: 0 },
      message: `${counted(titles.length, 'line')} above the table ${isOne ? 'was' : 'were'} skipped: ${quoted(first)}${isOne ? '' : ' and so on'}. If ${isOne ? 'it belongs' : 'they belong'} to the table, set the lines to skip.`,
    },
  ];
}
