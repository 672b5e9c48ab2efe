import { cellText, isMissing, type Column, type Table } from './table';

/** Characters gathered before a chunk is given out. */
const chunkLength = 65_536;

/**
 * Writes a table as CSV (RFC 4180: commas, CRLF, quotes doubled), in pieces of about 64 KB of text.
 *
 * Numbers and dates are in the machine's notation; a missing cell is empty. Words that a spreadsheet would run as a
 * formula get a leading ' (OWASP, "CSV injection"); plain numbers such as -5 do not.
 *
 * @param extra columns of the same length that follow those of the table
 */
export function* writeCsv(table: Table, extra: readonly Column[] = []): Generator<string> {
  const columns = [...table.columns, ...extra];
  // In a single column an empty cell would be a blank line, which readers skip.
  const empty = columns.length === 1 ? '""' : '';
  const writers = columns.map((column) => cellWriter(column, empty));
  let chunk = `${columns.map(({ name }) => escapeWord(name)).join(',')}\r\n`;
  for (let i = 0; i < table.nRows; i++) {
    for (let j = 0; j < writers.length; j++) chunk += (j === 0 ? '' : ',') + writers[j](i);
    chunk += '\r\n';
    if (chunk.length >= chunkLength) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

function cellWriter(column: Column, empty: string): (row: number) => string {
  switch (column.kind) {
    case 'number':
    case 'date':
      return (row) => (isMissing(column, row) ? empty : cellText(column, row));
    case 'category': {
      const levels = column.levels.map((level) => escapeWord(level));
      return (row) => (column.codes[row] < 0 ? empty : levels[column.codes[row]]);
    }
    case 'text':
      return (row) => {
        const value = column.values.at(row) ?? null;
        return value === null ? empty : escapeWord(value);
      };
  }
}

/** What makes a spreadsheet take a cell for a formula: also after spaces, and in the full-width forms. */
const formulaStart = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Also at a leading ', which a reader could take for the quote of the file. */
const needsQuotes = /[",\r\n]|^[\s']|\s$/;

/** What a cell may begin with that makes it a formula, or hide its beginning. */
const mayStartFormula = /[=+\-@＝＋－＠\s]/;

/** True for a word that a spreadsheet would run. */
export function isFormula(text: string): boolean {
  return mayStartFormula.test(text.charAt(0)) && formulaStart.test(text) && !plainNumber.test(text);
}

/** One word as a field: made harmless, and quoted where its characters ask for it. */
export function escapeWord(text: string, separator = ',', quote = '"'): string {
  const safe = isFormula(text) ? `'${text}` : text;
  const isApart = !needsQuotes.test(safe) && !safe.includes(separator) && !safe.includes(quote);
  return isApart ? safe : quote + safe.replaceAll(quote, quote + quote) + quote;
}
