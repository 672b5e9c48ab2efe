import type { Matrix } from '../matrix';

export interface GaussianNaiveBayes {
  readonly nClasses: number;
  /** Share of the rows of each class. */
  readonly priors: Float64Array;
  /** Row-major nClasses × nFeatures. */
  readonly means: Float64Array;
  readonly variances: Float64Array;
}

/** Added to every variance, as a part of the largest one: a column that does not vary in a class would decide alone. */
const varSmoothing = 1e-9;

/**
 * Gaussian naive Bayes: in each class every column is normal, and columns know nothing of each other.
 * Source: scikit-learn `naive_bayes.py`, GaussianNB.
 *
 * @param labels class of each row of X; a class without a row is never predicted
 * @param rows to learn from
 */
export function fitNaiveBayes(
  { data, nFeatures }: Matrix,
  labels: Int32Array,
  nClasses: number,
  rows: Int32Array,
): GaussianNaiveBayes {
  const counts = new Float64Array(nClasses);
  const means = new Float64Array(nClasses * nFeatures);
  const variances = new Float64Array(nClasses * nFeatures);
  for (const row of rows) {
    counts[labels[row]]++;
    for (let j = 0; j < nFeatures; j++) {
      means[labels[row] * nFeatures + j] += data[row * nFeatures + j];
    }
  }
  for (let at = 0; at < means.length; at++) means[at] /= counts[Math.floor(at / nFeatures)] || 1;
  for (const row of rows) {
    for (let j = 0; j < nFeatures; j++) {
      const at = labels[row] * nFeatures + j;
      variances[at] += (data[row * nFeatures + j] - means[at]) ** 2;
    }
  }
  const extra = varSmoothing * largestVariance(data, nFeatures, rows);
  for (let at = 0; at < variances.length; at++) {
    variances[at] = variances[at] / (counts[Math.floor(at / nFeatures)] || 1) + extra;
  }
  return { nClasses, priors: counts.map((count) => count / rows.length), means, variances };
}

function largestVariance(data: Float32Array, nFeatures: number, rows: Int32Array): number {
  let largest = 0;
  for (let j = 0; j < nFeatures; j++) {
    let sum = 0;
    for (const row of rows) sum += data[row * nFeatures + j];
    const mean = sum / rows.length;
    let squares = 0;
    for (const row of rows) squares += (data[row * nFeatures + j] - mean) ** 2;
    largest = Math.max(largest, squares / rows.length);
  }
  return largest;
}

/** The likeliest class of each listed row, the first on a tie. */
export function predictNaiveBayes(
  { nClasses, priors, means, variances }: GaussianNaiveBayes,
  { data, nFeatures }: Matrix,
  rows: Int32Array,
): Int32Array {
  const constants = Float64Array.from({ length: nClasses }, (_, c) => {
    let sum = Math.log(priors[c]);
    for (let j = 0; j < nFeatures; j++) sum -= Math.log(variances[c * nFeatures + j]) / 2;
    return sum;
  });
  return rows.map((row) => {
    let best = 0;
    let most = -Infinity;
    for (let c = 0; c < nClasses; c++) {
      let score = constants[c];
      for (let j = 0; j < nFeatures; j++) {
        const at = c * nFeatures + j;
        score -= (data[row * nFeatures + j] - means[at]) ** 2 / (2 * variances[at]);
      }
      if (score > most) [best, most] = [c, score];
    }
    return best;
  });
}
