import type { BinaryOperator } from './formula';

/**
 * What the operators and functions do with numbers that are there. A result that is no finite number is missing, and so
 * is every result of something missing (`if`, `ifmissing` and `isMissing` see to themselves).
 */
export const binaryOperations: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> =
  {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '^': (a, b) => a ** b,
    '=': (a, b) => truth(a === b, a, b),
    '<>': (a, b) => truth(a !== b, a, b),
    '<': (a, b) => truth(a < b, a, b),
    '<=': (a, b) => truth(a <= b, a, b),
    '>': (a, b) => truth(a > b, a, b),
    '>=': (a, b) => truth(a >= b, a, b),
  };

function truth(holds: boolean, a: number, b: number): number {
  return a !== a || b !== b ? NaN : holds ? 1 : 0;
}

export type UnaryName = 'abs' | 'log' | 'log1p' | 'round' | 'sqrt';

export const unaryOperations: Readonly<Record<UnaryName, (x: number) => number>> = {
  abs: Math.abs,
  log: Math.log,
  log1p: Math.log1p,
  round: roundHalfAway,
  sqrt: Math.sqrt,
};

export type ManyName = 'max' | 'min';

/** Of two; of more, one after another. */
export const manyOperations: Readonly<Record<ManyName, (a: number, b: number) => number>> = {
  max: (a, b) => Math.max(a, b),
  min: (a, b) => Math.min(a, b),
};

/** What is behind a result that is missing though nothing was missing before it, as bits. */
export const faults = { divisionByZero: 1, outOfDomain: 2 } as const;

/** x/0 and 0^−1 divide by zero; the logarithm of −1, the root of −1 and 1e300·1e300 are out of the domain. */
export function faultOf(operator: BinaryOperator, a: number, b: number): number {
  return (operator === '/' && b === 0) || (operator === '^' && a === 0)
    ? faults.divisionByZero
    : faults.outOfDomain;
}

/** What is finite as it is, all else missing. */
export function finiteOrMissing(x: number): number {
  return x - x === 0 ? x : NaN;
}

/** NaN ** 0 would be 1. */
export function missingIfAny(
  a: number,
  b: number,
  operation: (a: number, b: number) => number,
): number {
  return a !== a || b !== b ? NaN : finiteOrMissing(operation(a, b));
}

/** x − trunc(x) is exact: 0.49999999999999994 is rounded to 0. */
function roundHalfAway(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}
