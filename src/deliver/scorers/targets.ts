import type { SegmentModel } from '../../core/model';
import { writeJavaScript } from './javascript';
import { writeOnnx } from './onnx';
import { writePython } from './python';
import { scorePlan } from './score-plan';
import { writeSklearn } from './sklearn';
import { writeSpreadsheet } from './spreadsheet';
import { writeSql } from './sql';
import type { SqlDialectName } from './sql-dialect';

export const scorerTargets = [
  'sql-postgresql',
  'sql-sqlite',
  'sql-spark',
  'sql-ansi',
  'python',
  'sklearn',
  'javascript',
  'onnx',
  'spreadsheet',
] as const;
export type ScorerTarget = (typeof scorerTargets)[number];

export interface ScorerOptions {
  /** Of SQL: where the customers are; points part its schema from its name. */
  readonly table: string;
  /** Of SQL: columns that are handed through to know the customers by. None: all inputs are. */
  readonly keys: readonly string[];
}

/** Where a target is used, in words, and what its file is called. */
export interface ScorerWords {
  readonly label: string;
  readonly about: string;
  readonly extension: string;
}

const statement =
  'One SELECT, which changes nothing. Columns are asked for by the names in your file, letter by letter.';

export const scorerWords: Readonly<Record<ScorerTarget, ScorerWords>> = {
  'sql-postgresql': { label: 'SQL: PostgreSQL', about: statement, extension: 'sql' },
  'sql-sqlite': {
    label: 'SQL: SQLite',
    about: `${statement} For 3.35 or later.`,
    extension: 'sql',
  },
  'sql-spark': {
    label: 'SQL: Spark',
    about: `${statement} For tables that outgrow one machine; Spark 3.3 or later.`,
    extension: 'sql',
  },
  'sql-ansi': {
    label: 'SQL: other databases',
    about: `${statement} Standard SQL. If your database refuses OFFSET 0 ROWS, take it out wherever it stands.`,
    extension: 'sql',
  },
  python: {
    label: 'Python',
    about:
      'A module with one function, and a program that labels a CSV. Python 3.8 or later and nothing else.',
    extension: 'py',
  },
  sklearn: {
    label: 'Python: scikit-learn pipeline',
    about:
      'A module with a Pipeline that is fitted already: our numbers, and nothing is learned anew. For DataFrames; scikit-learn 1.3 or later.',
    extension: 'sklearn.py',
  },
  onnx: {
    label: 'ONNX',
    about:
      'A graph in doubles, for ONNX Runtime 1.17 or later and whatever embeds it. Every column is an input of N × 1: numbers as double, where NaN is missing, categories as string, where an empty text is missing. Out come segment (from 1), segment_name and distances.',
    extension: 'onnx',
  },
  javascript: {
    label: 'JavaScript',
    about: 'A module with one function and nothing to install: for a page, or for Node.',
    extension: 'mjs',
  },
  spreadsheet: {
    label: 'Spreadsheet',
    about:
      'Copy, and paste into cell A1 of an empty sheet: headings, and below them one formula to fill down. Excel 2021 or later, Google Sheets or LibreOffice 24.8 or later, in English notation. It keeps 15 digits: a customer who stands exactly between two segments may get the other one.',
    extension: 'tsv',
  },
};

/**
 * The model as a program for elsewhere: which segment each customer belongs to, as `core/score.ts` says it.
 *
 * @returns a text; of ONNX the bytes of a file
 * @throws AppError `setting-invalid` where a model is too large for a spreadsheet
 */
export function writeScorer(
  model: SegmentModel,
  target: ScorerTarget,
  options: ScorerOptions,
): string | Uint8Array<ArrayBuffer> {
  const plan = scorePlan(model);
  switch (target) {
    case 'sklearn':
      return writeSklearn(plan);
    case 'onnx':
      return writeOnnx(plan);
    case 'python':
      return writePython(plan);
    case 'javascript':
      return writeJavaScript(plan);
    case 'spreadsheet':
      return writeSpreadsheet(plan);
    case 'sql-ansi':
    case 'sql-postgresql':
    case 'sql-sqlite':
    case 'sql-spark':
      return writeSql(plan, { ...options, dialect: target.slice(4) as SqlDialectName });
  }
}
