import { AppError } from '../errors';
import { createRandom } from '../random';

export interface TrainTestSplit {
  /** Row indices, ascending. */
  readonly train: Int32Array;
  readonly test: Int32Array;
}

export interface ClassReport {
  /** Of the rows predicted as this class, the share that are; 0 when none was predicted. */
  readonly precision: number;
  /** Of the rows of this class, the share that was found; 0 when there are none. */
  readonly recall: number;
  /** Harmonic mean of the two: 2·hits / (predicted + support); 0 when both are 0. */
  readonly f1: number;
  /** Rows of this class. */
  readonly support: number;
}

export interface ClassificationReport {
  readonly accuracy: number;
  /** Plain mean of f1 over the classes that occur or are predicted. */
  readonly macroF1: number;
  /** Mean of f1 weighted by support. */
  readonly weightedF1: number;
  /** The accuracy of always answering the most frequent true class: what a model has to beat. */
  readonly majorityAccuracy: number;
  readonly perClass: readonly ClassReport[];
}

/**
 * Splits the rows in two so that each class keeps its share on both sides.
 *
 * The test side gets round(testShare · n) rows. Of class c it gets floor(testShare · n_c), and the rows that are then
 * missing go one by one to the classes with the largest fractions (largest remainder; the smaller class on a tie).
 * A class with two rows or more has at least one on either side, even if the test side grows by it;
 * a class with one row trains.
 *
 * @param labels length n: the class of each row, 0 … nClasses − 1
 * @param testShare share of the rows to test on, between 0 and 1, both excluded
 * @param seed 32-bit integer; the same seed gives the same split
 * @throws AppError `setting-invalid` for a share out of range, `internal` for a label out of range
 *
 * Source: scikit-learn `model_selection/_split.py` (StratifiedShuffleSplit).
 * Differs from scikit-learn in: the fractions are settled by size, not by a draw; a class with one row is no error;
 * both sides are sorted.
 */
export function stratifiedSplit(
  labels: Int32Array,
  nClasses: number,
  testShare: number,
  seed: number,
): TrainTestSplit {
  if (!(testShare > 0 && testShare < 1)) {
    const message = `The share of rows to test on must be between 0 and 1, got ${testShare}.`;
    throw new AppError('setting-invalid', message, { name: 'testShare', value: testShare });
  }
  const rowsOf = rowsByClass(labels, nClasses);
  const sizes = rowsOf.map((rows) => rows.length);
  const testSizes = largestRemainder(sizes, testShare);
  const random = createRandom(seed);
  const isTest = new Uint8Array(labels.length);
  rowsOf.forEach((rows, c) => {
    random.shuffle(rows);
    for (let i = 0; i < testSizes[c]; i++) isTest[rows[i]] = 1;
  });
  const all = Int32Array.from(labels.keys());
  return {
    train: all.filter((row) => isTest[row] === 0),
    test: all.filter((row) => isTest[row] === 1),
  };
}

function rowsByClass(labels: Int32Array, nClasses: number): number[][] {
  const rowsOf: number[][] = Array.from({ length: nClasses }, () => []);
  labels.forEach((label, row) => {
    checkLabel(label, row, nClasses);
    rowsOf[label].push(row);
  });
  return rowsOf;
}

function checkLabel(label: number, row: number, nClasses: number): void {
  if (label >= 0 && label < nClasses) return;
  const message = `Row ${row} has the class ${label}, expected 0 to ${nClasses - 1}.`;
  throw new AppError('internal', message);
}

/** How many rows of each class are tested on. */
function largestRemainder(sizes: readonly number[], share: number): number[] {
  const least = (size: number) => (size >= 2 ? 1 : 0);
  const most = (size: number) => Math.max(size - 1, 0);
  const taken = sizes.map((size) =>
    Math.min(Math.max(Math.floor(size * share), least(size)), most(size)),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let missing = Math.round(total * share) - taken.reduce((sum, count) => sum + count, 0);
  // A class that was raised to its one row owes a part of it, so its remainder is negative and it comes last.
  const remainder = sizes.map((size, c) => size * share - taken[c]);
  const byRemainder = [...sizes.keys()].sort((a, b) => remainder[b] - remainder[a] || a - b);
  for (const c of byRemainder) {
    if (missing <= 0 || remainder[c] <= 0) break;
    if (taken[c] >= most(sizes[c])) continue;
    taken[c]++;
    missing--;
  }
  return taken;
}

/**
 * How often each true class was predicted as which.
 *
 * @param truth length n: 0 … nClasses − 1
 * @param predicted length n: 0 … nClasses − 1
 * @returns nClasses × nClasses counts: rows are the truth, columns the prediction
 * @throws AppError `internal` when the lengths differ or a class is out of range
 *
 * Source: scikit-learn `metrics/_classification.py` (confusion_matrix).
 */
export function confusionMatrix(
  truth: Int32Array,
  predicted: Int32Array,
  nClasses: number,
): number[][] {
  if (truth.length !== predicted.length) {
    const message = `${truth.length} true classes for ${predicted.length} predicted ones.`;
    throw new AppError('internal', message);
  }
  const counts = Array.from({ length: nClasses }, () => new Array<number>(nClasses).fill(0));
  truth.forEach((label, row) => {
    checkLabel(label, row, nClasses);
    checkLabel(predicted[row], row, nClasses);
    counts[label][predicted[row]]++;
  });
  return counts;
}

/**
 * The usual figures of a classifier, all shares from 0 to 1. What is undefined (0/0) is 0.
 *
 * @param confusion nClasses × nClasses counts, rows are the truth, as `confusionMatrix` returns
 *
 * Source: scikit-learn `metrics/_classification.py` (precision_recall_fscore_support with zero_division=0).
 * A class that neither occurs nor is predicted is left out of macroF1, as there.
 */
export function classificationReport(
  confusion: readonly (readonly number[])[],
): ClassificationReport {
  const classes = confusion.map((_, c) => c);
  const support = confusion.map((row) => sum(row));
  const predicted = classes.map((c) => sum(confusion.map((row) => row[c])));
  const hits = classes.map((c) => confusion[c][c]);
  const total = sum(support);
  const perClass = classes.map((c) => ({
    precision: ratio(hits[c], predicted[c]),
    recall: ratio(hits[c], support[c]),
    f1: ratio(2 * hits[c], predicted[c] + support[c]),
    support: support[c],
  }));
  const present = perClass.filter((_, c) => support[c] + predicted[c] > 0);
  return {
    accuracy: ratio(sum(hits), total),
    macroF1: ratio(sum(present.map(({ f1 }) => f1)), present.length),
    weightedF1: ratio(sum(perClass.map((report) => report.f1 * report.support)), total),
    majorityAccuracy: ratio(Math.max(0, ...support), total),
    perClass,
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
