import { inferDates } from './date-column';
import type { InferOptions, InferredColumn } from './attempt';
import type { Cells, NumberCells } from './cells';
import { inferNumbers } from './number-column';
import { inferWords } from './word-column';
import { readYesAsOne } from './yes-no';

/**
 * Decides what a column holds from all of its cells, and reads them.
 *
 * In order: numbers, dates, few distinct words (category), text. A column becomes a number or a date when at least
 * 90 % of its present cells are; the others count as missing and are told. Codes that only look like numbers
 * (007, +31612345678) make the whole column words. A column of yes and no is a category, and 1 and 0 where the user
 * wants a number.
 *
 * @param name the name of the column, unique in the table
 * @param cells all cells of the column
 */
export function inferColumn(name: string, cells: Cells, options: InferOptions): InferredColumn {
  switch (options.kind) {
    case 'number':
      return readYesAsOne(name, cells, options) ?? inferNumbers(name, cells, options).result;
    case 'date':
      return inferDates(name, cells, options).result;
    case 'category':
    case 'text':
      return inferWords(name, cells, options);
    case 'auto':
      return guess(name, cells, options);
  }
}

/**
 * The same for a column whose plain numbers are known already.
 *
 * @param options `kind` is `auto` or `number`
 * @returns null when that does not do, because the column is no number, or has another decimal mark: then ask
 *   {@link inferColumn} with all of its cells
 */
export function inferFromNumbers(
  name: string,
  cells: NumberCells,
  options: InferOptions,
): InferredColumn | null {
  if (cells.nWithMark > 0 && cells.mark !== options.decimal) return null;
  const { fits, result } = inferNumbers(name, cells, options);
  if (options.kind === 'auto') return fits ? result : null;
  // Without a single number it may be a column of yes and no.
  const isNothing = result.column?.kind === 'number' && result.column.values.every(Number.isNaN);
  return isNothing ? null : result;
}

function guess(name: string, cells: Cells, options: InferOptions): InferredColumn {
  const numbers = inferNumbers(name, cells, options);
  if (numbers.fits) return numbers.result;
  const dates = inferDates(name, cells, options);
  if (dates.fits) return dates.result;
  const words = inferWords(name, cells, options);
  return { ...words, warnings: [...numbers.remarks, ...dates.remarks, ...words.warnings] };
}
