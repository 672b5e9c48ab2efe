import type { CardProgram } from './card';
import { curveGlsl, curveWgsl } from './curve-code';
import { adam, type Curve } from './dense-kernels';

/*
 * Layers of a network as programs. All matrices have even rows and even columns; what they are short of that is zeros,
 * before and after. `Weights` of a layer: (width of its inputs + 2) × width of its outputs; after the weights come the
 * biases and a row of zeros. `Sums`: what goes into the activation; `Values`: what comes out, or goes into a layer;
 * `Deltas`: derivatives of the loss by the sums, up to a factor.
 */

/** Sums = biases + Values · Weights. */
export function layerProgram(rows: number, inputWidth: number, width: number): CardProgram {
  return {
    name: `layer ${inputWidth}`,
    inputs: ['Values', 'Weights'],
    shape: [rows, width],
    uniforms: {},
    glsl: `
      vec4 texel(int row, int column) {
        vec4 sum = getWeights(${inputWidth}, column).xyxy;
        for (int k = 0; k < ${inputWidth}; k += 2) {
          vec4 value = getValues(row, k);
          vec4 weight = getWeights(k, column);
          sum += value.xxzz * weight.xyxy + value.yyww * weight.zwzw;
        }
        return sum;
      }
    `,
    wgsl: `
      fn texel(row: i32, column: i32) -> vec4<f32> {
        let bias = vec2<f32>(getWeights(${inputWidth}, column), getWeights(${inputWidth}, column + 1));
        var sum = bias.xyxy;
        for (var k = 0; k < ${inputWidth}; k++) {
          let value = vec2<f32>(getValues(row, k), getValues(row + 1, k));
          let weight = vec2<f32>(getWeights(k, column), getWeights(k, column + 1));
          sum += value.xxyy * weight.xyxy;
        }
        return sum;
      }
    `,
  };
}

/** Values = activation of Sums. */
export function activateProgram(curve: Curve, rows: number, width: number): CardProgram {
  return {
    name: `activate ${width} ${curve}`,
    inputs: ['Sums'],
    shape: [rows, width],
    uniforms: {},
    glsl: `
      ${curveGlsl[curve]}
      vec4 texel(int row, int column) {
        vec4 x = getSums(row, column);
        return vec4(curve(x.x).x, curve(x.y).x, curve(x.z).x, curve(x.w).x);
      }
    `,
    wgsl: `
      ${curveWgsl[curve]}
      fn texel(row: i32, column: i32) -> vec4<f32> {
        return vec4<f32>(
          curve(getSums(row, column)).x,
          curve(getSums(row, column + 1)).x,
          curve(getSums(row + 1, column)).x,
          curve(getSums(row + 1, column + 1)).x
        );
      }
    `,
  };
}

/** Errors = Outputs − Targets in the first `nRows`, 0 in the others. */
export function errorsProgram(rows: number, width: number): CardProgram {
  return {
    name: `errors ${width}`,
    inputs: ['Outputs', 'Targets'],
    shape: [rows, width],
    uniforms: { nRows: 'int' },
    glsl: `
      vec4 texel(int row, int column) {
        vec4 error = getOutputs(row, column) - getTargets(row, column);
        return vec4(row < nRows ? error.xy : vec2(0.0), row + 1 < nRows ? error.zw : vec2(0.0));
      }
    `,
    wgsl: `
      fn error(row: i32, column: i32) -> f32 {
        if (row >= uniforms.nRows) { return 0.0; }
        return getOutputs(row, column) - getTargets(row, column);
      }

      fn texel(row: i32, column: i32) -> vec4<f32> {
        return vec4<f32>(
          error(row, column),
          error(row, column + 1),
          error(row + 1, column),
          error(row + 1, column + 1)
        );
      }
    `,
  };
}

/** Deltas of the last layer, whose activation is not linear: Errors times its derivatives. */
export function slopesProgram(curve: Curve, rows: number, width: number): CardProgram {
  return {
    name: `slopes ${width} ${curve}`,
    inputs: ['Errors', 'Sums'],
    shape: [rows, width],
    uniforms: {},
    glsl: `
      ${curveGlsl[curve]}
      vec4 texel(int row, int column) {
        vec4 x = getSums(row, column);
        vec4 slope = vec4(curve(x.x).y, curve(x.y).y, curve(x.z).y, curve(x.w).y);
        return getErrors(row, column) * slope;
      }
    `,
    wgsl: `
      ${curveWgsl[curve]}
      fn delta(row: i32, column: i32) -> f32 {
        return getErrors(row, column) * curve(getSums(row, column)).y;
      }

      fn texel(row: i32, column: i32) -> vec4<f32> {
        return vec4<f32>(
          delta(row, column),
          delta(row, column + 1),
          delta(row + 1, column),
          delta(row + 1, column + 1)
        );
      }
    `,
  };
}

/**
 * Deltas of the layer before: Deltas · Weightsᵀ, times the derivatives of its activation at its Sums.
 *
 * @param inputWidth of the layer that Deltas and Weights belong to, and so of the result
 */
export function backProgram(
  curve: Curve | 'linear',
  rows: number,
  inputWidth: number,
  width: number,
): CardProgram {
  return {
    name: `back ${width} ${curve}`,
    inputs: ['Deltas', 'Weights', 'Sums'],
    shape: [rows, inputWidth],
    uniforms: {},
    glsl: `
      ${curveGlsl[curve]}
      vec4 texel(int row, int column) {
        vec4 sum = vec4(0.0);
        for (int o = 0; o < ${width}; o += 2) {
          vec4 delta = getDeltas(row, o);
          vec4 weight = getWeights(column, o);
          sum += delta.xxzz * weight.xzxz + delta.yyww * weight.ywyw;
        }
        vec4 x = getSums(row, column);
        return sum * vec4(curve(x.x).y, curve(x.y).y, curve(x.z).y, curve(x.w).y);
      }
    `,
    wgsl: `
      ${curveWgsl[curve]}
      fn texel(row: i32, column: i32) -> vec4<f32> {
        var sum = vec4<f32>(0.0);
        for (var o = 0; o < ${width}; o++) {
          let delta = vec2<f32>(getDeltas(row, o), getDeltas(row + 1, o));
          let weight = vec2<f32>(getWeights(column, o), getWeights(column + 1, o));
          sum += delta.xxyy * weight.xyxy;
        }
        return sum * vec4<f32>(
          curve(getSums(row, column)).y,
          curve(getSums(row, column + 1)).y,
          curve(getSums(row + 1, column)).y,
          curve(getSums(row + 1, column + 1)).y
        );
      }
    `,
  };
}

/** Gradients, laid out like Weights: Valuesᵀ · Deltas, and for the biases the sums of Deltas, times `factor`. */
export function gradientsProgram(rows: number, inputWidth: number, width: number): CardProgram {
  return {
    name: `gradients ${inputWidth} ${rows}`,
    inputs: ['Values', 'Deltas'],
    shape: [inputWidth + 2, width],
    uniforms: { factor: 'float' },
    glsl: `
      vec4 texel(int row, int column) {
        vec4 sum = vec4(0.0);
        for (int i = 0; i < ${rows}; i += 2) {
          vec4 value = row < ${inputWidth} ? getValues(i, row) : vec4(1.0, 0.0, 1.0, 0.0);
          vec4 delta = getDeltas(i, column);
          sum += value.xxyy * delta.xyxy + value.zzww * delta.zwzw;
        }
        return sum * factor;
      }
    `,
    wgsl: `
      fn texel(row: i32, column: i32) -> vec4<f32> {
        var sum = vec4<f32>(0.0);
        for (var i = 0; i < ${rows}; i++) {
          var value = vec2<f32>(1.0, 0.0);
          if (row < ${inputWidth}) { value = vec2<f32>(getValues(i, row), getValues(i, row + 1)); }
          let delta = vec2<f32>(getDeltas(i, column), getDeltas(i, column + 1));
          sum += value.xxyy * delta.xyxy;
        }
        return sum * uniforms.factor;
      }
    `,
  };
}

const { beta1, beta2, epsilon } = adam;

/** Adam's means of gradients and of their squares, side by side: rows × 2·width. */
export function momentsProgram(rows: number, width: number): CardProgram {
  return {
    name: `moments ${width}`,
    inputs: ['Moments', 'Gradients'],
    shape: [rows, 2 * width],
    uniforms: {},
    glsl: `
      vec4 texel(int row, int column) {
        vec4 four = getGradients(row, column / 2);
        vec2 gradient = column % 4 == 0 ? four.xz : four.yw;
        vec4 before = getMoments(row, column);
        vec2 means = ${beta1} * before.xz + ${1 - beta1} * gradient;
        vec2 squares = ${beta2} * before.yw + ${1 - beta2} * gradient * gradient;
        return vec4(means.x, squares.x, means.y, squares.y);
      }
    `,
    wgsl: `
      fn texel(row: i32, column: i32) -> vec4<f32> {
        let gradient = vec2<f32>(getGradients(row, column / 2), getGradients(row + 1, column / 2));
        let means = vec2<f32>(getMoments(row, column), getMoments(row + 1, column));
        let squares = vec2<f32>(getMoments(row, column + 1), getMoments(row + 1, column + 1));
        let mean = ${beta1} * means + ${1 - beta1} * gradient;
        let square = ${beta2} * squares + ${1 - beta2} * gradient * gradient;
        return vec4<f32>(mean.x, square.x, mean.y, square.y);
      }
    `,
  };
}

/** Weights ← Weights − rate·mean / (√square·unbias + ε). */
export function stepProgram(rows: number, width: number): CardProgram {
  return {
    name: `step ${width}`,
    inputs: ['Weights', 'Moments'],
    shape: [rows, width],
    uniforms: { rate: 'float', unbias: 'float' },
    glsl: `
      vec4 texel(int row, int column) {
        vec4 left = getMoments(row, 2 * column);
        vec4 right = getMoments(row, 2 * column + 2);
        vec4 means = vec4(left.x, right.x, left.z, right.z);
        vec4 squares = vec4(left.y, right.y, left.w, right.w);
        return getWeights(row, column) - rate * means / (sqrt(squares) * unbias + ${epsilon});
      }
    `,
    wgsl: `
      fn stepped(row: i32, column: i32) -> f32 {
        let mean = getMoments(row, 2 * column);
        let square = getMoments(row, 2 * column + 1);
        let step = uniforms.rate * mean / (sqrt(square) * uniforms.unbias + ${epsilon});
        return getWeights(row, column) - step;
      }

      fn texel(row: i32, column: i32) -> vec4<f32> {
        return vec4<f32>(
          stepped(row, column),
          stepped(row, column + 1),
          stepped(row + 1, column),
          stepped(row + 1, column + 1)
        );
      }
    `,
  };
}
