import type { CardProgram } from './card';
import { relativeError } from './margin';

/** What the card says of a row whose nearest centre it cannot tell for sure. */
export const doubtful = -1;

/**
 * The nearest centre of each row, for several sets of centres at once: distances, the best and whether its gap to the
 * second-best proves anything (see `margin.ts`), in one pass and without writing the distances out.
 *
 * Inputs: X, rows (a multiple of 4) × nFeatures; Centers, set after set, each of `stride` (even) rows, of which the first
 * `nClusters` count. Result: for each row and set a label, or `doubtful`; row i, set s at
 * `[(i >> 1) * 2 * nSets + 2 * s + (i & 1)]`, so that each run of `texel` serves four rows and reads a centre once for
 * them.
 *
 * @param nSets sets that there is room for; the uniform `nUsed` says how many are there
 */
export function nearestProgram(rows: number, nFeatures: number, nSets: number): CardProgram {
  const near = (1 - relativeError(nFeatures)).toFixed(10);
  const far = (1 + relativeError(nFeatures)).toFixed(10);
  return {
    name: `nearest ${nFeatures}`,
    inputs: ['X', 'Centers'],
    shape: [rows / 2, 2 * nSets],
    uniforms: { nClusters: 'int', stride: 'int', nUsed: 'int', doubt: 'float' },
    glsl: glsl(Math.ceil(nFeatures / 2), near, far),
    wgsl: wgsl(nFeatures, near, far),
  };
}

/**
 * 3.4e38 stands for "no centre yet": GLSL need not know infinity. The column that an odd number of them lacks is 0 in
 * both inputs, so it adds nothing; the centre that an odd number of them lacks is left out by the `if`.
 */
function glsl(pairs: number, near: string, far: string): string {
  return `
    vec4 best;
    vec4 second;
    vec4 label;

    void consider(vec4 distance, int c) {
      second = min(second, max(best, distance));
      label = mix(label, vec4(float(c)), lessThan(distance, best));
      best = min(best, distance);
    }

    vec4 texel(int row, int column) {
      int set = column / 2;
      best = vec4(3.4e38);
      second = best;
      label = vec4(0.0);
      for (int c = 0; c < (set < nUsed ? nClusters : 0); c += 2) {
        vec4 even = vec4(0.0);
        vec4 odd = vec4(0.0);
        for (int j = 0; j < ${pairs}; j++) {
          vec4 center = getCenters(set * stride + c, 2 * j);
          vec4 upper = getX(2 * row, 2 * j);
          vec4 lower = getX(2 * row + 2, 2 * j);
          vec4 left = vec4(upper.xz, lower.xz);
          vec4 right = vec4(upper.yw, lower.yw);
          vec4 a = left - center.x;
          vec4 b = left - center.z;
          even += a * a;
          odd += b * b;
          a = right - center.y;
          b = right - center.w;
          even += a * a;
          odd += b * b;
        }
        consider(even, c);
        if (c + 1 < nClusters) consider(odd, c + 1);
      }
      vec4 gap = sqrt(second) * ${near} - sqrt(best) * ${far};
      return mix(vec4(${doubtful}.0), label, greaterThan(gap, vec4(doubt)));
    }
  `;
}

function wgsl(nFeatures: number, near: string, far: string): string {
  return `
    fn texel(row: i32, column: i32) -> vec4<f32> {
      let which = column / 2;
      let first = 2 * row;
      var best = vec4<f32>(3.4e38);
      var second = best;
      var label = vec4<f32>(0.0);
      for (var c = 0; c < select(0, uniforms.nClusters, which < uniforms.nUsed); c++) {
        var distance = vec4<f32>(0.0);
        for (var j = 0; j < ${nFeatures}; j++) {
          let x = vec4<f32>(getX(first, j), getX(first + 1, j), getX(first + 2, j), getX(first + 3, j));
          let difference = x - getCenters(which * uniforms.stride + c, j);
          distance += difference * difference;
        }
        second = min(second, max(best, distance));
        label = select(label, vec4<f32>(f32(c)), distance < best);
        best = min(best, distance);
      }
      let gap = sqrt(second) * ${near} - sqrt(best) * ${far};
      return select(vec4<f32>(${doubtful}.0), label, gap > vec4<f32>(uniforms.doubt));
    }
  `;
}
