import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors';
import { classificationReport, confusionMatrix, stratifiedSplit } from './classification';

const countsOf = (labels: Int32Array, rows: Int32Array, nClasses: number) =>
  Array.from({ length: nClasses }, (_, c) => rows.filter((row) => labels[row] === c).length);

describe('the stratified split', () => {
  it('gives each class its share by largest remainder', () => {
    // 10, 7 and 3 rows, 30 % to test: 3, 2.1 and 0.9; 20 · 0.3 = 6 rows. Floors 3 + 2 + 1 (raised from 0) = 6.
    const labels = Int32Array.from([0, 1, 2].flatMap((c) => Array<number>([10, 7, 3][c]).fill(c)));
    const { train, test } = stratifiedSplit(labels, 3, 0.3, 1);
    expect(countsOf(labels, test, 3)).toEqual([3, 2, 1]);
    expect(countsOf(labels, train, 3)).toEqual([7, 5, 2]);
  });

  it('gives the missing rows to the largest remainders, on a tie to the smaller class', () => {
    // 5, 5, 6 rows, 25 %: 1.25, 1.25, 1.5; 16 · 0.25 = 4: floors 1 + 1 + 1, the fourth goes to class 2.
    const uneven = Int32Array.from('0000011111222222', Number);
    expect(countsOf(uneven, stratifiedSplit(uneven, 3, 0.25, 7).test, 3)).toEqual([1, 1, 2]);
    // 5 and 5 rows, 30 %: 1.5 and 1.5, together 3: the tie goes to class 0.
    const even = Int32Array.from('0000011111', Number);
    expect(countsOf(even, stratifiedSplit(even, 2, 0.3, 7).test, 2)).toEqual([2, 1]);
  });

  it('keeps both sides of a pair, and trains on a lone row', () => {
    const labels = Int32Array.from('000000000000011' + '2', Number);
    const { train, test } = stratifiedSplit(labels, 4, 0.1, 3);
    expect(countsOf(labels, test, 4)).toEqual([1, 1, 0, 0]);
    expect(countsOf(labels, train, 4)).toEqual([12, 1, 1, 0]);
  });

  it('has every row once, sorted, with each class of two rows or more on both sides', () => {
    const input = fc.tuple(
      fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 60 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      fc.integer(),
    );
    fc.assert(
      fc.property(input, ([list, share, seed]) => {
        const labels = Int32Array.from(list);
        const { train, test } = stratifiedSplit(labels, 5, share, seed);
        expect([...train, ...test].sort((a, b) => a - b)).toEqual([...labels.keys()]);
        expect(train).toEqual(train.slice().sort());
        expect(test).toEqual(test.slice().sort());
        const all = countsOf(labels, Int32Array.from(labels.keys()), 5);
        countsOf(labels, test, 5).forEach((count, c) => {
          if (all[c] < 2) expect(count).toBe(0);
          else {
            expect(count).toBeGreaterThanOrEqual(1);
            expect(count).toBeLessThan(all[c]);
            expect(Math.abs(count - all[c] * share)).toBeLessThan(1 + 1e-9);
          }
        });
      }),
    );
  });

  it('is decided by its seed', () => {
    const labels = Int32Array.from({ length: 200 }, (_, i) => i % 3);
    const split = stratifiedSplit(labels, 3, 0.3, 5);
    expect(stratifiedSplit(labels, 3, 0.3, 5)).toEqual(split);
    expect(stratifiedSplit(labels, 3, 0.3, 6).test).not.toEqual(split.test);
  });

  it('refuses a share of nothing or all, and a class out of range', () => {
    const labels = Int32Array.of(0, 1);
    for (const share of [0, 1, NaN]) {
      expect(() => stratifiedSplit(labels, 2, share, 1)).toThrow(AppError);
    }
    expect(() => stratifiedSplit(labels, 1, 0.5, 1)).toThrow('Row 1 has the class 1');
  });
});

describe('the confusion matrix', () => {
  it('has the truth in its rows', () => {
    const truth = Int32Array.of(0, 0, 0, 1, 1, 2);
    const predicted = Int32Array.of(0, 1, 1, 1, 2, 2);
    expect(confusionMatrix(truth, predicted, 3)).toEqual([
      [1, 2, 0],
      [0, 1, 1],
      [0, 0, 1],
    ]);
  });

  it('refuses lengths and classes that do not fit', () => {
    const one = Int32Array.of(0);
    expect(() => confusionMatrix(one, Int32Array.of(0, 0), 1)).toThrow(AppError);
    expect(() => confusionMatrix(one, Int32Array.of(1), 1)).toThrow(AppError);
    expect(() => confusionMatrix(Int32Array.of(-1), one, 1)).toThrow(AppError);
  });
});

describe('the report', () => {
  it('has the figures of the arithmetic', () => {
    // Accuracy (8+3)/15. Class 0: precision 8/10, recall 8/10, f1 0.8. Class 1: 3/5, 3/5, 0.6. Majority 10/15.
    const report = classificationReport([
      [8, 2],
      [2, 3],
    ]);
    expect(report.accuracy).toBeCloseTo(11 / 15, 12);
    expect(report.macroF1).toBeCloseTo(0.7, 12);
    expect(report.weightedF1).toBeCloseTo((10 * 0.8 + 5 * 0.6) / 15, 12);
    expect(report.majorityAccuracy).toBeCloseTo(2 / 3, 12);
    expect(report.perClass[1]).toEqual({ precision: 0.6, recall: 0.6, f1: 0.6, support: 5 });
  });

  it('agrees with scikit-learn where a class is never predicted', () => {
    // scikit-learn 1.2.1, precision_recall_fscore_support(truth, predicted, zero_division=0), f1_score and accuracy_score.
    const truth = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 2, 2, 3);
    const predicted = Int32Array.of(0, 0, 1, 2, 1, 1, 0, 2, 1, 1);
    const report = classificationReport(confusionMatrix(truth, predicted, 4));
    expect(report.perClass.map(({ precision }) => precision)).toEqual([2 / 3, 0.4, 0.5, 0]);
    expect(report.perClass.map(({ recall }) => recall)).toEqual([0.5, 2 / 3, 0.5, 0]);
    expect(report.perClass.map(({ support }) => support)).toEqual([4, 3, 2, 1]);
    expect(report.perClass[0].f1).toBeCloseTo(0.5714285714285715, 12);
    expect(report.accuracy).toBeCloseTo(0.5, 12);
    expect(report.macroF1).toBeCloseTo(0.3928571428571429, 12);
    expect(report.weightedF1).toBeCloseTo(0.47857142857142865, 12);
  });

  it('agrees with scikit-learn on the trees of the credit-card file', () => {
    // Counts: scikit-learn 1.9.1, five full trees; figures: scikit-learn 1.2.1 on these counts.
    const report = classificationReport([
      [3793, 111, 77, 2],
      [97, 3187, 49, 35],
      [99, 49, 1040, 8],
      [8, 37, 8, 350],
    ]);
    expect(report.accuracy).toBeCloseTo(0.9351955307262569, 12);
    expect(report.macroF1).toBeCloseTo(0.9123683168378983, 12);
    expect(report.weightedF1).toBeCloseTo(0.9350789119220457, 12);
    const third = report.perClass[2];
    expect(third.precision).toBeCloseTo(0.8858603066439523, 12);
    expect(third.recall).toBeCloseTo(0.8695652173913043, 12);
    expect(third.f1).toBeCloseTo(0.8776371308016877, 12);
  });

  it('leaves a class that does not occur out of the plain mean, and survives an empty matrix', () => {
    const report = classificationReport([
      [2, 0, 0],
      [0, 3, 0],
      [0, 0, 0],
    ]);
    expect(report.macroF1).toBe(1);
    expect(report.perClass[2]).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
    expect(classificationReport([[0]]).accuracy).toBe(0);
    expect(classificationReport([]).majorityAccuracy).toBe(0);
  });
});
