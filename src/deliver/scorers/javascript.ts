import { planData } from './plan-data';
import type { ScorePlan } from './score-plan';

/** An ES module without dependencies. @returns its text; `segmentOf(row)` gives the number of a segment, from 1 */
export function writeJavaScript(plan: ScorePlan): string {
  const { segments, centers, inputs, operations, features, layers, grid } = planData(plan);
  return `// Says which segment a customer belongs to. Written by Tessera; needs nothing else.
//
//   import { segmentOf, segments } from './segments.js';
//   const number = segmentOf({ balance: 1200, region: 'North' }); // from 1
//   const name = segments[number - 1];
//
// A row is an object by column name. null, undefined, NaN, blank text, and what is no number where there should be one
// are missing; so is a column that is absent. Other columns and their order do not matter.

export const segments = ${segments};
const centers = ${centers};
const inputs = ${inputs};
const operations = ${operations};
const features = ${features};
const layers = ${layers};
const grid = ${grid};

/** The number of the segment, from 1. */
export function segmentOf(row) {
  const values = inputs.map(([name, kind]) => {
    const cell = Object.hasOwn(row, name) ? row[name] : null;
    return kind === 'number' ? numberOf(cell) : levelOf(cell);
  });
  for (const [name, ...args] of operations) {
    values.push(name === 'constant' ? args[0] : operate(name, ...args.map((at) => values[at])));
  }
  const x = inSpace(features.map((feature) => coordinate(feature, values[feature.value])));
  let best = 0;
  let least = Infinity;
  for (let c = 0; c < centers.length; c++) {
    let distance = 0;
    for (let j = 0; j < x.length; j++) {
      const difference = x[j] - centers[c][1][j];
      distance += difference * difference;
    }
    if (distance < least) {
      least = distance;
      best = c;
    }
  }
  return centers[best][0] + 1;
}

/** Where distances are measured. */
function inSpace(coordinates) {
  let x = coordinates;
  for (const [activation, biases, weights] of layers) {
    const inputs = x;
    x = biases.map((bias, o) => {
      let sum = bias;
      for (let j = 0; j < inputs.length; j++) sum += inputs[j] * weights[o][j];
      return activate(activation, sum);
    });
  }
  return grid.length === 0 ? x : grid.map(([center, step], m) => toFloat32(toGrid(x[m] - center, step)));
}

function activate(activation, x) {
  if (activation === 'relu') return x > 0 ? x : 0;
  if (activation === 'tanh') {
    const e = exp(2 * Math.min(Math.max(x, -20), 20));
    return (e - 1) / (e + 1);
  }
  if (activation !== 'gelu') return x;
  const density = exp(Math.max(-0.5 * x * x, -87)) * 0.3989422804014327;
  const t = 1 / (0.2316419 * Math.abs(x) + 1);
  const sum = (((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153;
  const tail = density * (sum * t);
  return x * (x < 0 ? tail : 1 - tail);
}

/** With the same last digits everywhere, which Math.exp does not have. */
function exp(x) {
  const n = x * Math.LOG2E + 1.5 * 2 ** 52 - 1.5 * 2 ** 52;
  const r = x - n * 0.693359375 - n * (Math.LN2 - 0.693359375);
  let sum = 0;
  for (let last = 13; last >= 2; last--) {
    let factorial = 1;
    for (let i = 2; i <= last; i++) factorial *= i;
    sum = sum * r + 1 / factorial;
  }
  return 2 ** n * ((sum * r + 1) * r + 1);
}

/** NaN is missing. */
function numberOf(cell) {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'string' || !/^\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?\\s*$/i.test(cell)) return NaN;
  return Number(cell);
}

/** null is missing. */
function levelOf(cell) {
  if (cell === null || cell === undefined || cell !== cell) return null;
  const text = String(cell);
  return text.trim() === '' ? null : text;
}

function operate(name, a, b, c) {
  if (name === 'if') return a !== a ? NaN : a !== 0 ? b : c;
  if (name === 'ifmissing') return a !== a ? b : a;
  if (name === 'isMissing') return a !== a ? 1 : 0;
  if (a !== a || (b !== undefined && b !== b)) return NaN;
  const result = compute(name, a, b);
  return Number.isFinite(result) ? result : NaN;
}

function compute(name, a, b) {
  switch (name) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
    case '^': return a ** b;
    case '=': return a === b ? 1 : 0;
    case '<>': return a !== b ? 1 : 0;
    case '<': return a < b ? 1 : 0;
    case '<=': return a <= b ? 1 : 0;
    case '>': return a > b ? 1 : 0;
    case '>=': return a >= b ? 1 : 0;
    case 'max': return Math.max(a, b);
    case 'min': return Math.min(a, b);
    case 'abs': return Math.abs(a);
    case 'log': return Math.log(a);
    case 'log1p': return Math.log1p(a);
    case 'sqrt': return Math.sqrt(a);
    case 'negate': return -a;
    case 'finite': return a;
    case 'round': {
      const whole = Math.trunc(a);
      return Math.abs(a - whole) >= 0.5 ? whole + Math.sign(a) : whole;
    }
  }
}

function coordinate(feature, value) {
  const { kind, levels } = feature;
  if (kind !== 'number') {
    const holds =
      kind === 'missing' ? value === null :
      kind === 'level' ? value === levels[0] :
      value !== null && !levels.includes(value);
    return holds ? feature.whenTrue : feature.whenFalse;
  }
  if (value !== value) return feature.filled;
  const [lower = -Infinity, upper = Infinity] = feature.clip;
  const evened = evenOut(Math.min(Math.max(value, lower), upper), feature.power, feature.lambda);
  return toFloat32(toGrid((evened - feature.center) / feature.scale, feature.step));
}

function toFloat32(x) {
  const largest = (2 - 2 ** -23) * 2 ** 127;
  return Math.fround(Math.min(Math.max(x, -largest), largest));
}

function evenOut(x, power, lambda) {
  if (power === 'log1p') return Math.log1p(Math.max(x, 0));
  if (power === 'sqrt') return Math.sqrt(Math.max(x, 0));
  if (power !== 'yeo-johnson') return x;
  return x < 0 ? -yeoJohnson(-x, 2 - lambda) : yeoJohnson(x, lambda);
}

function yeoJohnson(x, lambda) {
  const log = Math.log1p(x);
  return Math.abs(lambda) < Number.EPSILON ? log : Math.expm1(lambda * log) / lambda;
}

/** To the nearest multiple of step, half to even. */
function toGrid(x, step) {
  const half = step * 2 ** 51;
  if (x < half && x > -half) return x + 3 * half - 3 * half;
  if (x >= 2 * half || x <= -2 * half) return x;
  const away = x < 0 ? -2 * half : 2 * half;
  return x + away - away;
}
`;
}
