/**
 * How far float32 distances on a graphics card can be off, proven for every order of summation, with or without fused
 * multiply-add, and for any direction of rounding (WebGL 2 leaves it open), so the unit is u = 2^-23.
 *
 * For one row x and one centre c of d values, let h be c rounded to float32 (to nearest, done by us),
 *   D  = Σ (x_j − c_j)²   what is asked for,
 *   D' = Σ (x_j − h_j)²   what the card would return if it were exact,
 *   D̂                     what it returns.
 *
 * 1. Rounding the centre: ‖c − h‖ ≤ 2^-24·‖c‖, so by the triangle inequality |√D' − √D| ≤ 2^-24·‖c‖.
 * 2. Computing: one rounding in x_j − h_j (it counts twice, being squared), one in the square, at most d + 1 in the
 *    sum of terms that are all ≥ 0: D̂ = D'·(1 + θ), |θ| ≤ (d + 4)·u/(1 − (d + 4)·u). Half of it in √D̂.
 * 3. The card's √ may be off by 4.5 units in the last place (GLSL: 2 for inversesqrt, 2.5 for the division), and the
 *    product with 1 ± s by 2 more.
 * 4. Results below 2^-126 may become 0: at most 2d·2^-126 in D̂, that is √d·2^-62 in √D̂.
 *
 * So √D lies within √D̂·(1 ± s) ± η with s ≥ ((d + 4)/2 + 7)·u and η ≥ 2^-24·‖c‖ + √d·2^-62. Here both are taken at
 * least twice as large; the errors of the float64 reference (d + 2 units of 2^-53) drown in that. When for the best
 * and the second-best centre
 *   gap = √D̂_second·(1 − s) − √D̂_best·(1 + s) > 2η
 * then the best one is nearest in the reference too. Every other row is settled by the reference itself.
 */
export function relativeError(nFeatures: number): number {
  return (nFeatures + 18) * 2 ** -23;
}

/**
 * 2η, for the longest of the centres.
 *
 * @param centers row-major nClusters × nFeatures
 * @returns in the units of the data; infinite when a centre is so long that squares might overflow float32
 */
export function absoluteError(centers: Float64Array, nClusters: number, nFeatures: number): number {
  let longest = 0;
  for (let c = 0; c < nClusters; c++) {
    let square = 0;
    for (let j = 0; j < nFeatures; j++) square += centers[c * nFeatures + j] ** 2;
    if (!(square < 2 ** 100)) return Infinity;
    longest = Math.max(longest, square);
  }
  return 2 ** -22 * Math.sqrt(longest) + 2 ** -60 * Math.sqrt(nFeatures);
}

/** The margin of a row of length r: square · r² + linear · r + constant. */
export interface ScoreMargin {
  readonly square: number;
  readonly linear: number;
  readonly constant: number;
}

/**
 * By how much the best of the float32 scores ‖c‖²/2 − x·c must win to be that of the nearest centre, for arithmetic
 * that rounds to nearest (WebAssembly), u = 2^-24.
 *
 * Let S_c = ‖c‖²/2 − x·c = (‖x − c‖² − ‖x‖²)/2 be exact, Ŝ_c what is computed from h = c rounded to float32 and ‖c‖²/2
 * rounded to float32, M the length of the longest centre, r = ‖x‖.
 *
 * 1. Rounding h and ‖c‖²/2: u·r·M + u·M²/2.
 * 2. Computing: one rounding per product and at most d + 1 more on the way of each term through the sum:
 *    γ·(r·M + M²/2)·(1 + u), γ = (d + 2)·u/(1 − (d + 2)·u).
 * 3. Results below 2^-126 lose at most (d + 1)·2^-150 altogether, and h as much as √d·2^-150·r.
 * 4. The reference rounds too: (d + 2)·2^-53·‖x − c‖²/2 ≤ (d + 2)·2^-53·(r² + M²).
 *
 * The sum of these for two centres is
 *   (d + 3)·2^-23·(r·M + M²/2) + (d + 2)·2^-52·(r² + M²) + (less than 2^-120·(1 + r)),
 * and the margin is at least twice that, so that the roundings of r, of the margin itself and of the difference of two
 * scores are covered. Lengths stay below 2^50 (`longest`), so nothing overflows; with longer centres the margin is
 * infinite and every row is settled by the reference.
 *
 * @param centers row-major nClusters × nFeatures
 */
export function scoreMargin(
  centers: Float64Array,
  nClusters: number,
  nFeatures: number,
): ScoreMargin {
  let square = 0;
  for (let c = 0; c < nClusters; c++) {
    let length = 0;
    for (let j = 0; j < nFeatures; j++) length += centers[c * nFeatures + j] ** 2;
    if (!(length < 2 ** 100)) return { square: 0, linear: 0, constant: Infinity };
    square = Math.max(square, length);
  }
  const d = nFeatures + 8;
  return {
    square: d * 2 ** -51,
    linear: d * 2 ** -22 * Math.sqrt(square) + 2 ** -119,
    constant: d * 2 ** -22 * (square / 2) + 2 ** -119,
  };
}
