import type { CardProgram } from './card';
import { exactSumGlsl, exactSumWgsl } from './exact-sum';

/**
 * Sums of Euclidean distances from some rows to pieces of rows, each within `distanceError`, summed exactly.
 *
 * Inputs: Rows, n (even) × nFeatures; Pieces, nPieces (even) × 2: the row with which each piece begins (even), and how many
 * it has. Result: the sum of row `firstRow` + i and piece `firstPiece` + p is the texel (i, p), see `sumAt`, in units of
 * 1/`scale`.
 *
 * @param nRows rows to measure from in one go
 * @param nPieces pieces to measure to in one go
 */
export function distanceProgram(nFeatures: number, nRows: number, nPieces: number): CardProgram {
  return {
    name: `distances ${nFeatures}`,
    inputs: ['Rows', 'Pieces'],
    shape: [2 * nRows, 2 * nPieces],
    uniforms: { firstRow: 'int', firstPiece: 'int', scale: 'float' },
    glsl: glsl(nFeatures),
    wgsl: wgsl(nFeatures),
  };
}

/** With more columns the code for a pair of rows grows beyond what cards keep at hand. */
const mostFeatures = 128;

/**
 * The largest relative error of one distance, in any direction of rounding, u = 2^-23: one rounding in x_j − y_j (it
 * counts twice, being squared), one in the square, one for each addition on the way of a term through the sum, where the
 * two columns of a pair are added first, and then pairs as in a knock-out tournament, because fewer additions on the way
 * lose less. Half of it in the root, which is D · inversesqrt(D): 2 units in the last place (GLSL, WGSL), and a rounding.
 *
 * @returns at most 8 u, below 10^-6; infinite when there are too many columns
 */
export function distanceError(nFeatures: number): number {
  if (nFeatures > mostFeatures) return Infinity;
  const additions = 1 + Math.ceil(Math.log2(pairsOf(nFeatures)));
  return ((3 + additions) / 2 + 2.5) * 2 ** -23;
}

function pairsOf(nFeatures: number): number {
  return Math.ceil(nFeatures / 2);
}

/** The sum of some terms, as in a knock-out tournament. */
function tournament(terms: readonly string[]): string {
  if (terms.length === 1) return terms[0];
  const middle = Math.ceil(terms.length / 2);
  return `(${tournament(terms.slice(0, middle))} + ${tournament(terms.slice(middle))})`;
}

/** Two rows at a time. The column that an odd number of them lacks is 0 in both rows, so it adds nothing. */
function glsl(nFeatures: number): string {
  const nPairs = pairsOf(nFeatures);
  const terms = Array.from(
    { length: nPairs },
    (_, pair) => `squares(own[${pair}], getRows(other, ${2 * pair}))`,
  );
  return `
    ${exactSumGlsl}

    vec2 own[${nPairs}];

    vec2 squares(vec2 x, vec4 y) {
      vec4 difference = x.xyxy - y;
      difference *= difference;
      return difference.xz + difference.yw;
    }

    vec4 texel(int row, int column) {
      int from = firstRow + row / 2;
      for (int j = 0; j < ${nPairs}; j++) {
        vec4 x = getRows(from, 2 * j);
        own[j] = from % 2 == 0 ? x.xy : x.zw;
      }
      int to = firstPiece + column / 2;
      vec4 both = getPieces(to, 0);
      ivec2 piece = ivec2(to % 2 == 0 ? both.xy : both.zw);
      for (int i = 0; i < piece.y; i += 2) {
        int other = piece.x + i;
        vec2 square = ${tournament(terms)};
        vec2 distance = square * inversesqrt(max(square, vec2(1e-37))) * scale;
        add(distance.x);
        if (i + 1 < piece.y) add(distance.y);
        if ((i & 62) == 62) carry();
      }
      return total();
    }
  `;
}

/** The last of an odd number of columns is a pair of its own. */
function wgsl(nFeatures: number): string {
  const terms = Array.from({ length: pairsOf(nFeatures) }, (_, pair) =>
    2 * pair + 1 < nFeatures
      ? `(square(other, ${2 * pair}) + square(other, ${2 * pair + 1}))`
      : `square(other, ${2 * pair})`,
  );
  return `
    ${exactSumWgsl}

    var<private> own: array<f32, ${nFeatures}>;

    fn square(other: i32, j: i32) -> f32 {
      let difference = own[j] - getRows(other, j);
      return difference * difference;
    }

    fn texel(row: i32, column: i32) -> vec4<f32> {
      sum = vec4<i32>(0);
      for (var j = 0; j < ${nFeatures}; j++) {
        own[j] = getRows(row / 2 + uniforms.firstRow, j);
      }
      let piece = uniforms.firstPiece + column / 2;
      let first = i32(getPieces(piece, 0));
      let count = i32(getPieces(piece, 1));
      for (var i = 0; i < count; i++) {
        let other = first + i;
        let squared = ${tournament(terms)};
        add(squared * inverseSqrt(max(squared, 1e-37)) * uniforms.scale);
        if ((i & 63) == 63) { carry(); }
      }
      return total();
    }
  `;
}
