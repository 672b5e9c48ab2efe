import type { Activation } from '../../src/core/learn/dense-layer';

/**
 * What an engine has to have for networks. All arrays are from its own `allocate`. Float32, each operation rounded; widths
 * are multiples of four, and what rows are short of them is zeros, before and after.
 */
export interface DenseKernels {
  /** Zeros. Called once. */
  allocate(lengths: readonly number[]): Float32Array[];
  /**
   * c_ro = start_o + Σ_k a_rk·b_ko, k ascending.
   *
   * @param b row-major nInner × width
   * @param start length width
   * @param c written: row-major nRows × width
   */
  multiply(
    a: Operand,
    nRows: number,
    nInner: number,
    b: Float32Array,
    width: number,
    start: Float32Array,
    c: Float32Array,
  ): void;
  /**
   * @param values the first `length` of them (a multiple of four) are replaced by what the activation makes of them
   * @param slopes written: its derivatives there
   */
  activate(activation: Curve, values: Float32Array, slopes: Float32Array, length: number): void;
  /** values_i ← values_i·factors_i, for the first `length` (a multiple of four). */
  scale(values: Float32Array, factors: Float32Array, length: number): void;
  /** One step of Adam: m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − rate·m / (√v·unbias + ε). */
  step(parameters: Parameters, rate: number, unbias: number): void;
  dispose(): void;
}

/** A matrix: element (r, k) at `values[r * rowStep + k * innerStep]`. */
export interface Operand {
  readonly values: Float32Array;
  readonly rowStep: number;
  readonly innerStep: number;
}

/** All of equal length, a multiple of four. */
export interface Parameters {
  /** w */
  readonly values: Float32Array;
  /** g */
  readonly gradients: Float32Array;
  /** m */
  readonly means: Float32Array;
  /** v */
  readonly squares: Float32Array;
}

/** An activation that there is something to compute for. */
export type Curve = Exclude<Activation, 'linear'>;

/** Of Adam, as its authors give them. */
export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
