/**
 * A graphics card as the engine sees it: matrices of 32-bit floats, and programs that make new ones out of them. What
 * stands behind is TensorFlow.js on WebGL or on WebGPU, or in the tests plain loops.
 */
export interface Card {
  readonly id: 'tfjs' | 'webgpu';
  /** For people. */
  readonly name: string;
  /** The card is imitated by the processor: correct, but slower than any other engine. */
  readonly software: boolean;
  /** @param values row-major rows × columns; not to be changed any more */
  upload(values: Float32Array, rows: number, columns: number): CardTensor;
  /** Queues the program: it has run when its result has been read. */
  run(
    program: CardProgram,
    inputs: readonly CardTensor[],
    uniforms: Readonly<Record<string, number>>,
  ): CardTensor;
  /**
   * Reads a tensor, row-major, and frees it, also where that fails.
   *
   * @throws AppError `engine-failed` when the card was taken away or ran out of memory
   */
  read(tensor: CardTensor): Promise<Float32Array>;
  free(tensors: readonly CardTensor[]): void;
  /** Gives the card back: browsers have few to give. */
  release(): void;
}

/** A matrix in the card's memory. */
export interface CardTensor {
  readonly shape: [number, number];
}

/**
 * One piece of code for a graphics card, in both languages. Both define `texel(row, column)` for even rows and columns:
 * four values of the result, (row, column), (row, column + 1), (row + 1, column), (row + 1, column + 1).
 *
 * - `glsl` (WebGL): an input X is read by `getX(row, column)`, the four values around an element, which begin at an even
 *   row and an even column; what lies beyond its edge is 0. Uniforms go by their names.
 * - `wgsl` (WebGPU): an input X is read by `getX(row, column)`, one value; what lies beyond its edge must not be asked
 *   for. Uniforms go by `uniforms.name`.
 */
export interface CardProgram {
  /** Names the code, including whatever it was generated for. */
  readonly name: string;
  /** With a capital letter. */
  readonly inputs: readonly string[];
  /** Rows and columns of the result: even. */
  readonly shape: readonly [number, number];
  readonly uniforms: Readonly<Record<string, 'int' | 'float'>>;
  readonly glsl: string;
  readonly wgsl: string;
}
