import type { Cells } from './cells';
import { dateEvidence, readDate, type DateEvidence, type DateOrder } from './dates';
import { inferred, isHopeless, toleratedShare, type Attempt, type InferOptions } from './attempt';
import type { MissingRule } from './missing';
import { MissingTally } from './missing-tally';
import type { ReadWarning } from './read-params';
import { counted, formatCount, quoted } from '../words';

interface DateSurvey {
  readonly counts: Record<DateEvidence, number>;
  /** The first cell that has two meanings. */
  example: string;
}

/** Tries a column as dates: the order of day and month is settled by all cells together. */
export function inferDates(name: string, cells: Cells, options: InferOptions): Attempt {
  const { counts, example } = surveyDates(cells, options);
  const nDates = counts['day-first'] + counts['month-first'] + counts.either + counts.fixed;
  const nPresent = nDates + counts.none;
  const contradicts = counts['day-first'] > 0 && counts['month-first'] > 0;
  const fits = nDates > 0 && nDates >= toleratedShare * nPresent && !contradicts;
  if (!fits && options.kind !== 'date') {
    const remarks = contradicts && nDates >= toleratedShare * nPresent ? [orderMixed(name)] : [];
    return { fits, remarks, result: inferred(null, new MissingTally()) };
  }
  const isOpen =
    counts.either > 0 && counts['day-first'] === counts['month-first'] && !options.dateOrderIsGiven;
  const order = settleOrder(counts, options);
  const { values, nBad, firstBad, missing } = readDates(cells, order, options.missing);
  const warnings: ReadWarning[] = [];
  if (isOpen) warnings.push(orderUnknown(name, example, order));
  if (nBad > 0) {
    warnings.push({
      code: 'mixed-column',
      column: name,
      message: `${quoted(name)} holds dates, but ${counted(nBad, 'cell is', 'cells are')} not a date and count${nBad === 1 ? 's' : ''} as missing; the first is in row ${formatCount(firstBad + 1)} (line ${formatCount(options.lineOf(firstBad))}).`,
    });
  }
  const column = nPresent === 0 ? null : ({ kind: 'date', name, values } as const);
  return { fits, remarks: [], result: inferred(column, missing, warnings) };
}

function surveyDates(cells: Cells, { missing, kind }: InferOptions): DateSurvey {
  const counts = { 'day-first': 0, 'month-first': 0, either: 0, fixed: 0, none: 0 };
  const survey: DateSurvey = { counts, example: '' };
  cells.each((cell) => {
    if (missing.isMissing(cell)) return true;
    const evidence = dateEvidence(cell);
    counts[evidence]++;
    if (evidence === 'either' && survey.example === '') survey.example = cell;
    return kind === 'date' || !isHopeless(counts.none, cells.length);
  });
  return survey;
}

function settleOrder(counts: Record<DateEvidence, number>, options: InferOptions): DateOrder {
  if (options.dateOrderIsGiven || counts['day-first'] === counts['month-first']) {
    return options.dateOrder;
  }
  return counts['day-first'] > counts['month-first'] ? 'day-first' : 'month-first';
}

function readDates(cells: Cells, order: DateOrder, rule: MissingRule) {
  const missing = new MissingTally();
  const values = new Float64Array(cells.length).fill(NaN);
  let nBad = 0;
  let firstBad = -1;
  cells.each((cell, row) => {
    if (rule.isMissing(cell)) {
      missing.addCell(cell, rule);
      return true;
    }
    values[row] = readDate(cell, order);
    if (Number.isNaN(values[row]) && nBad++ === 0) firstBad = row;
    return true;
  });
  return { values, nBad, firstBad, missing };
}

function orderUnknown(name: string, example: string, order: DateOrder): ReadWarning {
  const read = order === 'day-first' ? 'day first' : 'month first';
  return {
    code: 'ambiguous-dates',
    column: name,
    setting: 'dateOrder',
    proposal: { dateOrder: order === 'day-first' ? 'month-first' : 'day-first' },
    message: `Day first or month first? ${quoted(name)} has dates such as ${quoted(example.trim())} and none that settles it; they are read ${read}. If that is wrong, set the order of dates.`,
  };
}

function orderMixed(name: string): ReadWarning {
  return {
    code: 'mixed-column',
    column: name,
    message: `${quoted(name)} has dates with the day first and others with the month first, so it is read as words.`,
  };
}
