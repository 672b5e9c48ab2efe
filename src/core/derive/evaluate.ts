import { blockRows, prepareBlocks } from './blocks';
import type { CallNode, Formula } from './formula';
import {
  binaryOperations,
  faults,
  finiteOrMissing,
  manyOperations,
  missingIfAny,
  unaryOperations,
} from './operations';

export interface FormulaValues {
  /** NaN is missing. No infinities. */
  readonly values: Float64Array;
  /** Rows that have no value, in which something was divided by zero. */
  readonly nDividedByZero: number;
  /** Rows that have no value, in which there was a logarithm of 0 or less, a root of less than 0, or too large a number. */
  readonly nOutOfDomain: number;
}

/**
 * The column that a formula makes. Every row as `evaluateRow` would say, to the last bit.
 *
 * @param formula names as in the table (`resolveColumns`)
 * @param getColumn values of a column, length nRows; NaN is missing
 */
export function evaluateFormula(
  formula: Formula,
  getColumn: (name: string) => Float64Array,
  nRows: number,
): FormulaValues {
  const found = new Uint8Array(blockRows);
  const block = prepareBlocks(formula, getColumn, found);
  const values = new Float64Array(nRows);
  let nDividedByZero = 0;
  let nOutOfDomain = 0;
  for (let first = 0; first < nRows; first += blockRows) {
    const count = Math.min(blockRows, nRows - first);
    found.fill(0);
    const result = block(first, count, null);
    for (let i = 0; i < count; i++) {
      values[first + i] = result[i];
      if (found[i] === 0 || result[i] === result[i]) continue;
      if ((found[i] & faults.divisionByZero) !== 0) nDividedByZero++;
      if ((found[i] & faults.outOfDomain) !== 0) nOutOfDomain++;
    }
  }
  return { values, nDividedByZero, nOutOfDomain };
}

/**
 * The value of one row.
 *
 * @param getValue the row's value of a column; NaN is missing
 */
export function evaluateRow(formula: Formula, getValue: (name: string) => number): number {
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'column':
      return finiteOrMissing(getValue(formula.name));
    case 'negate':
      return -evaluateRow(formula.of, getValue);
    case 'binary': {
      const left = evaluateRow(formula.left, getValue);
      const right = evaluateRow(formula.right, getValue);
      return missingIfAny(left, right, binaryOperations[formula.operator]);
    }
    case 'call':
      return callRow(formula, getValue);
  }
}

function callRow({ name, args }: CallNode, getValue: (name: string) => number): number {
  const valueOf = (arg: Formula) => evaluateRow(arg, getValue);
  const first = valueOf(args[0]);
  switch (name) {
    case 'if':
      return first !== first ? NaN : valueOf(first !== 0 ? args[1] : args[2]);
    case 'ifmissing':
      return first !== first ? valueOf(args[1]) : first;
    case 'isMissing':
      return first !== first ? 1 : 0;
    case 'max':
    case 'min':
      return args.slice(1).map(valueOf).reduce(manyOperations[name], first);
    case 'abs':
    case 'log':
    case 'log1p':
    case 'round':
    case 'sqrt':
      return finiteOrMissing(unaryOperations[name](first));
  }
}
