import type { BinaryNode, BinaryOperator, CallNode, Formula } from './formula';
import {
  binaryOperations,
  faultOf,
  faults,
  finiteOrMissing,
  manyOperations,
  missingIfAny,
  unaryOperations,
} from './operations';

/** Rows at a time: the columns between two operations stay in the cache. */
export const blockRows = 2048;

/**
 * The values of `count` rows from `first` on. Only the rows that are `active` (null: all) matter: they alone are
 * counted as faults. What is returned is overwritten by the next call.
 */
export type Block = (first: number, count: number, active: Uint8Array | null) => Float64Array;

/**
 * The blocks of a formula, one operation after the other.
 *
 * @param found by row of the block, length blockRows: bits of `faults` are set in it
 */
export function prepareBlocks(
  formula: Formula,
  getColumn: (name: string) => Float64Array,
  found: Uint8Array,
): Block {
  switch (formula.kind) {
    case 'number': {
      const constant = new Float64Array(blockRows).fill(formula.value);
      return () => constant;
    }
    case 'column':
      return columnBlock(getColumn(formula.name));
    case 'negate': {
      const of = prepareBlocks(formula.of, getColumn, found);
      return mapBlock(of, (x) => -x);
    }
    case 'binary': {
      const left = prepareBlocks(formula.left, getColumn, found);
      return binaryBlock(formula, left, prepareBlocks(formula.right, getColumn, found), found);
    }
    case 'call':
      return callBlock(
        formula,
        formula.args.map((arg) => prepareBlocks(arg, getColumn, found)),
        found,
      );
  }
}

function columnBlock(values: Float64Array): Block {
  const out = new Float64Array(blockRows);
  return (first, count) => {
    for (let i = 0; i < count; i++) out[i] = finiteOrMissing(values[first + i]);
    return out;
  };
}

function mapBlock(of: Block, operation: (x: number) => number): Block {
  const out = new Float64Array(blockRows);
  return (first, count, active) => {
    const x = of(first, count, active);
    for (let i = 0; i < count; i++) out[i] = operation(x[i]);
    return out;
  };
}

function callBlock({ name }: CallNode, args: readonly Block[], found: Uint8Array): Block {
  switch (name) {
    case 'if':
      return ifBlock(args[0], args[1], args[2]);
    case 'ifmissing':
      return ifMissingBlock(args[0], args[1]);
    case 'isMissing':
      return mapBlock(args[0], (x) => (x !== x ? 1 : 0));
    case 'max':
    case 'min':
      return args.reduce((left, right) => foldBlock(left, right, manyOperations[name]));
    case 'abs':
    case 'log':
    case 'log1p':
    case 'round':
    case 'sqrt':
      return unaryBlock(args[0], unaryOperations[name], found);
  }
}

function unaryBlock(of: Block, operation: (x: number) => number, found: Uint8Array): Block {
  const out = new Float64Array(blockRows);
  return (first, count, active) => {
    const x = of(first, count, active);
    for (let i = 0; i < count; i++) {
      const value = operation(x[i]);
      out[i] = value;
      if (value - value === 0) continue;
      out[i] = NaN;
      if (x[i] === x[i] && isActive(active, i)) found[i] |= faults.outOfDomain;
    }
    return out;
  };
}

function foldBlock(left: Block, right: Block, operation: (a: number, b: number) => number): Block {
  const out = new Float64Array(blockRows);
  return (first, count, active) => {
    const a = left(first, count, active);
    const b = right(first, count, active);
    for (let i = 0; i < count; i++) out[i] = operation(a[i], b[i]);
    return out;
  };
}

/** The four that are in most formulas have loops of their own: no call for each row. */
const loops = new Map<
  BinaryOperator,
  (a: Float64Array, b: Float64Array, out: Float64Array, count: number) => void
>([
  [
    '+',
    (a, b, out, count) => {
      for (let i = 0; i < count; i++) out[i] = a[i] + b[i];
    },
  ],
  [
    '-',
    (a, b, out, count) => {
      for (let i = 0; i < count; i++) out[i] = a[i] - b[i];
    },
  ],
  [
    '*',
    (a, b, out, count) => {
      for (let i = 0; i < count; i++) out[i] = a[i] * b[i];
    },
  ],
  [
    '/',
    (a, b, out, count) => {
      for (let i = 0; i < count; i++) out[i] = a[i] / b[i];
    },
  ],
]);

function binaryBlock(
  { operator }: BinaryNode,
  left: Block,
  right: Block,
  found: Uint8Array,
): Block {
  const out = new Float64Array(blockRows);
  const operation = binaryOperations[operator];
  const loop = loops.get(operator);
  return (first, count, active) => {
    const a = left(first, count, active);
    const b = right(first, count, active);
    if (loop !== undefined) loop(a, b, out, count);
    else for (let i = 0; i < count; i++) out[i] = missingIfAny(a[i], b[i], operation);
    for (let i = 0; i < count; i++) {
      if (out[i] - out[i] === 0) continue;
      out[i] = NaN;
      if (a[i] !== a[i] || b[i] !== b[i] || !isActive(active, i)) continue;
      found[i] |= faultOf(operator, a[i], b[i]);
    }
    return out;
  };
}

function ifBlock(condition: Block, whenTrue: Block, whenFalse: Block): Block {
  const out = new Float64Array(blockRows);
  const isTrue = new Uint8Array(blockRows);
  const isFalse = new Uint8Array(blockRows);
  return (first, count, active) => {
    const holds = condition(first, count, active);
    for (let i = 0; i < count; i++) {
      const counts = isActive(active, i) && holds[i] === holds[i];
      isTrue[i] = counts && holds[i] !== 0 ? 1 : 0;
      isFalse[i] = counts && holds[i] === 0 ? 1 : 0;
      out[i] = NaN;
    }
    writeWhere(isTrue, whenTrue, first, count, out);
    writeWhere(isFalse, whenFalse, first, count, out);
    return out;
  };
}

function ifMissingBlock(of: Block, instead: Block): Block {
  const out = new Float64Array(blockRows);
  const isAway = new Uint8Array(blockRows);
  return (first, count, active) => {
    const x = of(first, count, active);
    for (let i = 0; i < count; i++) {
      out[i] = x[i];
      isAway[i] = isActive(active, i) && x[i] !== x[i] ? 1 : 0;
    }
    writeWhere(isAway, instead, first, count, out);
    return out;
  };
}

/** The branch's values in the rows that take it. A branch that no row takes is not computed. */
function writeWhere(
  rows: Uint8Array,
  branch: Block,
  first: number,
  count: number,
  out: Float64Array,
): void {
  if (rows.indexOf(1) < 0) return;
  const values = branch(first, count, rows);
  for (let i = 0; i < count; i++) if (rows[i] === 1) out[i] = values[i];
}

function isActive(active: Uint8Array | null, i: number): boolean {
  return active === null || active[i] === 1;
}
