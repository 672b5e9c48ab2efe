import type { Context } from '../context';
import type { Matrix } from '../matrix';
import { minimise } from './lbfgs';

export interface LogisticParams {
  /** Inverse strength of the penalty on the weights. > 0 */
  readonly C: number;
  readonly maxIter: number;
}

/** As scikit-learn's, but run to the end. */
export const logisticDefaults: LogisticParams = { C: 1, maxIter: 1000 };

export interface LogisticRegression {
  readonly nClasses: number;
  readonly nFeatures: number;
  /** Row-major nClasses × (nFeatures + 1): the weights of each class, its intercept last. */
  readonly weights: Float64Array;
}

/** Of the mean loss: where it no longer matters to a prediction. */
const tolerance = 1e-6;

/**
 * Multinomial logistic regression: p_c ∝ exp(w_c·x + b_c); minimises Σ −log p of the true class + ‖w‖² / (2C), intercepts
 * free. Source: scikit-learn `linear_model/_logistic.py`.
 *
 * @param X scaled
 * @param labels class of each row of X, 0 … nClasses − 1
 * @param rows to learn from, at least one
 */
export async function fitLogisticRegression(
  X: Matrix,
  labels: Int32Array,
  nClasses: number,
  rows: Int32Array,
  { C, maxIter }: LogisticParams,
  ctx: Pick<Context, 'breathe'>,
): Promise<LogisticRegression> {
  const { nFeatures } = X;
  const weights = new Float64Array(nClasses * (nFeatures + 1));
  const objective = (at: Float64Array, gradient: Float64Array) =>
    meanLoss(X, labels, nClasses, rows, at, gradient, 1 / (C * rows.length));
  await minimise(objective, weights, { tolerance, maxIter }, ctx.breathe);
  return { nClasses, nFeatures, weights };
}

/** The loss and the penalty, both divided by the number of rows. */
function meanLoss(
  { data, nFeatures }: Matrix,
  labels: Int32Array,
  nClasses: number,
  rows: Int32Array,
  weights: Float64Array,
  gradient: Float64Array,
  penalty: number,
): number {
  gradient.fill(0);
  const width = nFeatures + 1;
  const scores = new Float64Array(nClasses);
  let loss = 0;
  for (const row of rows) {
    const first = row * nFeatures;
    const total = softmax(scoresOf(data, first, weights, nClasses, nFeatures, scores));
    loss -= Math.log(Math.max(scores[labels[row]] / total, Number.MIN_VALUE));
    for (let c = 0; c < nClasses; c++) {
      const wrong = scores[c] / total - (labels[row] === c ? 1 : 0);
      const at = c * width;
      for (let j = 0; j < nFeatures; j++) gradient[at + j] += wrong * data[first + j];
      gradient[at + nFeatures] += wrong;
    }
  }
  let squares = 0;
  for (let c = 0; c < nClasses; c++) {
    for (let j = 0; j < width; j++) {
      const at = c * width + j;
      gradient[at] /= rows.length;
      if (j === nFeatures) continue;
      squares += weights[at] ** 2;
      gradient[at] += penalty * weights[at];
    }
  }
  return loss / rows.length + (penalty * squares) / 2;
}

function scoresOf(
  data: Float32Array,
  first: number,
  weights: Float64Array,
  nClasses: number,
  nFeatures: number,
  scores: Float64Array,
): Float64Array {
  for (let c = 0, at = 0; c < nClasses; c++, at++) {
    let score = 0;
    for (let j = 0; j < nFeatures; j++, at++) score += weights[at] * data[first + j];
    scores[c] = score + weights[at];
  }
  return scores;
}

/** In place, not yet divided by the sum that it returns. */
function softmax(scores: Float64Array): number {
  const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  let total = 0;
  for (let c = 0; c < scores.length; c++) total += scores[c] = Math.exp(scores[c] - most);
  return total;
}

/** The likeliest class of each listed row of X, the first on a tie. */
export function predictLogistic(
  { nClasses, nFeatures, weights }: LogisticRegression,
  { data }: Matrix,
  rows: Int32Array,
): Int32Array {
  const scores = new Float64Array(nClasses);
  return rows.map((row) => {
    scoresOf(data, row * nFeatures, weights, nClasses, nFeatures, scores);
    return scores.indexOf(Math.max(...scores));
  });
}
