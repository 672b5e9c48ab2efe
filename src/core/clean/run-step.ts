import { mode } from '../table/stats';
import type { Table } from '../table/table';
import type { CleanStep, DuplicatesStep, FillRule, MissingStep, OutliersStep } from './clean-step';
import { findDuplicates, findRepeatedKeys } from './duplicates';
import { outlierBounds } from './outliers';
import {
  observedOf,
  setAside,
  setValues,
  type Bounds,
  type Working,
  type WorkingColumn,
  type WorkingNumbers,
} from './working';

/** What became of a row of the table. */
export const fates = ['kept', 'duplicate', 'missing', 'outlier'] as const;
export type Fate = (typeof fates)[number];

/** What one step found and changed. Counts are of the rows that the step before had left. */
export interface StepReport {
  readonly nRows: number;
  /** Rows in which the step found something, whatever it did about it. */
  readonly nRowsFound: number;
  readonly nSetAside: number;
  /** The columns in which it found something. */
  readonly columns: readonly ColumnReport[];
  /** Names that the step speaks of and that no column that forms segments has. */
  readonly unknown: readonly string[];
}

export interface ColumnReport {
  readonly name: string;
  readonly nFound: number;
  readonly nChanged: number;
  /** What the missing values became. */
  readonly fillValue: number | null;
  /** Outside of which values are outliers. */
  readonly bounds: Bounds | null;
  readonly before: Spread | null;
  /** Where something was changed. */
  readonly after: Spread | null;
}

/** Of a column of numbers, in its own unit. */
export interface Spread {
  readonly mean: number;
  readonly sd: number;
}

/** @param found per row of the table, added to: `foundIn` */
export function runStep(
  step: CleanStep,
  table: Table,
  working: Working,
  found: Uint8Array,
): StepReport {
  switch (step.kind) {
    case 'duplicates':
      return setDuplicatesAside(step, table, working);
    case 'outliers':
      return treatOutliers(step, working, found);
    case 'missing':
      return treatMissing(step, working, found);
  }
}

/** What was found in a row, in any of its columns; added up. */
export const foundIn = { missing: 1, outlier: 2 } as const;

function setDuplicatesAside({ key }: DuplicatesStep, table: Table, working: Working): StepReport {
  const columns = table.columns.filter(({ name }) => key.includes(name));
  const unknown = key.filter((name) => !table.columns.some((column) => column.name === name));
  const nRows = working.rows.length;
  const isByKey = key.length > 0;
  // Without its key such a step has nothing to go by.
  const repeats =
    isByKey && columns.length < key.length
      ? new Int32Array()
      : isByKey
        ? findRepeatedKeys(columns, table.nRows)
        : findDuplicates(table);
  const isRepeat = new Uint8Array(repeats.length > 0 ? table.nRows : 0);
  for (const row of repeats) isRepeat[row] = 1;
  const nSetAside =
    repeats.length > 0
      ? setAside(
          working,
          Uint8Array.from(working.rows, (row) => isRepeat[row]),
          fateOf.duplicate,
        )
      : 0;
  return { nRows, nRowsFound: nSetAside, nSetAside, columns: [], unknown };
}

const fateOf = { duplicate: 1, missing: 2, outlier: 3 } as const satisfies Record<
  Exclude<Fate, 'kept'>,
  number
>;

function treatOutliers(
  { columns: names, rule, limit, action }: OutliersStep,
  working: Working,
  found: Uint8Array,
): StepReport {
  const { chosen, unknown } = choose(working, names);
  const isFound = new Uint8Array(working.rows.length);
  const columns: ColumnReport[] = [];
  for (const column of chosen) {
    if (column.kind !== 'number' || column.statistics.count === 0) continue;
    const [lower, upper] = outlierBounds(observedOf(column), column.statistics, rule, limit);
    const bounds = { lower, upper };
    const nFound = markOutside(column.values, bounds, isFound);
    Object.assign(column, { usual: bounds, nOutliers: nFound });
    const before = spreadOf(column);
    if (action === 'clip') clip(column, bounds, nFound);
    if (nFound === 0) continue;
    const isChanged = action === 'clip';
    columns.push({
      name: column.name,
      nFound,
      nChanged: isChanged ? nFound : 0,
      fillValue: null,
      bounds,
      before,
      after: isChanged ? spreadOf(column) : null,
    });
  }
  return finish(working, isFound, columns, unknown, found, 'outlier', action === 'set-aside');
}

function clip(column: WorkingNumbers, bounds: Bounds, nOutside: number): void {
  column.clip = column.clip === null ? bounds : oneAfterTheOther(column.clip, bounds);
  if (column.fillValue !== undefined) column.fillValue = clamp(column.fillValue, bounds);
  if (nOutside > 0) setValues(column, clippedTo(column.values, bounds));
}

function clippedTo(values: Float64Array, { lower, upper }: Bounds): Float64Array {
  const clipped = new Float64Array(values.length);
  // NaN stays NaN.
  for (let i = 0; i < values.length; i++) {
    clipped[i] = Math.min(Math.max(values[i], lower), upper);
  }
  return clipped;
}

function clamp(value: number, { lower, upper }: Bounds): number {
  return Math.min(Math.max(value, lower), upper);
}

/** To be moved to both in turn: where the two have nothing in common, all values end at one bound of the second. */
function oneAfterTheOther(first: Bounds, second: Bounds): Bounds {
  return { lower: clamp(first.lower, second), upper: clamp(first.upper, second) };
}

/** @returns how many values are outside; a missing one is not */
function markOutside(values: Float64Array, { lower, upper }: Bounds, isFound: Uint8Array): number {
  let nOutside = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    // The common case in one comparison that NaN fails, too.
    if ((value >= lower && value <= upper) || Number.isNaN(value)) continue;
    isFound[i] = 1;
    nOutside++;
  }
  return nOutside;
}

function treatMissing(
  { columns: names, rule, value }: MissingStep,
  working: Working,
  found: Uint8Array,
): StepReport {
  const { chosen, unknown } = choose(working, names);
  const isFound = new Uint8Array(working.rows.length);
  const columns: ColumnReport[] = [];
  for (const column of chosen) {
    const report =
      column.kind === 'number'
        ? treatMissingNumbers(column, rule, value, isFound)
        : findMissingCodes(column, rule, isFound);
    if (report !== undefined) columns.push(report);
  }
  return finish(working, isFound, columns, unknown, found, 'missing', rule === 'set-aside');
}

function treatMissingNumbers(
  column: WorkingNumbers,
  rule: FillRule,
  chosenValue: number,
  isFound: Uint8Array,
): ColumnReport | undefined {
  const nMissing = column.values.length - column.statistics.count;
  // Rows with gaps are not learned from, but a new customer may still have some.
  column.fillValue ??= fillValueOf(column, rule, chosenValue);
  if (nMissing === 0) return undefined;
  for (let i = 0; i < isFound.length; i++) if (Number.isNaN(column.values[i])) isFound[i] = 1;
  const before = spreadOf(column);
  const isFilled = rule !== 'set-aside';
  if (isFilled) {
    setValues(column, filledWith(column.values, column.fillValue));
    column.nFilled += nMissing;
  }
  return {
    name: column.name,
    nFound: nMissing,
    nChanged: isFilled ? nMissing : 0,
    fillValue: isFilled ? column.fillValue : null,
    bounds: null,
    before,
    after: isFilled ? spreadOf(column) : null,
  };
}

/** Only rows can be set aside for a missing category: otherwise it is a level of its own. */
function findMissingCodes(
  { name, codes }: Extract<WorkingColumn, { kind: 'category' }>,
  rule: FillRule,
  isFound: Uint8Array,
): ColumnReport | undefined {
  if (rule !== 'set-aside') return undefined;
  let nFound = 0;
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] >= 0) continue;
    isFound[i] = 1;
    nFound++;
  }
  if (nFound === 0) return undefined;
  return {
    name,
    nFound,
    nChanged: 0,
    fillValue: null,
    bounds: null,
    before: null,
    after: null,
  };
}

function fillValueOf(
  { values, statistics }: WorkingNumbers,
  rule: FillRule,
  chosenValue: number,
): number {
  switch (rule) {
    case 'mean':
      return statistics.mean;
    case 'mode':
      return mode(values);
    case 'value':
      return chosenValue;
    case 'median':
    case 'set-aside':
      return statistics.median;
  }
}

function filledWith(values: Float64Array, fillValue: number): Float64Array {
  const filled = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    filled[i] = Number.isNaN(values[i]) ? fillValue : values[i];
  }
  return filled;
}

function choose({ columns }: Working, names: readonly string[]) {
  if (names.length === 0) return { chosen: columns, unknown: [] };
  return {
    chosen: columns.filter(({ name }) => names.includes(name)),
    unknown: names.filter((name) => !columns.some((column) => column.name === name)),
  };
}

function spreadOf({ statistics }: WorkingNumbers): Spread {
  return { mean: statistics.mean, sd: statistics.sdPopulation };
}

/** Notes what was found, row by row, and sets the rows aside if that is what is to be done about it. */
function finish(
  working: Working,
  isFound: Uint8Array,
  columns: readonly ColumnReport[],
  unknown: readonly string[],
  found: Uint8Array,
  what: 'missing' | 'outlier',
  isSetAside: boolean,
): StepReport {
  const nRows = isFound.length;
  let nRowsFound = 0;
  if (columns.length > 0) {
    for (let i = 0; i < nRows; i++) {
      if (isFound[i] === 0) continue;
      nRowsFound++;
      found[working.rows[i]] |= foundIn[what];
    }
  }
  const nSetAside = isSetAside && nRowsFound > 0 ? setAside(working, isFound, fateOf[what]) : 0;
  return { nRows, nRowsFound, nSetAside, columns, unknown };
}
