import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl/dist/base';

/**
 * Scores of a chunk of rows on the graphics card, as a TensorFlow.js WebGL program: X · Componentsᵀ, summed in float32
 * over the columns, which are few.
 *
 * Inputs: X (rows × nFeatures) and Components (nComponents × nFeatures), both packed, two rows by two columns a texel.
 * Output: rows × nComponents, packed as well: each run of `main` makes two scores of two rows.
 */
export function projectProgram(rows: number, nFeatures: number, nComponents: number): GPGPUProgram {
  return {
    variableNames: ['X', 'Components'],
    outputShape: [rows, nComponents],
    packedInputs: true,
    packedOutput: true,
    enableShapeUniforms: true,
    userCode: `
      void main() {
        ivec2 at = getOutputCoords();
        vec4 score = vec4(0.0);
        for (int j = 0; j < ${Math.ceil(nFeatures / 2)}; j++) {
          vec4 x = getX(at.x, 2 * j);
          vec4 loading = getComponents(at.y, 2 * j);
          score += x.xxzz * loading.xzxz + x.yyww * loading.ywyw;
        }
        setOutput(score);
      }
    `,
  };
}
