import { message, type Field } from './protobuf';

/** Numbers of ONNX for what a tensor holds. */
export const elementType = { float: 1, int64: 7, string: 8, double: 11 } as const;
type ElementType = (typeof elementType)[keyof typeof elementType];

/** A tensor by its name. */
export type Value = string;

export interface OnnxPort {
  readonly name: string;
  readonly type: ElementType;
  /** A text stands for a size that is only known when it runs. */
  readonly shape: readonly (number | string)[];
}

/** 2023: the first in which texts can be compared; ONNX Runtime 1.17 and later. */
const opset = 19;
const irVersion = 9;

/**
 * Collects nodes in the order in which they run, each under a name of its own. Equal constants are kept once.
 *
 * @param taken names that are the inputs' and outputs'
 */
export function createGraph(taken: readonly string[]) {
  const nodes: Uint8Array[] = [];
  const initializers: Uint8Array[] = [];
  const constants = new Map<string, Value>();
  let prefix = 't';
  while (taken.some((name) => name.startsWith(prefix))) prefix += '_';
  let next = 0;
  const fresh = () => `${prefix}${next++}`;

  function emit(
    op: string,
    inputs: readonly Value[],
    outputs: readonly Value[],
    attributes: Attributes,
  ): void {
    nodes.push(
      message([
        ...inputs.map((name): Field => [1, name]),
        ...outputs.map((name): Field => [2, name]),
        [4, op],
        ...Object.entries(attributes).map(([name, value]): Field => [5, attribute(name, value)]),
      ]),
    );
  }

  function constant(key: string, tensor: (name: Value) => Uint8Array): Value {
    const known = constants.get(key);
    if (known !== undefined) return known;
    const name = fresh();
    constants.set(key, name);
    initializers.push(tensor(name));
    return name;
  }

  const integers = (values: readonly number[], shape: readonly number[]): Value =>
    constant(`i ${shape.join()} ${values.join()}`, (name) => {
      const bytes = new DataView(new ArrayBuffer(8 * values.length));
      values.forEach((value, at) => bytes.setBigInt64(8 * at, BigInt(value), true));
      return tensor(name, elementType.int64, shape, [[9, new Uint8Array(bytes.buffer)]]);
    });

  return {
    /** One node. @returns its only output; named `as`, if that is given */
    add: (
      op: string,
      inputs: readonly Value[],
      attributes: Attributes = {},
      as = fresh(),
    ): Value => {
      emit(op, inputs, [as], attributes);
      return as;
    },
    /** Columns of a matrix apart. */
    split: (value: Value, nColumns: number): Value[] => {
      const outputs = Array.from({ length: nColumns }, fresh);
      emit('Split', [value], outputs, { axis: 1, num_outputs: nColumns });
      return outputs;
    },
    doubles: (values: readonly number[], shape: readonly number[]): Value =>
      // JSON has no infinities and no −0.
      constant(
        `d ${shape.join()} ${values.map((x) => (Object.is(x, -0) ? '-0' : String(x))).join()}`,
        (name) => {
          const bytes = new DataView(new ArrayBuffer(8 * values.length));
          values.forEach((value, at) => bytes.setFloat64(8 * at, value, true));
          return tensor(name, elementType.double, shape, [[9, new Uint8Array(bytes.buffer)]]);
        },
      ),
    texts: (values: readonly string[], shape: readonly number[]): Value =>
      constant(`s ${JSON.stringify([shape, values])}`, (name) =>
        tensor(
          name,
          elementType.string,
          shape,
          values.map((text): Field => [6, text]),
        ),
      ),
    integer: (value: number): Value => integers([value], []),
    integers: (values: readonly number[]): Value => integers(values, [values.length]),
    /** The whole model, as the bytes of a file. */
    print(
      inputs: readonly OnnxPort[],
      outputs: readonly OnnxPort[],
      about: string,
    ): Uint8Array<ArrayBuffer> {
      const graph: Field[] = [
        ...nodes.map((node): Field => [1, node]),
        [2, 'segments'],
        ...initializers.map((one): Field => [5, one]),
        ...inputs.map((port): Field => [11, valueInfo(port)]),
        ...outputs.map((port): Field => [12, valueInfo(port)]),
      ];
      return message([
        [1, irVersion],
        [2, 'Tessera'],
        [6, about],
        [7, graph],
        [8, [[2, opset]]],
      ]);
    },
  };
}

export type Graph = ReturnType<typeof createGraph>;

type Attributes = Readonly<Record<string, number>>;

/** All that are needed are whole numbers. */
function attribute(name: string, value: number): readonly Field[] {
  return [
    [1, name],
    [3, value],
    [20, 2],
  ];
}

function tensor(
  name: string,
  type: ElementType,
  shape: readonly number[],
  data: readonly Field[],
): Uint8Array<ArrayBuffer> {
  return message([...shape.map((size): Field => [1, size]), [2, type], ...data, [8, name]]);
}

function valueInfo({ name, type, shape }: OnnxPort): readonly Field[] {
  const dimensions = shape.map((size): Field => [
    1,
    [typeof size === 'string' ? [2, size] : [1, size]],
  ]);
  return [
    [1, name],
    [
      2,
      [
        [
          1,
          [
            [1, type],
            [2, dimensions],
          ],
        ],
      ],
    ],
  ];
}
