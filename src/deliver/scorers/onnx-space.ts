import { rounded } from './onnx';
import type { Graph, Value } from './onnx-graph';
import type { PlannedSpace } from './score-plan';

/** Columns of N × 1 through the layers, and rounded. Sums are in the order of the inputs, one node each. */
export function inSpace(
  space: PlannedSpace | null,
  columns: readonly Value[],
  graph: Graph,
): readonly Value[] {
  if (space === null) return columns;
  const { add, doubles, split } = graph;
  const apart = (value: Value, n: number) => (n === 1 ? [value] : split(value, n));
  let inputs = columns;
  for (const { nOutputs, activation, weights, biases } of space.layers) {
    let sum = doubles([...biases], [1, nOutputs]);
    inputs.forEach((input, j) => {
      const theirs = Array.from({ length: nOutputs }, (_, o) => weights[j * nOutputs + o]);
      sum = add('Add', [sum, add('Mul', [input, doubles(theirs, [1, nOutputs])])]);
    });
    inputs = apart(activate(activation, sum, graph), nOutputs);
  }
  const n = space.center.length;
  if (n === 0) return inputs;
  const whole = n === 1 ? inputs[0] : add('Concat', inputs.slice(0, n), { axis: 1 });
  return apart(rounded(add('Sub', [whole, doubles(space.center, [1, n])]), space.step, graph), n);
}

/** As `core/reduce/transformation.ts` does it, step by step, so that the last digits are the same. */
function activate(activation: string, x: Value, graph: Graph): Value {
  const { add, doubles } = graph;
  const number = (value: number) => doubles([value], [1, 1]);
  const times = (value: Value, factor: number) => add('Mul', [value, number(factor)]);
  const plus = (value: Value, more: number) => add('Add', [value, number(more)]);
  const zero = number(0);
  if (activation === 'relu') return add('Where', [add('Greater', [x, zero]), x, zero]);
  if (activation === 'tanh') {
    const least = add('Where', [add('Less', [x, number(-20)]), number(-20), x]);
    const within = add('Where', [add('Greater', [least, number(20)]), number(20), least]);
    const e = exp(times(within, 2), graph);
    return add('Div', [plus(e, -1), plus(e, 1)]);
  }
  if (activation !== 'gelu') return x;
  const exponent = add('Mul', [times(x, -0.5), x]);
  const far = add('Where', [add('Less', [exponent, number(-87)]), number(-87), exponent]);
  const density = times(exp(far, graph), 0.3989422804014327);
  const t = add('Div', [number(1), plus(times(add('Abs', [x]), 0.2316419), 1)]);
  let sum = times(t, 1.330274429);
  for (const factor of [-1.821255978, 1.781477937, -0.356563782]) {
    sum = add('Mul', [plus(sum, factor), t]);
  }
  const tail = add('Mul', [density, add('Mul', [plus(sum, 0.31938153), t])]);
  const other = add('Sub', [number(1), tail]);
  return add('Mul', [x, add('Where', [add('Less', [x, zero]), tail, other])]);
}

/** With the same last digits everywhere, which Exp does not have. */
function exp(x: Value, { add, doubles }: Graph): Value {
  const number = (value: number) => doubles([value], [1, 1]);
  const far = number(1.5 * 2 ** 52);
  const n = add('Sub', [add('Add', [add('Mul', [x, number(Math.LOG2E)]), far]), far]);
  const most = add('Sub', [x, add('Mul', [n, number(0.693359375)])]);
  const r = add('Sub', [most, add('Mul', [n, number(Math.LN2 - 0.693359375)])]);
  let sum = number(0);
  for (let last = 13; last >= 2; last--) {
    let factorial = 1;
    for (let i = 2; i <= last; i++) factorial *= i;
    sum = add('Add', [add('Mul', [sum, r]), number(1 / factorial)]);
  }
  for (let i = 0; i < 2; i++) sum = add('Add', [add('Mul', [sum, r]), number(1)]);
  return add('Mul', [add('Pow', [number(2), n]), sum]);
}
