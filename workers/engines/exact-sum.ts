/**
 * Sums without rounding on a graphics card, whose floats would lose a digit for every ten terms: whole numbers of 32 bits
 * are exact on every card. A term of size below 2^23 is cut into three of them, in units of 1, 2^-23 and 2^-46 (what is
 * smaller is dropped, towards 0); from time to time what has grown beyond its place is carried on to the next, the last
 * of which counts in 2^16. Each of the four then is a whole number that float32 can write.
 *
 * In both languages: `add(term)`; `carry()` after at most 128 terms and once at the end; `total()`, four floats.
 * Cutting is exact in every direction of rounding: a float minus its whole part is a float, and so is it times 2^23.
 */
export const exactSumGlsl = `
  ivec4 sum = ivec4(0);

  void add(float term) {
    float whole = trunc(term);
    float rest = (term - whole) * 8388608.0;
    float part = trunc(rest);
    sum.yzw += ivec3(int(whole), int(part), int((rest - part) * 8388608.0));
  }

  void carry() {
    sum.z += sum.w >> 23;
    sum.w &= 8388607;
    sum.y += sum.z >> 23;
    sum.z &= 8388607;
    sum.x += sum.y >> 16;
    sum.y &= 65535;
  }

  vec4 total() {
    carry();
    return vec4(sum);
  }
`;

export const exactSumWgsl = `
  var<private> sum: vec4<i32>;

  fn add(term: f32) {
    let whole = trunc(term);
    let rest = (term - whole) * 8388608.0;
    let part = trunc(rest);
    sum += vec4<i32>(0, i32(whole), i32(part), i32((rest - part) * 8388608.0));
  }

  fn carry() {
    sum.z += sum.w >> 23;
    sum.w &= 8388607;
    sum.y += sum.z >> 23;
    sum.z &= 8388607;
    sum.x += sum.y >> 16;
    sum.y &= 65535;
  }

  fn total() -> vec4<f32> {
    carry();
    return vec4<f32>(sum);
  }
`;

/** Terms have to stay below this. */
export const largestTerm = 2 ** 23;

/**
 * The sum that a card wrote.
 *
 * @param said row-major, `width` values a row; the sum of (row, column) are the four values of its texel
 */
export function sumAt(said: Float32Array, width: number, row: number, column: number): number {
  const upper = 2 * row * width + 2 * column;
  const lower = upper + width;
  return (
    said[upper] * 2 ** 16 + said[upper + 1] + said[lower] * 2 ** -23 + said[lower + 1] * 2 ** -46
  );
}
