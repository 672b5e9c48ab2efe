/**
 * Eigenvalues and unit eigenvectors of a symmetric matrix, by cyclic Jacobi rotations.
 * Source: Golub, Van Loan, "Matrix Computations", §8.5.
 *
 * @param symmetric row-major n × n, not changed
 * @returns values descending; vectors row-major, row m belongs to value m
 */
export function eigenSymmetric(
  symmetric: Float64Array,
  n: number,
): { values: Float64Array; vectors: Float64Array } {
  const a = symmetric.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;

  const scale = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < 60 && offDiagonal(a, n) > scale * 1e-30; sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }

  const order = Array.from({ length: n }, (_, m) => m).sort(
    (x, y) => a[y * n + y] - a[x * n + x] || x - y,
  );
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => vectors.set(v.subarray(from * n, (from + 1) * n), to * n));
  return { values: Float64Array.from(order, (m) => a[m * n + m]), vectors };
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) sum += a[p * n + q] ** 2;
  return sum;
}

/** One rotation that makes a[p][q] zero. Row m of `v` follows eigenvector m. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  if (apq === 0) return;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let i = 0; i < n; i++) {
    const aip = a[i * n + p];
    const aiq = a[i * n + q];
    a[i * n + p] = c * aip - s * aiq;
    a[i * n + q] = s * aip + c * aiq;
  }
  for (let i = 0; i < n; i++) {
    const api = a[p * n + i];
    const aqi = a[q * n + i];
    a[p * n + i] = c * api - s * aqi;
    a[q * n + i] = s * api + c * aqi;
    const vpi = v[p * n + i];
    const vqi = v[q * n + i];
    v[p * n + i] = c * vpi - s * vqi;
    v[q * n + i] = s * vpi + c * vqi;
  }
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}
