import type { Activation } from '../../src/core/learn/dense-layer';

/**
 * Activations on a graphics card, in both languages: `curve(x)` is the value and the derivative there. The same formulas as
 * in `plain-activations.ts`, with the card's own exponentials: within some units of rounding of them, not the same bits.
 */
export const curveGlsl: Readonly<Record<Activation, string>> = {
  gelu: `
    vec2 curve(float x) {
      float density = exp(max(-0.5 * x * x, -87.0)) * 0.3989422804;
      float t = 1.0 / (0.2316419 * abs(x) + 1.0);
      float sum = (((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153;
      float tail = density * sum * t;
      float share = x < 0.0 ? tail : 1.0 - tail;
      return vec2(x * share, share + x * density);
    }
  `,
  relu: `
    vec2 curve(float x) {
      return x > 0.0 ? vec2(x, 1.0) : vec2(0.0);
    }
  `,
  tanh: `
    vec2 curve(float x) {
      float value = tanh(clamp(x, -10.0, 10.0));
      return vec2(value, 1.0 - value * value);
    }
  `,
  linear: `
    vec2 curve(float x) {
      return vec2(x, 1.0);
    }
  `,
};

export const curveWgsl: Readonly<Record<Activation, string>> = {
  gelu: `
    fn curve(x: f32) -> vec2<f32> {
      let density = exp(max(-0.5 * x * x, -87.0)) * 0.3989422804;
      let t = 1.0 / (0.2316419 * abs(x) + 1.0);
      let sum = (((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153;
      let tail = density * sum * t;
      let share = select(1.0 - tail, tail, x < 0.0);
      return vec2<f32>(x * share, share + x * density);
    }
  `,
  relu: `
    fn curve(x: f32) -> vec2<f32> {
      return select(vec2<f32>(0.0), vec2<f32>(x, 1.0), x > 0.0);
    }
  `,
  tanh: `
    fn curve(x: f32) -> vec2<f32> {
      let value = tanh(clamp(x, -10.0, 10.0));
      return vec2<f32>(value, 1.0 - value * value);
    }
  `,
  linear: `
    fn curve(x: f32) -> vec2<f32> {
      return vec2<f32>(x, 1.0);
    }
  `,
};
