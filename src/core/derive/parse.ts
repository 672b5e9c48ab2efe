import { quoted } from '../words';
import {
  functionArity,
  functionNames,
  negateLevel,
  operatorLevels,
  type Formula,
  type FunctionName,
} from './formula';
import { invalid, tokenize, type Token } from './tokenize';

/** Brackets in brackets, minus before minus and power of power that a formula may have. */
export const maxDepth = 100;

const functionsByLowerCase = new Map(functionNames.map((name) => [name.toLowerCase(), name]));

interface Tokens {
  peek(): Token;
  next(): Token;
}

/**
 * Reads a formula: numbers with a decimal point, column names (`BALANCE`, `[Credit limit]` or in backticks),
 * + - * / ^, comparisons, parentheses, and the functions of `functionArity` in any case. Nothing is executed.
 * By precedence climbing (V. Pratt, 1973, "Top down operator precedence").
 *
 * Whether the columns exist is for `resolveColumns` to say.
 *
 * @throws AppError `formula-invalid` with the position, counted from 1
 */
export function parseFormula(text: string): Formula {
  const tokens = walk(tokenize(text));
  if (tokens.peek().kind === 'end') {
    throw invalid('The formula is empty. Write for example BALANCE / CREDIT_LIMIT.', 0);
  }
  const formula = expression(tokens, 1, 1);
  const rest = tokens.peek();
  if (rest.kind !== 'end') throw unexpectedAfterOperand(rest);
  return formula;
}

function walk(tokens: readonly Token[]): Tokens {
  let at = 0;
  return {
    peek: () => tokens[at],
    next: () => tokens[Math.min(at++, tokens.length - 1)],
  };
}

/** Operands and the operators between them that bind at least as tightly as `level`. */
function expression(tokens: Tokens, level: number, depth: number): Formula {
  let left = operand(tokens, depth);
  for (;;) {
    const token = tokens.peek();
    if (token.kind !== 'operator' || operatorLevels[token.text] < level) return left;
    tokens.next();
    const own = operatorLevels[token.text];
    const right =
      token.text === '^'
        ? expression(tokens, own, deeper(depth, token))
        : expression(tokens, own + 1, depth);
    left = { kind: 'binary', operator: token.text, left, right };
    if (own === operatorLevels['=']) refuseChain(tokens.peek());
  }
}

function refuseChain(token: Token): void {
  if (token.kind !== 'operator' || operatorLevels[token.text] !== operatorLevels['=']) return;
  throw invalid(
    `${quoted(token.text)} at character ${token.at + 1} compares a comparison. Compare two values at a time, with if( ) inside if( ).`,
    token.at,
  );
}

function operand(tokens: Tokens, depth: number): Formula {
  const token = tokens.next();
  switch (token.kind) {
    case 'number':
      return { kind: 'number', value: token.value };
    case 'quoted':
      return { kind: 'column', name: token.text };
    case 'word':
      return isMark(tokens.peek(), '(')
        ? call(tokens, token, depth)
        : { kind: 'column', name: token.text };
    case 'mark': {
      if (token.text !== '(') break;
      const inner = expression(tokens, 1, deeper(depth, token));
      close(tokens, token);
      return inner;
    }
    case 'operator':
      if (token.text !== '-') break;
      return { kind: 'negate', of: expression(tokens, negateLevel + 1, deeper(depth, token)) };
    case 'end':
      throw invalid('The formula ends where a number or a column was expected.', token.at);
  }
  throw invalid(
    `${quoted(token.text)} at character ${token.at + 1} stands where a number or a column was expected.`,
    token.at,
  );
}

function call(tokens: Tokens, word: Token, depth: number): Formula {
  const name = functionsByLowerCase.get(word.text.toLowerCase());
  if (name === undefined) {
    throw invalid(
      `There is no function ${quoted(word.text)} (character ${word.at + 1}). There are ${functionNames.join(', ')}.`,
      word.at,
    );
  }
  const opening = tokens.next();
  const args: Formula[] = [];
  if (!isMark(tokens.peek(), ')')) {
    do args.push(expression(tokens, 1, deeper(depth, word)));
    while (isMark(tokens.peek(), ',') && tokens.next());
  }
  close(tokens, opening);
  checkArity(name, args.length, word.at);
  return { kind: 'call', name, args };
}

function checkArity(name: FunctionName, count: number, at: number): void {
  const { least, most } = functionArity[name];
  if (count >= least && count <= most) return;
  const range = least === most ? String(least) : `${least} to ${most}`;
  throw invalid(
    `${name}( ) at character ${at + 1} takes ${range} ${most === 1 ? 'value' : 'values'} and has ${count}. Commas stand between values; decimals are written with a point.`,
    at,
  );
}

function close(tokens: Tokens, opening: Token): void {
  const token = tokens.peek();
  if (isMark(token, ')')) tokens.next();
  else if (token.kind === 'end') {
    throw invalid(`The parenthesis at character ${opening.at + 1} is not closed.`, opening.at);
  } else throw unexpectedAfterOperand(token);
}

function unexpectedAfterOperand(token: Token): Error {
  const place = `at character ${token.at + 1}`;
  if (isMark(token, ')')) return invalid(`The “)” ${place} closes nothing.`, token.at);
  if (isMark(token, ',')) {
    return invalid(
      `The comma ${place} stands outside a function. Decimals are written with a point.`,
      token.at,
    );
  }
  return invalid(
    `An operator such as + or / is missing before ${quoted(token.text)} ${place}. Column names with spaces go in brackets: [Credit limit].`,
    token.at,
  );
}

function isMark(token: Token, text: '(' | ')' | ','): boolean {
  return token.kind === 'mark' && token.text === text;
}

function deeper(depth: number, token: Token): number {
  if (depth < maxDepth) return depth + 1;
  throw invalid(
    `The formula is nested more than ${maxDepth} deep at character ${token.at + 1}. Make two columns of it.`,
    token.at,
  );
}
