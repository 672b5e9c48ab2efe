import { mostBins } from '../../src/core/learn/tree-training';
import type { Activation } from '../../src/core/learn/dense-layer';
import type { Card, CardProgram, CardTensor } from '../../workers/engines/card';
import { piecesPerGo } from '../../workers/engines/bins-program';
import { adam } from '../../workers/engines/dense-kernels';
import { relativeError } from '../../workers/engines/margin';
import { doubtful } from '../../workers/engines/nearest-program';
import { activate as activateAll } from '../../workers/engines/plain-activations';
import { rowsPerSum } from '../../workers/engines/product-program';

type Rounding = (value: number) => number;
type Uniforms = Readonly<Record<string, number>>;

class Tensor implements CardTensor {
  readonly shape: [number, number];
  readonly values: Float32Array;

  constructor(values: Float32Array, shape: readonly [number, number]) {
    this.values = values;
    this.shape = [...shape];
  }

  /** What lies beyond the edge is 0, as in a texture. */
  at(row: number, column: number): number {
    const [rows, columns] = this.shape;
    return row < rows && column < columns ? this.values[row * columns + column] : 0;
  }
}

export interface StandInCard extends Card {
  /** Tensors that were not freed. */
  readonly nTensors: number;
  /** Names of the programs, as often as they ran. */
  readonly ran: readonly string[];
}

export interface StandInOptions {
  /** After every operation, and of what is uploaded. */
  readonly rounding?: Rounding;
  /** What becomes of an answer: here a card computes wrongly, or is taken away. `nRead`: from 0 */
  readonly spoil?: (values: Float32Array, program: string, nRead: number) => Float32Array;
}

/**
 * A graphics card of plain loops: the programs of the engine in the arithmetic of a card, one operation after the other,
 * so that what is around them can be tested without one. (The programs themselves are tested in a browser.)
 */
export function standInCard({ rounding = Math.fround, spoil }: StandInOptions = {}): StandInCard {
  const alive = new Set<CardTensor>();
  const programOf = new Map<CardTensor, string>();
  const ran: string[] = [];
  let nRead = 0;
  const keep = (tensor: Tensor) => {
    alive.add(tensor);
    return tensor;
  };
  return {
    id: 'tfjs',
    name: 'stand-in',
    software: true,
    get nTensors() {
      return alive.size;
    },
    ran,
    release: () => undefined,
    upload(values, rows, columns) {
      if (values.length !== rows * columns) throw new Error('The shape does not fit the values.');
      return keep(new Tensor(values.map(rounding), [rows, columns]));
    },
    run(program, inputs, uniforms) {
      if (!inputs.every((input) => alive.has(input))) throw new Error('An input was freed.');
      const [kind] = program.name.split(' ');
      const texel = texels[kind](inputs as Tensor[], uniforms, rounding, program);
      const result = keep(new Tensor(fill(program, texel), program.shape));
      programOf.set(result, kind);
      ran.push(kind);
      return result;
    },
    read(tensor) {
      if (!alive.delete(tensor)) throw new Error('It was freed already.');
      const { values } = tensor as Tensor;
      return new Promise((resolve) =>
        resolve(spoil?.(values, programOf.get(tensor) ?? '', nRead++) ?? values),
      );
    },
    free(tensors) {
      for (const tensor of tensors) {
        if (!alive.delete(tensor)) throw new Error('It was freed already.');
      }
    },
  };
}

type Texel = (row: number, column: number) => readonly number[];

function fill({ shape: [rows, columns] }: CardProgram, texel: Texel): Float32Array {
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 2) {
    for (let column = 0; column < columns; column += 2) {
      const [a, b, c, d] = texel(row, column);
      const at = row * columns + column;
      values.set([a, b], at);
      values.set([c, d], at + columns);
    }
  }
  return values;
}

const texels: Record<
  string,
  (inputs: Tensor[], uniforms: Uniforms, f: Rounding, program: CardProgram) => Texel
> = {
  nearest,
  project,
  distances,
  products,
  bins,
  layer,
  activate,
  errors,
  slopes,
  back,
  gradients,
  moments,
  step,
};

/** A program that makes each value alone. */
const byValue =
  (value: (row: number, column: number) => number): Texel =>
  (row, column) => [
    value(row, column),
    value(row, column + 1),
    value(row + 1, column),
    value(row + 1, column + 1),
  ];

function nearest([X, centers]: Tensor[], uniforms: Uniforms, f: Rounding): Texel {
  const { nClusters, stride, nUsed } = uniforms;
  const nFeatures = X.shape[1];
  const [near, far] = [-1, 1].map((sign) => f(1 + sign * relativeError(nFeatures)));
  const doubt = Math.fround(uniforms.doubt);
  const labelOf = (row: number, place: number): number => {
    if (place >= nUsed) return 0;
    let [best, second, label] = [3.4e38, 3.4e38, 0];
    for (let c = 0; c < nClusters; c++) {
      let distance = 0;
      for (let j = 0; j < nFeatures; j++) {
        const difference = f(X.at(row, j) - centers.at(place * stride + c, j));
        distance = f(distance + f(difference * difference));
      }
      second = Math.min(second, Math.max(best, distance));
      if (distance < best) [best, label] = [distance, c];
    }
    const gap = f(f(f(Math.sqrt(second)) * near) - f(f(Math.sqrt(best)) * far));
    return gap > doubt ? label : doubtful;
  };
  return (row, column) => [0, 1, 2, 3].map((i) => labelOf(2 * row + i, column / 2));
}

function project([X, components]: Tensor[], _: Uniforms, f: Rounding): Texel {
  const score = (row: number, column: number) => {
    let sum = 0;
    for (let j = 0; j < X.shape[1]; j++) sum = f(sum + f(X.at(row, j) * components.at(column, j)));
    return sum;
  };
  return (row, column) => [
    score(row, column),
    score(row, column + 1),
    score(row + 1, column),
    score(row + 1, column + 1),
  ];
}

function distances([rows, pieces]: Tensor[], uniforms: Uniforms, f: Rounding): Texel {
  const { firstRow, firstPiece, scale } = uniforms;
  return (row, column) => {
    const from = firstRow + row / 2;
    const piece = firstPiece + column / 2;
    const sum = exactSum();
    for (let i = 0; i < pieces.at(piece, 1); i++) {
      let square = 0;
      for (let j = 0; j < rows.shape[1]; j++) {
        const difference = f(rows.at(from, j) - rows.at(pieces.at(piece, 0) + i, j));
        square = f(square + f(difference * difference));
      }
      const inverse = f(1 / f(Math.sqrt(Math.max(square, 1e-37))));
      sum.add(f(f(square * inverse) * scale));
    }
    return sum.total();
  };
}

function products([X, pairs]: Tensor[], _: Uniforms, f: Rounding): Texel {
  const bits = new Int32Array(1);
  const float = new Float32Array(bits.buffer);
  const head = (x: number) => {
    float[0] = x;
    bits[0] &= ~4095;
    return float[0];
  };
  return (row, column) => {
    const [left, right, first, second] = [0, 1, 2, 3].map((m) => pairs.at(column / 2, m));
    const sum = exactSum();
    for (let i = 0; i < rowsPerSum; i++) {
      const x = f(X.at((row / 2) * rowsPerSum + i, left) * first);
      const y = f(X.at((row / 2) * rowsPerSum + i, right) * second);
      const [xHead, yHead] = [head(x), head(y)];
      sum.add(f(xHead * yHead));
      sum.add(f(xHead * f(y - yHead)));
      sum.add(f(f(x - xHead) * yHead));
      sum.add(f(f(x - xHead) * f(y - yHead)));
    }
    return sum.total();
  };
}

function bins(
  [own, places]: Tensor[],
  { nPlaces }: Uniforms,
  _: Rounding,
  { name, shape }: CardProgram,
): Texel {
  const [nFeatures, nClasses, rowsPerPiece] = name.split(' ').slice(1).map(Number);
  if (shape[0] !== 2 * piecesPerGo * nFeatures * nClasses) throw new Error('Another shape.');
  const all = new Float32Array(piecesPerGo * nClasses * nFeatures * mostBins);
  for (let i = 0; i < nPlaces; i++) {
    const kind = places.at(i, 1);
    if (kind < 0) continue;
    const piece = Math.floor(i / rowsPerPiece);
    for (let j = 0; j < nFeatures; j++) {
      const line = (piece * nClasses + kind) * nFeatures + j;
      all[line * mostBins + own.at(places.at(i, 0), j)]++;
    }
  }
  return (row, column) => {
    const from = (row / 2) * mostBins + 2 * column;
    return Array.from(all.subarray(from, from + 4));
  };
}

function layer([values, weights]: Tensor[], _: Uniforms, f: Rounding): Texel {
  const width = values.shape[1];
  return byValue((row, column) => {
    let sum = weights.at(width, column);
    for (let k = 0; k < width; k++) sum = f(sum + f(values.at(row, k) * weights.at(k, column)));
    return sum;
  });
}

/** Value and derivative. */
function curveOf({ name }: CardProgram, x: number): readonly [number, number] {
  const curve = name.split(' ')[2] as Activation;
  if (curve === 'linear') return [x, 1];
  const [value, slope] = [Float32Array.of(x), new Float32Array(1)];
  activateAll(curve, value, slope, 1);
  return [value[0], slope[0]];
}

function activate([sums]: Tensor[], _: Uniforms, f: Rounding, program: CardProgram): Texel {
  return byValue((row, column) => f(curveOf(program, sums.at(row, column))[0]));
}

function errors([outputs, targets]: Tensor[], { nRows }: Uniforms, f: Rounding): Texel {
  return byValue((row, column) =>
    row < nRows ? f(outputs.at(row, column) - targets.at(row, column)) : 0,
  );
}

function slopes([all, sums]: Tensor[], _: Uniforms, f: Rounding, program: CardProgram): Texel {
  return byValue((row, column) =>
    f(all.at(row, column) * curveOf(program, sums.at(row, column))[1]),
  );
}

function back(
  [deltas, weights, sums]: Tensor[],
  _: Uniforms,
  f: Rounding,
  program: CardProgram,
): Texel {
  return byValue((row, column) => {
    let sum = 0;
    for (let o = 0; o < deltas.shape[1]; o++) {
      sum = f(sum + f(deltas.at(row, o) * weights.at(column, o)));
    }
    return f(sum * curveOf(program, sums.at(row, column))[1]);
  });
}

function gradients([values, deltas]: Tensor[], { factor }: Uniforms, f: Rounding): Texel {
  const [rows, width] = values.shape;
  const valueAt = (i: number, k: number) => (k < width ? values.at(i, k) : k === width ? 1 : 0);
  return byValue((row, column) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum = f(sum + f(valueAt(i, row) * deltas.at(i, column)));
    return f(sum * f(factor));
  });
}

function moments([before, slopesOf]: Tensor[], _: Uniforms, f: Rounding): Texel {
  const { beta1, beta2 } = adam;
  return byValue((row, column) => {
    const g = slopesOf.at(row, column >> 1);
    const old = before.at(row, column);
    return column & 1
      ? f(f(f(beta2) * old) + f(f(1 - beta2) * f(g * g)))
      : f(f(f(beta1) * old) + f(f(1 - beta1) * g));
  });
}

function step([weights, state]: Tensor[], { rate, unbias }: Uniforms, f: Rounding): Texel {
  return byValue((row, column) => {
    const [mean, square] = [state.at(row, 2 * column), state.at(row, 2 * column + 1)];
    const below = f(f(f(Math.sqrt(square)) * f(unbias)) + f(adam.epsilon));
    return f(weights.at(row, column) - f(f(f(rate) * mean) / below));
  });
}

/** `exact-sum.ts` in whole numbers of 32 bits, which wrap around as on a card. */
function exactSum() {
  const sum = new Int32Array(4);
  let nTerms = 0;
  const carry = () => {
    sum[2] += sum[3] >> 23;
    sum[3] &= 8388607;
    sum[1] += sum[2] >> 23;
    sum[2] &= 8388607;
    sum[0] += sum[1] >> 16;
    sum[1] &= 65535;
  };
  return {
    add(term: number) {
      const whole = Math.trunc(term);
      const rest = Math.fround((term - whole) * 8388608);
      const part = Math.trunc(rest);
      sum[1] += whole;
      sum[2] += part;
      sum[3] += Math.trunc(Math.fround((rest - part) * 8388608));
      if (++nTerms % 128 === 0) carry();
    },
    total() {
      carry();
      return [...sum];
    },
  };
}
