import type { CardProgram } from './card';

/**
 * Scores of a chunk of rows: X · Componentsᵀ, summed in float32 over the columns, which are few.
 *
 * Inputs: X (rows × nFeatures, rows even) and Components (nComponents × nFeatures, nComponents even).
 * Result: rows × nComponents.
 */
export function projectProgram(rows: number, nFeatures: number, nComponents: number): CardProgram {
  return {
    name: `project ${nFeatures}`,
    inputs: ['X', 'Components'],
    shape: [rows, nComponents],
    uniforms: {},
    glsl: `
      vec4 texel(int row, int column) {
        vec4 score = vec4(0.0);
        for (int j = 0; j < ${Math.ceil(nFeatures / 2)}; j++) {
          vec4 x = getX(row, 2 * j);
          vec4 loading = getComponents(column, 2 * j);
          score += x.xxzz * loading.xzxz + x.yyww * loading.ywyw;
        }
        return score;
      }
    `,
    wgsl: `
      fn texel(row: i32, column: i32) -> vec4<f32> {
        var score = vec4<f32>(0.0);
        for (var j = 0; j < ${nFeatures}; j++) {
          let x = vec2<f32>(getX(row, j), getX(row + 1, j));
          let loading = vec2<f32>(getComponents(column, j), getComponents(column + 1, j));
          score += x.xxyy * loading.xyxy;
        }
        return score;
      }
    `,
  };
}
