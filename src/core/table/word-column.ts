import type { Cells } from './cells';
import { inferred, type InferOptions, type InferredColumn } from './attempt';
import { defaultMissingTokens, mayBeAValue } from './missing';
import { MissingTally } from './missing-tally';
import type { ReadWarning } from './read-params';
import type { CategoryColumn, TextColumn, Texts } from './table';
import { counted, quoted } from '../words';
import { isYesOrNo } from './yes-no';

/** More distinct words than this are text, unless the user says category. */
const maxLevels = 50;

/** Reads a column as words: a category when they repeat, text otherwise, or what the user set. */
export function inferWords(name: string, cells: Cells, options: InferOptions): InferredColumn {
  const category = options.kind === 'text' ? null : readCategory(name, cells, options);
  const column = category ?? readText(name, cells, options);
  const isEmpty = column.kind === 'text' ? !hasValue(cells, options) : column.levels.length === 0;
  if (isEmpty) return inferred(null, new MissingTally());
  const { missing, doubtful } = countMissing(cells, options);
  const isOpen = options.kind === 'auto' && !options.missing.isGiven;
  const warnings = isOpen && doubtful !== null ? [tokenWarning(name, doubtful)] : [];
  return inferred(column, missing, warnings);
}

/** A missing token that may be a word counts as a word once the user has set the type. */
function isMissing(cell: string, options: InferOptions): boolean {
  return options.missing.isMissing(cell) && (options.kind === 'auto' || !mayBeAValue(cell));
}

/** null when the cells do not repeat enough for a category. */
function readCategory(name: string, cells: Cells, options: InferOptions): CategoryColumn | null {
  const limit = options.kind === 'category' ? Infinity : maxLevels;
  const codes = new Int32Array(cells.length).fill(-1);
  const levels = new Map<string, number>();
  let nPresent = 0;
  cells.each((cell, row) => {
    if (isMissing(cell, options)) return true;
    nPresent++;
    let code = levels.get(cell);
    if (code === undefined) {
      code = levels.size;
      levels.set(cell, code);
    }
    codes[row] = code;
    return levels.size <= limit;
  });
  const repeats = levels.size <= limit && levels.size <= nPresent / 2;
  if (options.kind === 'auto' && !repeats && !isTwoSided(levels)) return null;
  return { kind: 'category', name, codes, levels: [...levels.keys()] };
}

function isTwoSided(levels: ReadonlyMap<string, number>): boolean {
  return [...levels.keys()].every((level) => isYesOrNo(level));
}

function hasValue(cells: Cells, options: InferOptions): boolean {
  let found = false;
  cells.each((cell) => {
    found = !isMissing(cell, options);
    return !found;
  });
  return found;
}

/** The cells themselves, looked at when they are asked for: most texts differ, and a string each would take much room. */
function readText(name: string, cells: Cells, options: InferOptions): TextColumn {
  const at = (row: number) => {
    const cell = cells.at(row);
    return isMissing(cell, options) ? null : cell;
  };
  const values: Texts & { cells: Cells } = { cells, length: cells.length, at };
  return { kind: 'text', name, values };
}

/** Missing cells that may be words. */
interface Doubtful {
  count: number;
  readonly example: string;
}

function countMissing(cells: Cells, options: InferOptions) {
  const missing = new MissingTally();
  let doubtful: Doubtful | null = null;
  cells.each((cell) => {
    if (!isMissing(cell, options)) return true;
    missing.addCell(cell, options.missing);
    if (mayBeAValue(cell)) {
      doubtful ??= { count: 0, example: cell.trim() };
      doubtful.count++;
    }
    return true;
  });
  return { missing, doubtful: doubtful as Doubtful | null };
}

/** "NA" among country codes is Namibia; "None" among answers is an answer. */
function tokenWarning(name: string, { count, example }: Doubtful): ReadWarning {
  const others = defaultMissingTokens.filter((token) => token !== example.toLowerCase());
  return {
    code: 'na-may-be-a-value',
    column: name,
    setting: 'missing',
    proposal: { missing: others },
    message: `${quoted(name)} has ${counted(count, 'cell')} with ${quoted(example)}, read as missing. If ${example} may be a value there${example === 'NA' ? ' (such as Namibia)' : ''}, set the type of the column yourself, or take ${example} out of what counts as missing.`,
  };
}
