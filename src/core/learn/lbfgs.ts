/** The value of a function and its slope, which is written. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number;

export interface LbfgsParams {
  /** Ends when no part of the slope is larger. > 0 */
  readonly tolerance: number;
  readonly maxIter: number;
}

/** Steps that are remembered to guess the curvature from. */
const memory = 10;
/** A step must lower the function by this part of what its slope promises (Armijo). */
const sufficient = 1e-4;

/**
 * Minimises a smooth convex function by limited-memory BFGS with backtracking.
 * Source: Nocedal, Wright, "Numerical Optimization" (2006), algorithms 7.4 and 7.5.
 *
 * @param start changed into the minimum
 * @param rest called between iterations
 * @returns the value there
 */
export async function minimise(
  objective: Objective,
  start: Float64Array,
  { tolerance, maxIter }: LbfgsParams,
  rest: () => Promise<void>,
): Promise<number> {
  const n = start.length;
  const pairs: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  let gradient = new Float64Array(n);
  let value = objective(start, gradient);
  const next = new Float64Array(n);
  for (let iteration = 0; iteration < maxIter; iteration++) {
    if (largest(gradient) <= tolerance) break;
    const direction = twoLoops(gradient, pairs);
    const slope = dot(direction, gradient);
    const ahead = new Float64Array(n);
    let step = pairs.length === 0 ? Math.min(1, 1 / largest(gradient)) : 1;
    let reached = Infinity;
    for (let tries = 0; tries < 40; tries++, step /= 2) {
      for (let i = 0; i < n; i++) next[i] = start[i] + step * direction[i];
      reached = objective(next, ahead);
      if (reached <= value + sufficient * step * slope) break;
    }
    // No step lowers it any more: rounding is all that is left.
    if (!(reached < value)) break;
    remember(pairs, start, next, gradient, ahead);
    start.set(next);
    gradient = ahead;
    value = reached;
    await rest();
  }
  return value;
}

function remember(
  pairs: { s: Float64Array; y: Float64Array; rho: number }[],
  from: Float64Array,
  to: Float64Array,
  before: Float64Array,
  after: Float64Array,
): void {
  const s = to.map((value, i) => value - from[i]);
  const y = after.map((value, i) => value - before[i]);
  const curvature = dot(s, y);
  if (!(curvature > 0)) return;
  pairs.push({ s, y, rho: 1 / curvature });
  if (pairs.length > memory) pairs.shift();
}

/** Minus the slope, seen through the curvature of the last steps. */
function twoLoops(
  gradient: Float64Array,
  pairs: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const q = gradient.map((value) => -value);
  const alphas: number[] = [];
  for (let p = pairs.length - 1; p >= 0; p--) {
    const { s, y, rho } = pairs[p];
    const alpha = rho * dot(s, q);
    alphas[p] = alpha;
    for (let i = 0; i < q.length; i++) q[i] -= alpha * y[i];
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < q.length; i++) q[i] *= scale;
  }
  pairs.forEach(({ s, y, rho }, p) => {
    const beta = rho * dot(y, q);
    for (let i = 0; i < q.length; i++) q[i] += s[i] * (alphas[p] - beta);
  });
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}
