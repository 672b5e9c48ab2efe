import type { Cells, NumberCells } from './cells';
import { isHopeless, toleratedShare, type Attempt, type InferOptions } from './attempt';
import { isMissingText } from './missing';
import { findMissingCodes, joinRanges, type ValueRange } from './missing-codes';
import { readNumber, readPlainNumber } from './numbers';
import type { ReadWarning } from './read-params';
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
    },
    remarks: fits ? [] : nearMisses(name, survey),
  };
}

function surveyNumbers(cells: Cells | NumberCells, options: InferOptions): NumberSurvey {
  const known = 'values' in cells ? cells : null;
  const survey: NumberSurvey = {
    values: known?.values ?? new Float64Array(cells.length).fill(NaN),
    range: known?.range,
    nPresent: known?.nPlain ?? 0,
    nNumbers: known?.nPlain ?? 0,
    nInfinite: 0,
    nCodes: 0,
    nBad: 0,
    firstInfinite: null,
    firstCode: null,
    firstBad: null,
    units: new Map(),
  };
  const forced = options.kind === 'number';
  const visit = (cell: string, row: number) => {
    const plain = readPlainNumber(cell, options.decimal);
    if (!Number.isNaN(plain)) {
      setValue(survey, row, plain);
      survey.nPresent++;
      survey.nNumbers++;
    } else if (!isMissingText(cell)) {
      survey.nPresent++;
      takeCell(survey, { text: cell, row }, options);
    }
    return forced || !isHopeless(survey.nBad, cells.length);
  };
  if ('values' in cells) cells.eachOther(visit);
  else cells.each(visit);
  return survey;
}

function setValue(survey: NumberSurvey, row: number, value: number): void {
  survey.values[row] = value;
  if (survey.range !== undefined) {
    survey.range = joinRanges(survey.range, { least: value, most: value });
  }
}

function takeCell(survey: NumberSurvey, cell: Example, options: InferOptions): void {
  const reading = readNumber(cell.text, options.decimal);
  switch (reading.kind) {
    case 'infinite':
      survey.nInfinite++;
      survey.firstInfinite ??= cell;
      break;
    case 'none':
      survey.nBad++;
      survey.firstBad ??= cell;
      break;
    case 'code':
    case 'number':
      if (reading.kind === 'code' && options.kind !== 'number') {
        survey.nCodes++;
        survey.firstCode ??= cell;
        break;
      }
      setValue(survey, cell.row, reading.value);
      survey.nNumbers++;
      if (reading.unit !== '') {
        survey.units.set(reading.unit, (survey.units.get(reading.unit) ?? 0) + 1);
      }
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
      message: `${quoted(name)} has values that are often codes for missing: ${listInWords(codes.map(String))}. They are kept as numbers; treat them as missing if they are codes.`,
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
