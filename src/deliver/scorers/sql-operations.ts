import type { SqlDialect } from './sql-dialect';
import type { OperationName } from './score-plan';

/** An operation on values that have names; NULL is missing. What the page takes as missing is NULL, and no error. */
export function sqlOperation(
  name: OperationName,
  [a, b, c]: readonly string[],
  dialect: SqlDialect,
): string {
  switch (name) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
      return dialect.overflow === 'error' ? guarded(name, a, b) : finite(unguarded(name, a, b));
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return `CASE WHEN ${a} ${name} ${b} THEN 1e0 WHEN NOT (${a} ${name} ${b}) THEN 0e0 END`;
    case 'max':
      return `CASE WHEN ${a} >= ${b} THEN ${a} WHEN ${a} < ${b} THEN ${b} END`;
    case 'min':
      return `CASE WHEN ${a} <= ${b} THEN ${a} WHEN ${a} > ${b} THEN ${b} END`;
    case 'negate':
      return `(-${a})`;
    case 'finite':
      return finite(a);
    case 'abs':
      return `ABS(${a})`;
    case 'log':
      return `CASE WHEN ${a} > 0e0 THEN LN(${a}) END`;
    case 'log1p':
      return `CASE WHEN ${a} > -1e0 THEN ${dialect.log1p(a)} END`;
    case 'sqrt':
      return `CASE WHEN ${a} >= 0e0 THEN SQRT(${a}) END`;
    case 'round':
      // From 2^52 on there are whole numbers only. ROUND goes to even in some databases.
      return `CASE WHEN ABS(${a}) >= 4503599627370496e0 THEN ${a} ELSE (CASE WHEN ${a} < 0e0 THEN -1e0 ELSE 1e0 END) * (FLOOR(ABS(${a})) + CASE WHEN ABS(${a}) - FLOOR(ABS(${a})) >= 5e-1 THEN 1e0 ELSE 0e0 END) END`;
    case 'if':
      return `CASE WHEN ${a} <> 0e0 THEN ${b} WHEN ${a} = 0e0 THEN ${c} END`;
    case 'ifmissing':
      return `COALESCE(${a}, ${b})`;
    case 'isMissing':
      return `CASE WHEN ${a} IS NULL THEN 1e0 ELSE 0e0 END`;
  }
}

/** Infinity less itself is no number. */
function finite(expression: string): string {
  return `CASE WHEN (${expression}) - (${expression}) = 0e0 THEN ${expression} END`;
}

type Arithmetic = '+' | '-' | '*' | '/' | '^';

function unguarded(name: Arithmetic, a: string, b: string): string {
  switch (name) {
    case '/':
      return `${a} / NULLIF(${b}, 0e0)`;
    case '^':
      return `CASE WHEN ${hasNoPower(a, b)} THEN NULL ELSE POWER(${a}, ${b}) END`;
    case '+':
    case '-':
    case '*':
      return `${a} ${name} ${b}`;
  }
}

function hasNoPower(a: string, b: string): string {
  return `(${a} = 0e0 AND ${b} < 0e0) OR (${a} < 0e0 AND ${b} <> FLOOR(${b}))`;
}

const largest = '1.7976931348623157e308';
const half = '8.9e307';
const smallest = '2.2250738585072014e-308';

/** Where a result that is too large is an error, and one that is too small as well: known before it is computed. */
function guarded(name: Arithmetic, a: string, b: string): string {
  const [sizeA, sizeB] = [`ABS(${a})`, `ABS(${b})`];
  const isMissing = `${a} IS NULL OR ${b} IS NULL`;
  switch (name) {
    case '+':
    case '-':
      return `CASE WHEN ${sizeA} < ${half} AND ${sizeB} < ${half} THEN ${a} ${name} ${b} WHEN ABS(${a} * 5e-1 ${name} ${b} * 5e-1) < ${half} THEN ${a} ${name} ${b} END`;
    case '*':
      return `CASE WHEN ${isMissing} THEN NULL WHEN ${a} = 0e0 OR ${b} = 0e0 THEN 0e0 WHEN ${sizeA} > 1e0 AND ${sizeB} > ${largest} / ${sizeA} THEN NULL WHEN ${sizeA} < 1e0 AND ${sizeB} < ${smallest} / ${sizeA} THEN 0e0 ELSE ${a} * ${b} END`;
    case '/':
      return `CASE WHEN ${isMissing} OR ${b} = 0e0 THEN NULL WHEN ${a} = 0e0 THEN 0e0 WHEN ${sizeB} < 1e0 AND ${sizeA} > ${largest} * ${sizeB} THEN NULL WHEN ${sizeB} > 1e0 AND ${sizeA} < ${smallest} * ${sizeB} THEN 0e0 ELSE ${a} / ${b} END`;
    case '^': {
      const isFar = `${a} <> 0e0 AND ${sizeB} > 1e0 AND ABS(LN(CASE WHEN ${a} = 0e0 THEN 1e0 ELSE ${sizeA} END)) > 709e0 / (CASE WHEN ${sizeB} > 1e0 THEN ${sizeB} ELSE 1e0 END)`;
      const isLarge = `(${sizeA} > 1e0 AND ${b} > 0e0) OR (${sizeA} < 1e0 AND ${b} < 0e0)`;
      return `CASE WHEN ${hasNoPower(a, b)} THEN NULL WHEN ${isFar} THEN CASE WHEN ${isLarge} THEN NULL ELSE 0e0 END ELSE POWER(${a}, ${b}) END`;
    }
  }
}
