// @ts-nocheck AssemblyScript: its own compiler checks it.

/**
 * Scores of rows on two components, Σ_j x_ij·component_j in float64, j ascending, rounded once to float32: one component
 * in each half of a vector, two rows at a time, which do not wait for each other.
 *
 * @param x rows of float32, row-major; one more row than there are may be read where their number is odd
 * @param pairs float64: of each column its two loadings
 * @param scores written: two float32 a row, for an even number of rows
 */
export function projectPair(
  x: usize,
  nRows: i32,
  nFeatures: i32,
  pairs: usize,
  scores: usize,
): void {
  const rowBytes = (<usize>nFeatures) << 2;
  for (let i = 0; i < nRows; i += 2) {
    let a = f64x2.splat(0);
    let b = a;
    let pair = pairs;
    for (const end = x + rowBytes; x < end; x += 4, pair += 16) {
      const loadings = v128.load(pair);
      a = f64x2.add(a, f64x2.mul(f64x2.splat(<f64>load<f32>(x)), loadings));
      b = f64x2.add(b, f64x2.mul(f64x2.splat(<f64>load<f32>(x + rowBytes)), loadings));
    }
    x += rowBytes;
    const low = f32x4.demote_f64x2_zero(a);
    v128.store(scores, v128.shuffle<i64>(low, f32x4.demote_f64x2_zero(b), 0, 2));
    scores += 16;
  }
}
