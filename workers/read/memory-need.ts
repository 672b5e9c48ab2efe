import { AppError } from '../../src/core/errors';
import { formatCount } from '../../src/core/words';
import { isTyped } from './dialect';
import { rowsAbove, type TableStart } from './table-start';

/** Bytes that an analysis may take, where nobody says otherwise. */
export const defaultMemoryBytes = 4.5 * 1024 ** 3;

/**
 * Bytes that a number takes in the course of an analysis: in the table, cleaned, scaled, and as the kernels hold it.
 * Steps that change nothing share the arrays of the one before: this is the most.
 */
const bytesPerNumber = 8 + 8 + 4 + 4;
/** The line of a row, what became of it, and its segment. */
const bytesPerRow = 4 + 1 + 4;
/** Where a text ends. */
const bytesPerText = 4;
/** Smaller files are never refused: everything has room for them. */
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
  throw new AppError(
    'file-too-large',
    `The file has about ${formatCount(roundDown(nRows))} rows. Their analysis would take ${gigabytes(bytes)} of memory, and a page can have ${gigabytes(memoryBytes)}. Drop a sample of the rows, or a file with fewer columns.`,
    { rows: nRows, bytes, memoryBytes },
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
  for (let j = 0; j < layout.headers.length; j++) {
    const cells = sample.map((row) => row[j] ?? '');
    if (cells.every(isTyped)) perRow += bytesPerNumber;
    else perRow += bytesPerText + byteLength(cells.join('')) / cells.length;
  }
  return { nRows, bytes: Math.round(nRows * perRow) };
}

function roundDown(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return Math.floor(count / step) * step;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}
