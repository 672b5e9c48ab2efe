import type { Card, CardProgram, CardTensor } from '../../workers/engines/card';
import { relativeError } from '../../workers/engines/margin';
import { doubtful } from '../../workers/engines/nearest-program';
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
> = { nearest, project, distances, products };

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
