import { formingBytes, tooLarge } from '../../src/core/memory';
import { formatCount } from '../../src/core/words';
import { isTyped } from './dialect';
import { rowsAbove, type TableStart } from './table-start';

/**
 * Bytes that a number takes in the table, and cleaned. Steps that change nothing share the arrays of the one before: this
 * is the most.
 */
const bytesPerNumber = 8 + 8;
/** The line of a row, what became of it, and where it is in the table. */
const bytesPerRow = 4 + 1 + 4;
/** Where a text ends. */
const bytesPerText = 4;
/** Smaller files are read in any case. What they become is looked at when they are cleaned (`needOf`). */
const smallFile = 64 * 1024 ** 2;

/**
 * Refuses a file whose analysis would take more memory than there is, as far as its first rows tell.
 *
 * @throws AppError `file-too-large` with both numbers
 */
export function refuseTooMuch(start: TableStart, fileBytes: number, memoryBytes: number): void {
  if (fileBytes < smallFile) return;
  const { nRows, bytes } = estimateNeed(start, fileBytes);
  if (bytes <= memoryBytes) return;
  throw tooLarge(
    `The file has about ${formatCount(roundDown(nRows))} rows.`,
    { bytes, memoryBytes },
    'Drop a sample of the rows, or a file with fewer columns.',
    { rows: nRows },
  );
}

/** Rows of the file, and bytes that their analysis takes at most. */
export function estimateNeed(
  { rows, layout, dialect }: TableStart,
  fileBytes: number,
): { nRows: number; bytes: number } {
  const encoder = new TextEncoder();
  const byteLength = (text: string) => encoder.encode(text).length;
  const sample = rows.slice(rowsAbove(layout));
  if (sample.length === 0) return { nRows: 0, bytes: 0 };
  const sampleBytes = sample.reduce(
    (sum, row) => sum + byteLength(row.join(dialect.separator)) + 1,
    0,
  );
  const nRows = Math.round((fileBytes / sampleBytes) * sample.length);
  let perRow = bytesPerRow;
  let nNumbers = 0;
  for (let j = 0; j < layout.headers.length; j++) {
    const cells = sample.map((row) => row[j] ?? '');
    if (cells.every(isTyped)) nNumbers++;
    else perRow += bytesPerText + byteLength(cells.join('')) / cells.length;
  }
  perRow += nNumbers * bytesPerNumber;
  return { nRows, bytes: Math.round(nRows * perRow) + formingBytes(nRows, nNumbers) };
}

function roundDown(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return Math.floor(count / step) * step;
}
