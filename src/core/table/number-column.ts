import type { Cells, NumberCells } from './cells';
import { isHopeless, toleratedShare, type Attempt, type InferOptions } from './attempt';
import { findMissingCodes, joinRanges, type ValueRange } from './missing-codes';
import { MissingTally } from './missing-tally';
import { readNumber, readPlainNumber } from './numbers';
import type { ReadWarning, ThousandsMark } from './read-params';
import { counted, formatCount, listInWords, quoted } from '../words';

/** A cell worth showing: the first of its sort. */
interface Example {
  readonly text: string;
  readonly row: number;
}

interface NumberSurvey {
  readonly values: Float64Array;
  /** Of the values; undefined while nobody has looked. */
  range: ValueRange | undefined;
  /** Cells that are not missing, as far as the survey went. */
  nPresent: number;
  nNumbers: number;
  nInfinite: number;
  nCodes: number;
  nBad: number;
  firstInfinite: Example | null;
  firstCode: Example | null;
  firstBad: Example | null;
  readonly units: Map<string, number>;
  readonly thousands: Map<ThousandsMark, number>;
  readonly missing: MissingTally;
}

/** Tries a column as numbers. With `kind: 'number'` codes such as 007 are taken as numbers too. */
export function inferNumbers(
  name: string,
  cells: Cells | NumberCells,
  options: InferOptions,
): Attempt {
  const survey = surveyNumbers(cells, options);
  const { nPresent, nNumbers, nInfinite, nCodes, units } = survey;
  const unit = units.size === 1 ? [...units.keys()][0] : '';
  const isEmpty = nPresent === 0;
  const fits =
    isEmpty ||
    (nCodes === 0 && units.size <= 1 && nNumbers + nInfinite >= toleratedShare * nPresent);
  return {
    fits,
    result: {
      column: isEmpty ? null : { kind: 'number', name, values: survey.values },
      unit,
      warnings: isEmpty ? [] : numberWarnings(name, survey, options),
      missing: survey.missing,
      thousands: survey.thousands,
    },
    remarks: fits ? [] : nearMisses(name, survey),
  };
}

function surveyNumbers(cells: Cells | NumberCells, options: InferOptions): NumberSurvey {
  const survey = 'values' in cells ? surveyOf(cells) : emptySurvey(cells.length);
  takeOutMissing(survey, options);
  const forced = options.kind === 'number';
  const visit = (cell: string, row: number) => {
    const plain = readPlainNumber(cell, options.decimal);
    if (!Number.isNaN(plain)) takeValue(survey, row, plain, options);
    else if (options.missing.isMissing(cell)) takeMissing(survey, cell, options);
    else takeCell(survey, { text: cell, row }, options);
    return forced || !isHopeless(survey.nBad, cells.length);
  };
  if ('values' in cells) cells.eachOther(visit);
  else cells.each(visit);
  return survey;
}

function emptySurvey(nCells: number): NumberSurvey {
  return {
    values: new Float64Array(nCells).fill(NaN),
    range: undefined,
    nPresent: 0,
    nNumbers: 0,
    nInfinite: 0,
    nCodes: 0,
    nBad: 0,
    firstInfinite: null,
    firstCode: null,
    firstBad: null,
    units: new Map(),
    thousands: new Map(),
    missing: new MissingTally(),
  };
}

/** What is known of a column of plain numbers. */
function surveyOf({ values, range, nPlain, missing }: NumberCells): NumberSurvey {
  return { ...emptySurvey(0), values, range, nPresent: nPlain, nNumbers: nPlain, missing };
}

/** Makes the values missing that the user calls so. */
function takeOutMissing(survey: NumberSurvey, { missingNumbers }: InferOptions): void {
  const { values, range, missing } = survey;
  if (range === undefined) return;
  for (const [value, token] of missingNumbers) {
    if (value < range.least || value > range.most) continue;
    let count = 0;
    for (let i = 0; i < values.length; i++) {
      if (values[i] !== value) continue;
      values[i] = NaN;
      count++;
    }
    if (count === 0) continue;
    missing.add(token, count);
    survey.nPresent -= count;
    survey.nNumbers -= count;
    survey.range = undefined;
  }
}

function takeValue(survey: NumberSurvey, row: number, value: number, options: InferOptions): void {
  const { missingNumbers } = options;
  const token = missingNumbers.size === 0 ? undefined : missingNumbers.get(value);
  if (token !== undefined) {
    survey.missing.add(token);
    return;
  }
  survey.values[row] = value;
  survey.nPresent++;
  survey.nNumbers++;
  if (survey.range !== undefined) {
    survey.range = joinRanges(survey.range, { least: value, most: value });
  }
}

/** A number that stands for missing is counted as that number, however it is written. */
function takeMissing(survey: NumberSurvey, cell: string, options: InferOptions): void {
  const { missing, missingNumbers, decimal, thousands } = options;
  const token =
    missingNumbers.size === 0
      ? undefined
      : missingNumbers.get(readNumber(cell, decimal, thousands).value);
  if (token === undefined) survey.missing.addCell(cell, missing);
  else survey.missing.add(token);
}

function takeCell(survey: NumberSurvey, cell: Example, options: InferOptions): void {
  const reading = readNumber(cell.text, options.decimal, options.thousands);
  const { kind, value, unit, thousands } = reading;
  const isCode = kind === 'code' && options.kind !== 'number';
  if ((kind === 'number' || kind === 'code') && !isCode) {
    if (!options.missingNumbers.has(value)) {
      if (unit !== '') survey.units.set(unit, (survey.units.get(unit) ?? 0) + 1);
      if (thousands !== '')
        survey.thousands.set(thousands, (survey.thousands.get(thousands) ?? 0) + 1);
    }
    takeValue(survey, cell.row, value, options);
    return;
  }
  survey.nPresent++;
  if (isCode) {
    survey.nCodes++;
    survey.firstCode ??= cell;
  } else if (kind === 'infinite') {
    survey.nInfinite++;
    survey.firstInfinite ??= cell;
  } else {
    survey.nBad++;
    survey.firstBad ??= cell;
  }
}

function numberWarnings(name: string, survey: NumberSurvey, options: InferOptions): ReadWarning[] {
  const warnings: ReadWarning[] = [];
  const where = ({ text, row }: Example) =>
    `${quoted(text)} in row ${formatCount(row + 1)} (line ${formatCount(options.lineOf(row))})`;
  if (survey.firstBad !== null) {
    warnings.push({
      code: 'text-in-number-column',
      column: name,
      message: `${quoted(name)} holds numbers, but ${counted(survey.nBad, 'cell is', 'cells are')} not a number and count${survey.nBad === 1 ? 's' : ''} as missing; the first is ${where(survey.firstBad)}.`,
    });
  }
  if (survey.firstInfinite !== null) {
    warnings.push({
      code: 'infinite-values',
      column: name,
      message: `${quoted(name)} has ${counted(survey.nInfinite, 'infinite value')}, counted as missing; the first is ${where(survey.firstInfinite)}.`,
    });
  }
  const codes = findMissingCodes(survey.values, survey.range);
  if (codes.length > 0) {
    warnings.push({
      code: 'missing-code',
      column: name,
      setting: 'missing',
      proposal: { missing: [...options.missing.tokens, ...codes.map(String)] },
      message: `${quoted(name)} has values that are often codes for missing: ${listInWords(codes.map(String))}. They are kept as numbers; if they are codes, add them to what counts as missing.`,
    });
  }
  return [...warnings, ...unitWarnings(name, survey)];
}

function unitWarnings(name: string, survey: NumberSurvey): ReadWarning[] {
  const nWithUnit = [...survey.units.values()].reduce((sum, count) => sum + count, 0);
  const mixesPercent = survey.units.has('%') && nWithUnit < survey.nNumbers;
  if (survey.units.size <= 1 && !mixesPercent) return [];
  const units = [...survey.units.keys()];
  const message = mixesPercent
    ? `${quoted(name)} has a % sign on ${counted(nWithUnit, 'value')} and none on the other ${formatCount(survey.nNumbers - nWithUnit)}: all are read as they stand.`
    : `${quoted(name)} mixes units (${listInWords(units)}), read as plain numbers as you asked.`;
  return [{ code: 'mixed-column', column: name, message }];
}

/** Why a column that looks like numbers is not read as numbers. */
function nearMisses(name: string, survey: NumberSurvey): ReadWarning[] {
  const { nPresent, nNumbers, nInfinite, nCodes, firstCode, units } = survey;
  if (nNumbers + nInfinite + nCodes < toleratedShare * nPresent) return [];
  if (units.size > 1) {
    return [
      {
        code: 'mixed-column',
        column: name,
        message: `${quoted(name)} mixes units (${listInWords([...units.keys()])}) and is read as words: numbers of different units cannot be compared.`,
      },
    ];
  }
  // A column full of codes is what it is; a few codes among numbers may be a slip.
  if (firstCode === null || nCodes > 0.1 * nPresent) return [];
  return [
    {
      code: 'mixed-column',
      column: name,
      message: `${quoted(name)} is read as words because ${quoted(firstCode.text)} (row ${formatCount(firstCode.row + 1)}) would change as a number. Set its type to number if it is one.`,
    },
  ];
}
