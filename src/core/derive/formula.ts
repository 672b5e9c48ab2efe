/**
 * A formula for a column made of others, as plain JSON. Values are numbers; NaN is missing. A comparison is 1 where it
 * holds and 0 where it does not.
 */
export type Formula = NumberNode | ColumnNode | NegateNode | BinaryNode | CallNode;

/** Finite and not negative: a minus is a node of its own. */
export interface NumberNode {
  readonly kind: 'number';
  readonly value: number;
}

export interface ColumnNode {
  readonly kind: 'column';
  readonly name: string;
}

export interface NegateNode {
  readonly kind: 'negate';
  readonly of: Formula;
}

export interface BinaryNode {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Formula;
  readonly right: Formula;
}

export interface CallNode {
  readonly kind: 'call';
  readonly name: FunctionName;
  readonly args: readonly Formula[];
}

/** How tightly each binds. Comparisons do not chain, `^` groups from the right, the others from the left. */
export const operatorLevels = {
  '=': 1,
  '<>': 1,
  '<': 1,
  '<=': 1,
  '>': 1,
  '>=': 1,
  '+': 2,
  '-': 2,
  '*': 3,
  '/': 3,
  '^': 5,
} as const;
export type BinaryOperator = keyof typeof operatorLevels;

/** −a^2 is −(a^2), as in mathematics (a spreadsheet takes (−a)^2); −a·b is (−a)·b. */
export const negateLevel = 4;

/** How many arguments each takes. */
export const functionArity = {
  abs: { least: 1, most: 1 },
  if: { least: 3, most: 3 },
  ifmissing: { least: 2, most: 2 },
  isMissing: { least: 1, most: 1 },
  /** Natural. */
  log: { least: 1, most: 1 },
  log1p: { least: 1, most: 1 },
  max: { least: 2, most: 20 },
  min: { least: 2, most: 20 },
  /** Half away from zero, as spreadsheets and databases do. */
  round: { least: 1, most: 1 },
  sqrt: { least: 1, most: 1 },
} as const;
export type FunctionName = keyof typeof functionArity;

export const functionNames = Object.keys(functionArity) as readonly FunctionName[];
