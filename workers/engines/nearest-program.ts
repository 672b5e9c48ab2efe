import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/base';
import { relativeError } from './margin';

/**
 * One pass over a chunk of rows on the graphics card, as a TensorFlow.js WebGL program: distances, the nearest centre
 * and the gap to the second-nearest, without writing the distances out.
 *
 * Inputs: X (rows × nFeatures) and Centers (any number of rows × nFeatures), both in TensorFlow.js's packed layout,
 * where a texel holds two rows by two columns; so each run of `main` serves two rows, two centres at a time.
 * Output: rows × 2, the label of a row and its gap (see `margin.ts`). The number of centres is a uniform: one shader
 * serves every k and every number of rows.
 */
export function nearestProgram(rows: number, nFeatures: number): GPGPUProgram {
  return {
    variableNames: ['X', 'Centers'],
    outputShape: [rows, 2],
    packedInputs: true,
    packedOutput: true,
    enableShapeUniforms: true,
    customUniforms: [{ name: 'nClusters', type: 'int' }],
    userCode: shader(Math.ceil(nFeatures / 2), relativeError(nFeatures)),
  };
}

/**
 * `far` stands for "no centre yet": GLSL need not know infinity. Missing values of a texel at the edge are zeros in
 * both inputs, so they add nothing; the missing second centre of an odd number of them is left out by the `if`.
 */
function shader(pairs: number, relative: number): string {
  return `
    const float far = 3.4e38;
    vec2 best = vec2(far);
    vec2 second = vec2(far);
    vec2 label = vec2(0.0);

    void consider(vec2 distance, int c) {
      second = min(second, max(best, distance));
      label = mix(label, vec2(float(c)), lessThan(distance, best));
      best = min(best, distance);
    }

    void main() {
      int row = getOutputCoords().x;
      for (int c = 0; c < nClusters; c += 2) {
        vec4 distance = vec4(0.0);
        for (int j = 0; j < ${pairs}; j++) {
          vec4 x = getX(row, 2 * j);
          vec4 center = getCenters(c, 2 * j);
          vec4 even = x.xxzz - center.xzxz;
          vec4 odd = x.yyww - center.ywyw;
          distance += even * even;
          distance += odd * odd;
        }
        consider(distance.xz, c);
        if (c + 1 < nClusters) consider(distance.yw, c + 1);
      }
      vec2 gap = sqrt(second) * ${(1 - relative).toFixed(10)} - sqrt(best) * ${(1 + relative).toFixed(10)};
      setOutput(vec4(label.x, gap.x, label.y, gap.y));
    }
  `;
}
