import {
  largestFloat32,
  type IndicatorFeature,
  type MeasuredFeature,
  type Operation,
  type ScorePlan,
} from './score-plan';
import { inSpace } from './onnx-space';
import { createGraph, elementType, type Graph, type OnnxPort, type Value } from './onnx-graph';

/** What an ONNX model is asked with and what it answers. */
export interface OnnxPorts {
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly [label: OnnxPort, name: OnnxPort, distances: OnnxPort];
}

/** Every input is a column of N rows: numbers as doubles (NaN is missing), categories as texts ('' is missing). */
export function onnxPorts({ inputs, segments }: ScorePlan): OnnxPorts {
  const taken = new Set(inputs.map(({ name }) => name));
  const free = (name: string) => {
    let own = name;
    while (taken.has(own)) own += '_';
    return own;
  };
  return {
    inputs: inputs.map(({ name, kind }) => ({
      name,
      type: kind === 'number' ? elementType.double : elementType.string,
      shape: ['N', 1],
    })),
    outputs: [
      { name: free('segment'), type: elementType.int64, shape: ['N'] },
      { name: free('segment_name'), type: elementType.string, shape: ['N'] },
      { name: free('distances'), type: elementType.double, shape: ['N', segments.length] },
    ],
  };
}

/**
 * The model as ONNX, in doubles: `segment` (from 1), `segment_name`, and the distance to each segment's centre.
 *
 * @returns the bytes of a file
 */
export function writeOnnx(plan: ScorePlan): Uint8Array<ArrayBuffer> {
  const { inputs, outputs } = onnxPorts(plan);
  const [label, name, distances] = outputs;
  const graph = createGraph([...inputs, ...outputs].map((port) => port.name));
  const { add, doubles, texts, integer, integers } = graph;
  const values: Value[] = inputs.map((input) => input.name);
  const shape = add('Shape', [inputs[0].name]);
  for (const operation of plan.operations) values.push(operate(operation, values, shape, graph));
  const columns = inSpace(plan.space, coordinates(plan, values, graph), graph);
  const { centers } = plan;
  // One by one, in the order of the features: sums of a whole row are in no order that is promised.
  let sum: Value | undefined;
  columns.forEach((column, j) => {
    const at = doubles(
      centers.map((center) => center.at[j]),
      [1, centers.length],
    );
    const difference = add('Sub', [column, at]);
    const squared = add('Mul', [difference, difference]);
    sum = sum === undefined ? squared : add('Add', [sum, squared]);
  });
  if (sum === undefined) throw new Error('A model without features.');
  const nearest = add('ArgMin', [sum], { axis: 1, keepdims: 0, select_last_index: 0 });
  const segmentOf = integers(centers.map(({ segment }) => segment));
  const segment = add('Gather', [segmentOf, nearest], { axis: 0 });
  add('Add', [segment, integer(1)], {}, label.name);
  const names = texts(
    plan.segments.map((one) => one.name),
    [plan.segments.length],
  );
  add('Gather', [names, segment], { axis: 0 }, name.name);
  // Of a segment with several centres, to the nearest of them.
  const squared = sum;
  const bySegment = plan.segments.map((_, c) => {
    const own = [...centers.keys()].filter((at) => centers[at].segment === c);
    const theirs = add('Gather', [squared, integers(own)], { axis: 1 });
    return add('ReduceMin', [theirs, integers([1])], { keepdims: 1 });
  });
  add('Sqrt', [add('Concat', bySegment, { axis: 1 })], {}, distances.name);
  return graph.print(
    inputs,
    outputs,
    'Says which segment a customer belongs to. Every input has N rows and one column; NaN or an empty text is missing.',
  );
}

/** By feature, N × 1 each. */
function coordinates({ features }: ScorePlan, values: readonly Value[], graph: Graph): Value[] {
  const measured = features.filter((feature) => feature.kind === 'number');
  const parts = measured.length === 0 ? [] : scaled(measured, values, graph);
  return features.map((feature) =>
    feature.kind === 'number'
      ? parts[measured.indexOf(feature)]
      : indicator(feature, values[feature.value], graph),
  );
}

/** All numbers side by side, each step with a constant for each column: clip, even out, scale, round, fill. */
function scaled(
  features: readonly MeasuredFeature[],
  values: readonly Value[],
  graph: Graph,
): Value[] {
  const { add, doubles, split } = graph;
  const n = features.length;
  const row = (of: (feature: MeasuredFeature) => number) => doubles(features.map(of), [1, n]);
  const raw = add(
    'Concat',
    features.map(({ value }) => values[value]),
    { axis: 1 },
  );
  let x = raw;
  if (features.some(({ clip }) => clip !== null)) {
    const lower = row(({ clip }) => clip?.lower ?? -Infinity);
    const upper = row(({ clip }) => clip?.upper ?? Infinity);
    x = add('Where', [add('Less', [x, lower]), lower, x]);
    x = add('Where', [add('Greater', [x, upper]), upper, x]);
  }
  x = evenedOut(features, x, graph);
  x = add('Div', [add('Sub', [x, row(({ center }) => center)]), row(({ scale }) => scale)]);
  x = rounded(
    x,
    features.map(({ step }) => step),
    graph,
  );
  x = add('Where', [add('IsNaN', [raw]), row(({ filled }) => filled), x]);
  return n === 1 ? [x] : split(x, n);
}

/** To the grid, and to 32-bit floats. @param steps by column */
export function rounded(value: Value, steps: readonly number[], graph: Graph): Value {
  const { add, doubles } = graph;
  const [least, most] = [-largestFloat32, largestFloat32].map((x) => doubles([x], [1, 1]));
  let x = toGrid(value, steps, graph);
  x = add('Where', [add('Less', [x, least]), least, x]);
  x = add('Where', [add('Greater', [x, most]), most, x]);
  return add('Cast', [add('Cast', [x], { to: elementType.float })], { to: elementType.double });
}

/** As `scaleValue`: to the nearest multiple of the step, half to even, by going where neighbours are a step apart and back. */
function toGrid(x: Value, steps: readonly number[], { add, doubles }: Graph): Value {
  const times = (factor: number) =>
    doubles(
      steps.map((step) => factor * step * 2 ** 51),
      [1, steps.length],
    );
  const there = (from: Value, far: Value) => add('Sub', [add('Add', [from, far]), far]);
  const size = add('Abs', [x]);
  const away = add('Where', [add('Less', [x, doubles([0], [1, 1])]), times(-2), times(2)]);
  const outer = add('Where', [add('GreaterOrEqual', [size, times(2)]), x, there(x, away)]);
  return add('Where', [add('Less', [size, times(1)]), there(x, times(3)), outer]);
}

/** As `applyPower`, each kind for all columns, of which those that want it take it. */
function evenedOut(features: readonly MeasuredFeature[], x: Value, graph: Graph): Value {
  const { add, doubles } = graph;
  const n = features.length;
  const zero = doubles([0], [1, 1]);
  const isAny = (kind: string) => features.some(({ power }) => power.kind === kind);
  const wants = (kind: string) =>
    add('Greater', [
      doubles(
        features.map(({ power }) => (power.kind === kind ? 1 : 0)),
        [1, n],
      ),
      zero,
    ]);
  const least0 = () => add('Where', [add('Less', [x, zero]), zero, x]);
  let result = x;
  if (isAny('log1p')) {
    result = add('Where', [
      wants('log1p'),
      unlessInfinite(least0(), (v) => log1p(v, graph), graph),
      result,
    ]);
  }
  if (isAny('sqrt')) result = add('Where', [wants('sqrt'), add('Sqrt', [least0()]), result]);
  if (!isAny('yeo-johnson')) return result;
  const size = add('Abs', [x]);
  const log = unlessInfinite(size, (v) => log1p(v, graph), graph);
  const lambdas = (of: (lambda: number) => number) =>
    doubles(
      features.map(({ power }) => of(power.lambda)),
      [1, n],
    );
  const isNegative = add('Less', [x, zero]);
  const lambda = add('Where', [isNegative, lambdas((l) => 2 - l), lambdas((l) => l)]);
  // Below −40 it is −1 to the last digit, and above 709 more than any that counts.
  let exponent = add('Mul', [lambda, log]);
  exponent = add('Where', [
    add('Greater', [exponent, doubles([709], [1, 1])]),
    doubles([709], [1, 1]),
    exponent,
  ]);
  exponent = add('Where', [
    add('Less', [exponent, doubles([-40], [1, 1])]),
    doubles([-40], [1, 1]),
    exponent,
  ]);
  const isZero = add('Less', [add('Abs', [lambda]), doubles([Number.EPSILON], [1, 1])]);
  const power = add('Div', [expm1(exponent, graph), lambda]);
  const transformed = add('Where', [isZero, log, power]);
  const signed = add('Where', [isNegative, add('Neg', [transformed]), transformed]);
  return add('Where', [wants('yeo-johnson'), signed, result]);
}

/** Infinity stays what it is. */
function unlessInfinite(x: Value, compute: (x: Value) => Value, { add, doubles }: Graph): Value {
  return add('Where', [add('Equal', [x, doubles([Infinity], [1, 1])]), x, compute(x)]);
}

/** W. Kahan: log(1 + x) without loss near 0. */
function log1p(x: Value, { add, doubles }: Graph): Value {
  const one = doubles([1], [1, 1]);
  const u = add('Add', [x, one]);
  const exact = add('Mul', [add('Log', [u]), add('Div', [x, add('Sub', [u, one])])]);
  return add('Where', [add('Equal', [u, one]), x, exact]);
}

/** The same: e^x − 1. */
function expm1(x: Value, { add, doubles }: Graph): Value {
  const one = doubles([1], [1, 1]);
  const u = add('Exp', [x]);
  const less1 = add('Sub', [u, one]);
  const exact = add('Mul', [less1, add('Div', [x, add('Log', [u])])]);
  const far = add('Where', [add('Equal', [less1, doubles([-1], [1, 1])]), less1, exact]);
  return add('Where', [add('Equal', [u, one]), x, far]);
}

function indicator(
  { kind, levels, whenTrue, whenFalse }: IndicatorFeature,
  value: Value,
  { add, doubles, texts }: Graph,
): Value {
  const is = (text: string) => add('Equal', [value, texts([text], [1, 1])]);
  const isMissing = () => is('');
  const holds =
    kind === 'missing'
      ? isMissing()
      : kind === 'level'
        ? is(levels[0])
        : add('Not', [levels.map(is).reduce((a, b) => add('Or', [a, b]), isMissing())]);
  return add('Where', [holds, doubles([whenTrue], [1, 1]), doubles([whenFalse], [1, 1])]);
}

/** Of N × 1 values; NaN is missing. As `core/derive/operations.ts`. */
function operate(
  operation: Operation,
  values: readonly Value[],
  shape: Value,
  graph: Graph,
): Value {
  const { add, doubles } = graph;
  const nan = doubles([NaN], [1, 1]);
  const number = (x: number) => doubles([x], [1, 1]);
  if (operation.name === 'constant') return add('Expand', [number(operation.value), shape]);
  const { name } = operation;
  const [a, b, c] = operation.args.map((at) => values[at]);
  const isMissing = (value: Value) => add('IsNaN', [value]);
  /** Infinity less itself is no number. */
  const finite = (value: Value) =>
    add('Where', [isMissing(add('Sub', [value, value])), nan, value]);
  const eitherMissing = () => add('Or', [isMissing(a), isMissing(b)]);
  const both = (value: Value) => add('Where', [eitherMissing(), nan, value]);
  const asNumber = (value: Value) => add('Cast', [value], { to: elementType.double });
  switch (name) {
    case '+':
      return finite(add('Add', [a, b]));
    case '-':
      return finite(add('Sub', [a, b]));
    case '*':
      return finite(add('Mul', [a, b]));
    case '/':
      return finite(add('Div', [a, b]));
    case '^':
      // 1^missing and missing^0 are 1 there.
      return both(finite(add('Pow', [a, b])));
    case '=':
      return both(asNumber(add('Equal', [a, b])));
    case '<>':
      return both(asNumber(add('Not', [add('Equal', [a, b])])));
    case '<':
      return both(asNumber(add('Less', [a, b])));
    case '<=':
      return both(asNumber(add('LessOrEqual', [a, b])));
    case '>':
      return both(asNumber(add('Greater', [a, b])));
    case '>=':
      return both(asNumber(add('GreaterOrEqual', [a, b])));
    case 'max':
      return both(add('Where', [add('GreaterOrEqual', [a, b]), a, b]));
    case 'min':
      return both(add('Where', [add('LessOrEqual', [a, b]), a, b]));
    case 'negate':
      return add('Neg', [a]);
    case 'finite':
      return finite(a);
    case 'abs':
      return add('Abs', [a]);
    case 'log':
      return finite(add('Log', [a]));
    case 'log1p':
      return finite(log1p(a, graph));
    case 'sqrt':
      return finite(add('Sqrt', [a]));
    case 'round': {
      const sign = add('Sign', [a]);
      const whole = add('Mul', [sign, add('Floor', [add('Abs', [a])])]);
      const rest = add('Abs', [add('Sub', [a, whole])]);
      const isUp = add('GreaterOrEqual', [rest, number(0.5)]);
      return add('Where', [isUp, add('Add', [whole, sign]), whole]);
    }
    case 'if':
      return add('Where', [isMissing(a), nan, add('Where', [add('Equal', [a, number(0)]), c, b])]);
    case 'ifmissing':
      return add('Where', [isMissing(a), b, a]);
    case 'isMissing':
      return asNumber(isMissing(a));
  }
}
