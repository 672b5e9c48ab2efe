import { describe, expect, it } from 'vitest';
import { ctx, load, matrixOf } from '../../../tests/helpers/context';
import fixture from '../../../tests/fixtures/map.json';
import { meansOf } from '../judge/contact';
import type { Matrix } from '../matrix';
import { createRandom } from '../random';
import { fitDiscriminant } from './discriminant';

async function fit(X: Matrix, labels: Int32Array, nAxes = 2) {
  const nClusters = Math.max(...labels) + 1;
  const sizes = Array.from({ length: nClusters }, (_, c) => labels.filter((l) => l === c).length);
  const centers = meansOf(X, labels, nClusters);
  const loaded = load(X);
  const found = await fitDiscriminant(loaded, { sizes, centers }, nAxes, ctx.breathe);
  return { ...found, scores: await loaded.project(found.axes, nAxes) };
}

describe('discriminant axes', () => {
  it.each(fixture.discriminant)('equal scikit-learn’s: $name', async (known) => {
    const nAxes = known.scores[0].length;
    const X = matrixOf(known.X);
    const found = await fit(X, Int32Array.from(known.labels), nAxes);
    for (let m = 0; m < nAxes; m++) {
      // Up to the sign of the axis.
      const largest = known.scores.reduce(
        (best, row, i) => (Math.abs(row[m]) > Math.abs(known.scores[best][m]) ? i : best),
        0,
      );
      const sign = Math.sign(known.scores[largest][m] * found.scores[largest * nAxes + m]);
      known.scores.forEach((row, i) => {
        const score = sign * found.scores[i * nAxes + m];
        expect(Math.abs(score - row[m])).toBeLessThan(fixture.tolerance.score);
      });
      expect(found.explainedVarianceRatio[m]).toBeCloseTo(known.explainedVarianceRatio[m], 6);
    }
  });

  it('of two groups apart in one column are that column, in units of the spread within', async () => {
    // Columns: ±4 between the groups with ±1 within, and ±1 within alone, so that W is the identity; B is 16 in the first.
    const rows = [-4, 4].flatMap((middle) =>
      [-1, 1].flatMap((x) => [-1, 1].map((y) => [middle + x, y])),
    );
    const found = await fit(matrixOf(rows), Int32Array.from([0, 0, 0, 0, 1, 1, 1, 1]));
    expect(Math.abs(found.axes[0])).toBeCloseTo(1, 12);
    expect(found.axes[1]).toBeCloseTo(0, 12);
    expect(Array.from(found.ratios)).toEqual([expect.closeTo(16, 10), expect.closeTo(0, 10)]);
    expect(found.explainedVarianceRatio[0]).toBeCloseTo(1, 12);
  });

  it('stay the same when a column is measured in another unit', async () => {
    const random = createRandom(7);
    const labels = Int32Array.from({ length: 60 }, (_, i) => i % 3);
    const rows = Array.from(labels, (label) => [
      label + random.normal(),
      2 * random.normal(),
      (label === 1 ? 2 : 0) + random.normal(),
    ]);
    const one = await fit(matrixOf(rows), labels);
    const other = await fit(matrixOf(rows.map(([a, b, c]) => [64 * a, b, c])), labels);
    expect(other.ratios[0]).toBeCloseTo(one.ratios[0], 6);
    expect(other.ratios[1]).toBeCloseTo(one.ratios[1], 6);
  });

  it('stay finite with columns that repeat each other, are constant, or differ between the groups alone', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => {
      const x = (i * 7) % 11;
      return [x, x, 0, i < 20 ? -1 : 1];
    });
    const labels = Int32Array.from(rows, (_, i) => (i < 20 ? 0 : 1));
    const found = await fit(matrixOf(rows), labels);
    expect(found.axes.every(Number.isFinite)).toBe(true);
    const first = Array.from({ length: 40 }, (_, i) => found.scores[2 * i]);
    const [left, right] = [first.slice(0, 20), first.slice(20)];
    const gap = Math.min(
      Math.abs(Math.min(...left) - Math.max(...right)),
      Math.abs(Math.min(...right) - Math.max(...left)),
    );
    expect(gap).toBeGreaterThan(100);
  });
});
