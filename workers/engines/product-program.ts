import type { CardProgram } from './card';
import { exactSumGlsl, exactSumWgsl } from './exact-sum';

/** Rows that are added up in one go. */
export const rowsPerSum = 1_024;

/**
 * Sums of products of two columns, over pieces of rows, exact but for what lies 2^-46 below the unit: a value is cut into
 * two halves of twelve bits, and the four products of halves are floats.
 *
 * Inputs: X, rows × nFeatures, rows a multiple of `rowsPerSum`; Pairs, nPairs (even) × 4: two columns, and the powers of two
 * that the values of each are multiplied by; the products have to stay below 2^22. Result: the sum of piece i and pair p is
 * the texel (i, p), see `sumAt`.
 */
export function productProgram(rows: number, nFeatures: number, nPairs: number): CardProgram {
  return {
    name: `products ${nFeatures}`,
    inputs: ['X', 'Pairs'],
    shape: [(2 * rows) / rowsPerSum, 2 * nPairs],
    uniforms: {},
    glsl,
    wgsl,
  };
}

const glsl = `
  ${exactSumGlsl}

  float head(float x) {
    return intBitsToFloat(floatBitsToInt(x) & ~4095);
  }

  void addProduct(float x, float y) {
    float xHead = head(x);
    float yHead = head(y);
    add(xHead * yHead);
    add(xHead * (y - yHead));
    add((x - xHead) * yHead);
    add((x - xHead) * (y - yHead));
  }

  vec4 texel(int row, int column) {
    int first = row / 2 * ${rowsPerSum};
    int pair = column / 2;
    vec4 columns = getPairs(pair, 0);
    vec4 factors = getPairs(pair, 2);
    ivec2 at = ivec2(pair % 2 == 0 ? columns.xy : columns.zw);
    vec2 factor = pair % 2 == 0 ? factors.xy : factors.zw;
    for (int i = 0; i < ${rowsPerSum}; i += 2) {
      vec4 left = getX(first + i, at.x);
      vec4 right = getX(first + i, at.y);
      vec2 x = (at.x % 2 == 0 ? left.xz : left.yw) * factor.x;
      vec2 y = (at.y % 2 == 0 ? right.xz : right.yw) * factor.y;
      addProduct(x.x, y.x);
      addProduct(x.y, y.y);
      if ((i & 30) == 30) carry();
    }
    return total();
  }
`;

const wgsl = `
  ${exactSumWgsl}

  fn head(x: f32) -> f32 {
    return bitcast<f32>(bitcast<i32>(x) & ~4095);
  }

  fn texel(row: i32, column: i32) -> vec4<f32> {
    sum = vec4<i32>(0);
    let first = row / 2 * ${rowsPerSum};
    let pair = column / 2;
    let left = i32(getPairs(pair, 0));
    let right = i32(getPairs(pair, 1));
    for (var i = 0; i < ${rowsPerSum}; i++) {
      let x = getX(first + i, left) * getPairs(pair, 2);
      let y = getX(first + i, right) * getPairs(pair, 3);
      let xHead = head(x);
      let yHead = head(y);
      add(xHead * yHead);
      add(xHead * (y - yHead));
      add((x - xHead) * yHead);
      add((x - xHead) * (y - yHead));
      if ((i & 15) == 15) { carry(); }
    }
    return total();
  }
`;
