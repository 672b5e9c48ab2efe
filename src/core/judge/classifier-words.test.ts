import { describe, expect, it } from 'vitest';
import { comparisonFinding } from './classifier-words';
import type { ClassifierId, ClassifierResult } from './compare-classifiers';

const result = (id: ClassifierId, accuracy: number): ClassifierResult => ({
  id,
  accuracies: [accuracy],
  confusion: [],
  report: { accuracy, macroF1: 0, weightedF1: 0, majorityAccuracy: 0, perClass: [] },
});

describe('the comparison in words', () => {
  it('names the best that learned something, and the price of reading rules', () => {
    const said = comparisonFinding([
      result('tree', 0.93),
      result('logistic-regression', 0.99),
      result('nearest-centroid', 0.997),
      result('majority', 0.44),
    ]);
    expect(said).toMatch(
      /^Best: logistic regression \(99\u00a0%\)\. The tree is 6\.0 points behind/,
    );
  });

  it('is content with a tree that is hardly behind', () => {
    expect(comparisonFinding([result('tree', 0.95), result('forest', 0.97)])).toContain(
      'hardly behind',
    );
    expect(comparisonFinding([result('tree', 0.98), result('forest', 0.97)])).toMatch(
      /^The tree does best/,
    );
  });
});
