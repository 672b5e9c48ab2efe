import { columnName } from '../explore/column-name';
import type { MissingPatterns } from '../explore/missing-patterns';
import { counted, formatCount, formatShare, formatValue } from '../words';
import type { CleanOutput } from './clean';
import type {
  CleanStep,
  DuplicatesStep,
  MissingStep,
  OutlierRule,
  OutliersStep,
} from './clean-step';
import type { ColumnReport, Fate, StepReport } from './run-step';

/** What a step is about: "Outliers", "Missing values of MINIMUM_PAYMENTS". */
export function stepTitle(step: CleanStep): string {
  const names = columnsOf(step);
  const some = names.length > 0 ? columnList(names) : '';
  switch (step.kind) {
    case 'duplicates':
      return some === '' ? 'Repeated rows' : `Rows with the same ${some}`;
    case 'outliers':
      return some === '' ? 'Outliers' : `Outliers of ${some}`;
    case 'missing':
      return some === '' ? 'Missing values' : `Missing values of ${some}`;
  }
}

/** The columns that a step names; none: all that it can speak of. */
export function columnsOf(step: CleanStep): readonly string[] {
  return step.kind === 'duplicates' ? step.key : step.columns;
}

/** What a step did, in one or two sentences. Its report is undefined where it is off. */
export function stepSentence(step: CleanStep, report: StepReport | undefined): string {
  if (report === undefined) return step.isOn ? '' : offSentence(step);
  if (columnsOf(step).length > 0 && report.unknown.length === columnsOf(step).length) {
    return `${unknownSentence(step, report.unknown)} Nothing was done.`;
  }
  const done = doneSentence(step, report);
  return report.unknown.length === 0 ? done : `${done} ${unknownSentence(step, report.unknown)}`;
}

function doneSentence(step: CleanStep, report: StepReport): string {
  switch (step.kind) {
    case 'duplicates':
      return duplicatesSentence(step, report);
    case 'outliers':
      return outliersSentence(step, report);
    case 'missing':
      return missingSentence(step, report);
  }
}

function offSentence(step: CleanStep): string {
  switch (step.kind) {
    case 'duplicates':
      return step.key.length === 0
        ? 'Off: a row that repeats an earlier one is kept.'
        : 'Off: such rows are kept.';
    case 'outliers':
      return 'Off: outliers are not looked for.';
    case 'missing':
      return 'Off: a row that still lacks a number at the end is set aside.';
  }
}

function unknownSentence({ kind }: CleanStep, unknown: readonly string[]): string {
  const is = unknown.length === 1 ? 'is' : 'are';
  const what = kind === 'duplicates' ? 'in this file' : 'among the columns that form segments';
  return `${columnList(unknown)} ${is} not ${what}.`;
}

function duplicatesSentence({ key }: DuplicatesStep, report: StepReport): string {
  const { nSetAside: n } = report;
  const shared = columnList(key);
  if (n === 0) {
    return key.length === 0
      ? 'No row is an exact copy of another.'
      : `No two rows have the same ${shared}.`;
  }
  const is = n === 1 ? 'is an exact copy' : 'are exact copies';
  const has = n === 1 ? 'has' : 'have';
  const what =
    key.length === 0 ? `${is} of an earlier one` : `${has} the same ${shared} as an earlier one`;
  return `${rowsWithShare(n, report.nRows)} ${what}; ${wereSetAside(n)}.`;
}

function outliersSentence(
  { columns: names, rule, limit, action }: OutliersStep,
  { nRows, nRowsFound: n, columns }: StepReport,
): string {
  const beyond = beyondInWords(rule, limit);
  if (n === 0) return `No value ${inColumns(names)} lies ${beyond}.`;
  const rows = rowsWithShare(n, nRows);
  if (action === 'clip') {
    const nValues = columns.reduce((sum, { nChanged }) => sum + nChanged, 0);
    const were = nValues === 1 ? 'was' : 'were';
    return `${counted(nValues, 'value')} in ${rows} lay ${beyond} and ${were} moved to the nearest bound.`;
  }
  const fate =
    action === 'set-aside' ? wereSetAside(n) : n === 1 ? 'kept as it is' : 'kept as they are';
  return `${rows} ${n === 1 ? 'has' : 'have'} a value ${beyond}; ${fate}.`;
}

function missingSentence(
  { columns: names, rule, value }: MissingStep,
  { nRows, nRowsFound, columns }: StepReport,
): string {
  if (columns.length === 0) return `No value is missing ${inColumns(names)}.`;
  const worst = [...columns].sort((a, b) => b.nFound - a.nFound);
  if (rule === 'set-aside') {
    const where = worst.map(({ name, nFound }) =>
      columns.length === 1 ? columnName(name) : `${columnName(name)} (${formatCount(nFound)})`,
    );
    const lack = nRowsFound === 1 ? 'lacks' : 'lack';
    return `${rowsWithShare(nRowsFound, nRows)} ${lack} a value in ${shortList(where, ' or ')}; ${wereSetAside(nRowsFound)}.`;
  }
  const nValues = columns.reduce((sum, { nFound }) => sum + nFound, 0);
  const values = counted(nValues, 'missing value');
  const were = nValues === 1 ? 'was' : 'were';
  const statistic = rule === 'mode' ? 'most frequent value' : rule;
  if (columns.length === 1) {
    const filling =
      rule === 'value' ? formatValue(value) : `its ${statistic}, ${fillText(columns[0])}`;
    return `${values} in ${columnName(columns[0].name)} ${were} filled with ${filling}.`;
  }
  const each = worst.map((column) =>
    rule === 'value'
      ? `${columnName(column.name)} ${formatCount(column.nFound)}`
      : `${columnName(column.name)} ${formatCount(column.nFound)}${times}${fillText(column)}`,
  );
  const filling = rule === 'value' ? formatValue(value) : `the column’s ${statistic}`;
  return `${values} in ${counted(columns.length, 'column')} ${were} filled with ${filling}: ${shortList(each, ', ')}.`;
}

function fillText({ fillValue }: ColumnReport): string {
  return fillValue === null ? '–' : formatValue(fillValue);
}

/** "beyond 1.5 × IQR" */
export function beyondInWords(rule: OutlierRule, limit: number): string {
  return rule === 'percentile'
    ? `in ${ruleInWords(rule, limit)}`
    : `beyond ${ruleInWords(rule, limit)}`;
}

/** "1.5 × IQR", "3 standard deviations", "the outer 1 % at each end" */
export function ruleInWords(rule: OutlierRule, limit: number): string {
  switch (rule) {
    case 'iqr':
      return `${formatValue(limit)}${times}IQR`;
    case 'zscore':
      return `${formatValue(limit)} standard ${limit === 1 ? 'deviation' : 'deviations'}`;
    case 'percentile':
      return `the outer ${formatShare(limit / 100)} at each end`;
  }
}

/** What a rule would cost if it set rows aside. */
export function lossSentence(nFound: number, nRows: number): string {
  if (nFound === 0) return 'Setting these aside would lose nobody.';
  const share = nFound === nRows ? 'all' : formatShare(nFound / nRows);
  return `Setting these aside would lose ${share} of your customers.`;
}

/** The section's finding: what is left of the rows, and what was changed in them. */
export function cleanFinding(
  { nKept, nSetAside, columns }: Pick<CleanOutput, 'nKept' | 'nSetAside' | 'columns'>,
  nRows: number,
): string {
  const kept =
    nSetAside === 0
      ? `All ${formatCount(nRows)} rows are kept`
      : `${formatCount(nKept)} of ${formatCount(nRows)} rows are kept, ${formatCount(nSetAside)} set aside`;
  const nFilled = columns.reduce((sum, column) => sum + column.nFilled, 0);
  if (nFilled === 0) return `${kept}.`;
  return `${kept}; ${counted(nFilled, 'missing value')} ${nFilled === 1 ? 'is' : 'are'} filled in.`;
}

export interface SetAside {
  readonly fate: Exclude<Fate, 'kept'>;
  readonly nRows: number;
  /** "12 rows repeat an earlier one" */
  readonly sentence: string;
}

/** Why rows were set aside, reasons without any left out. */
export function setAsideByReason({
  reports,
  nDuplicates,
  nSetAside,
}: Pick<CleanOutput, 'reports' | 'nDuplicates' | 'nSetAside'>): SetAside[] {
  // Bounds are what steps about outliers alone have.
  const isOfOutliers = ({ columns }: StepReport) => columns.some(({ bounds }) => bounds !== null);
  const nOutlier = reports.reduce(
    (sum, report) => sum + (report !== undefined && isOfOutliers(report) ? report.nSetAside : 0),
    0,
  );
  const counts = {
    duplicate: nDuplicates,
    missing: nSetAside - nDuplicates - nOutlier,
    outlier: nOutlier,
  } as const;
  return (['duplicate', 'missing', 'outlier'] as const)
    .filter((fate) => counts[fate] > 0)
    .map((fate) => ({ fate, nRows: counts[fate], sentence: fateSentence(fate, counts[fate]) }));
}

function fateSentence(fate: SetAside['fate'], n: number): string {
  const rows = counted(n, 'row');
  switch (fate) {
    case 'duplicate':
      return `${rows} ${n === 1 ? 'repeats' : 'repeat'} an earlier one`;
    case 'missing':
      return `${rows} ${n === 1 ? 'lacks' : 'lack'} a value`;
    case 'outlier':
      return `${rows} ${n === 1 ? 'holds' : 'hold'} an outlier`;
  }
}

/** How many rows lack something, and whether columns are missing together. */
export function patternsSentence({
  columns,
  nRows,
  nRowsWithMissing,
  patterns,
  nPatterns,
}: Omit<MissingPatterns, 'reasons'>): string {
  if (nRowsWithMissing === 0) return 'No value is missing.';
  const lack = nRowsWithMissing === 1 ? 'lacks' : 'lack';
  const some = `${formatCount(nRowsWithMissing)} of ${counted(nRows, 'row')} (${formatShare(nRowsWithMissing / nRows)})`;
  const who = nRowsWithMissing === nRows ? `All ${counted(nRows, 'row')}` : some;
  const rows = `${who} ${lack} a value`;
  if (columns.length === 1) return `${rows} in ${columnName(columns[0].name)}.`;
  const nSeveral = patterns.reduce(
    (sum, pattern) => sum + (pattern.columns.length > 1 ? pattern.count : 0),
    0,
  );
  const where = `${rows}, in ${counted(columns.length, 'column')}`;
  if (nPatterns > patterns.length)
    return `${where} and ${formatCount(nPatterns)} combinations of them.`;
  return nSeveral === 0
    ? `${where}; none of them lacks two.`
    : `${where}; ${formatCount(nSeveral)} ${nSeveral === 1 ? 'lacks' : 'lack'} more than one.`;
}

/** On one line with its numbers. */
const times = '\u00a0×\u00a0';

const mostListed = 3;

/** The first few names of columns. */
export function columnList(names: readonly string[]): string {
  return shortList(names.map(columnName));
}

/** @param before the last one */
function shortList(items: readonly string[], before: ' and ' | ' or ' | ', ' = ' and '): string {
  // One more costs no more room than "and 1 more".
  const isShort = items.length <= mostListed + 1;
  const nRest = items.length - mostListed;
  const parts = isShort ? items : [...items.slice(0, mostListed), `${formatCount(nRest)} more`];
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')}${before}${parts[parts.length - 1]}`;
}

function inColumns(names: readonly string[]): string {
  return names.length === 0 ? 'in the columns that form segments' : `in ${columnList(names)}`;
}

function rowsWithShare(n: number, nRows: number): string {
  return `${counted(n, 'row')} (${formatShare(n / nRows)})`;
}

function wereSetAside(n: number): string {
  return n === 1 ? 'it was set aside' : 'they were set aside';
}
