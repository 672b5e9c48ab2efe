/** QR steps for each eigenvalue, at most; two or three are usual. */
const mostSteps = 60;
/** Up to so many columns there is nothing to wait for. */
const quick = 100;

type Rest = () => Promise<void> | undefined;

/**
 * Eigenvalues and unit eigenvectors of a symmetric matrix: Householder reflections make it tridiagonal, QR steps with
 * Wilkinson's shift make that diagonal. Errors are some 2^-52 of the largest eigenvalue.
 * Source: Golub, Van Loan, "Matrix Computations", §8.3.
 *
 * @param symmetric row-major n × n, finite, not changed
 * @param breathe called between pieces of work of some milliseconds: a thousand columns take seconds
 * @returns values descending; vectors row-major, row m belongs to value m
 */
export async function eigenSymmetric(
  symmetric: Float64Array,
  n: number,
  breathe: () => Promise<void> = () => Promise.resolve(),
): Promise<{ values: Float64Array; vectors: Float64Array }> {
  const rest = n > quick ? breathe : () => undefined;
  const { diagonal, beside, rows } = await tridiagonal(symmetric.slice(), n, rest);
  let end = n - 1;
  for (let steps = 0; end > 0 && steps < mostSteps * n; steps++) {
    while (end > 0 && isNegligible(diagonal, beside, end - 1)) end--;
    let start = end;
    while (start > 0 && !isNegligible(diagonal, beside, start - 1)) start--;
    if (start < end) stepQr(diagonal, beside, rows, n, start, end);
    await rest();
  }
  const order = Array.from({ length: n }, (_, m) => m).sort(
    (x, y) => diagonal[y] - diagonal[x] || x - y,
  );
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => vectors.set(rows.subarray(from * n, (from + 1) * n), to * n));
  return { values: Float64Array.from(order, (m) => diagonal[m]), vectors };
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Element k stands between k and k + 1. */
  readonly beside: Float64Array;
  /** Row-major: the basis in which the matrix is tridiagonal, a vector a row. */
  readonly rows: Float64Array;
}

/**
 * Row after row is reflected so that nothing is left of it beyond the first value beside the diagonal.
 *
 * @param a row-major n × n; used up
 */
async function tridiagonal(a: Float64Array, n: number, pause: Rest): Promise<Tridiagonal> {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const mirrors = new Float64Array(n * n);
  const factors = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    diagonal[k] = a[k * n + k];
    const first = k + 1 < n ? a[k * n + k + 1] : 0;
    const mirror = mirrors.subarray(k * n, (k + 1) * n);
    let rest = 0;
    for (let i = k + 2; i < n; i++) {
      mirror[i] = a[k * n + i];
      rest += mirror[i] * mirror[i];
    }
    beside[k] = first;
    if (rest === 0) continue;
    // Away from the value itself, so that their difference loses no digits.
    beside[k] = Math.sqrt(first * first + rest) * (first > 0 ? -1 : 1);
    mirror[k + 1] = first - beside[k];
    factors[k] = 2 / (mirror[k + 1] * mirror[k + 1] + rest);
    reflect(a, n, k + 1, mirror, factors[k]);
    await pause();
  }
  return { diagonal, beside, rows: await basis(mirrors, factors, n, pause) };
}

/** a ← H·a·H with H = I − factor·v·vᵀ, from row and column `start` on. */
function reflect(a: Float64Array, n: number, start: number, v: Float64Array, factor: number): void {
  // H·a·H = a − v·wᵀ − w·vᵀ with w = p − (factor/2)·(pᵀv)·v and p = factor·a·v.
  const w = new Float64Array(n);
  let along = 0;
  for (let i = start; i < n; i++) {
    w[i] = factor * dot(a, i * n, v, start, n);
    along += w[i] * v[i];
  }
  for (let i = start; i < n; i++) w[i] -= (factor / 2) * along * v[i];
  for (let i = start; i < n; i++) {
    const row = i * n;
    const vi = v[i];
    const wi = w[i];
    for (let j = start; j < n; j++) a[row + j] -= vi * w[j] + wi * v[j];
  }
}

/** The product of all reflections, transposed. */
async function basis(
  mirrors: Float64Array,
  factors: Float64Array,
  n: number,
  rest: Rest,
): Promise<Float64Array> {
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  for (let k = n - 3; k >= 0; k--) {
    if (factors[k] === 0) continue;
    const v = mirrors.subarray(k * n, (k + 1) * n);
    for (let i = k + 1; i < n; i++) {
      const row = i * n;
      const length = factors[k] * dot(rows, row, v, k + 1, n);
      for (let j = k + 1; j < n; j++) rows[row + j] -= length * v[j];
    }
    await rest();
  }
  return rows;
}

function dot(a: Float64Array, row: number, v: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let j = start; j < end; j++) sum += a[row + j] * v[j];
  return sum;
}

function isNegligible(diagonal: Float64Array, beside: Float64Array, k: number): boolean {
  const size = Math.abs(diagonal[k]) + Math.abs(diagonal[k + 1]);
  return Math.abs(beside[k]) <= Number.EPSILON * size;
}

/**
 * One QR step on the part from `start` to `end`: a first rotation by the shifted matrix pushes a value out of the three
 * diagonals, and further ones drive it out at the end.
 */
function stepQr(
  diagonal: Float64Array,
  beside: Float64Array,
  rows: Float64Array,
  n: number,
  start: number,
  end: number,
): void {
  let x = diagonal[start] - wilkinsonShift(diagonal[end - 1], diagonal[end], beside[end - 1]);
  let z = beside[start];
  for (let k = start; k < end; k++) {
    const r = Math.sqrt(x * x + z * z);
    // Nothing to rotate: what was to be driven out has vanished on the way.
    if (r === 0) return;
    const c = x / r;
    const s = z / r;
    if (k > start) beside[k - 1] = r;
    const p = diagonal[k];
    const q = diagonal[k + 1];
    const between = beside[k];
    const shared = 2 * c * s * between;
    diagonal[k] = c * c * p + s * s * q + shared;
    diagonal[k + 1] = s * s * p + c * c * q - shared;
    beside[k] = c * s * (q - p) + (c * c - s * s) * between;
    x = beside[k];
    if (k + 1 < end) {
      z = s * beside[k + 1];
      beside[k + 1] *= c;
    }
    rotateRows(rows, n, k, c, s);
  }
}

/** The eigenvalue of p between / between q that is nearer to q. */
function wilkinsonShift(p: number, q: number, between: number): number {
  const half = (p - q) / 2;
  const root = Math.sqrt(half * half + between * between);
  return q - (between * between) / (half < 0 ? half - root : half + root);
}

function rotateRows(rows: Float64Array, n: number, k: number, c: number, s: number): void {
  const upper = k * n;
  const lower = upper + n;
  for (let j = 0; j < n; j++) {
    const u = rows[upper + j];
    const v = rows[lower + j];
    rows[upper + j] = c * u + s * v;
    rows[lower + j] = c * v - s * u;
  }
}
