import { AppError } from '../errors';
import { quoted } from '../words';
import type { operatorLevels } from './formula';
import { type BinaryOperator } from './formula';

/** `at` counts characters from 0. */
export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly text: string; readonly at: number }
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'quoted'; readonly text: string; readonly at: number }
  | { readonly kind: 'operator'; readonly text: BinaryOperator; readonly at: number }
  | { readonly kind: 'mark'; readonly text: '(' | ')' | ','; readonly at: number }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number };

/** No formula that a person reads is longer. */
export const maxLength = 2000;

const blank = /\s+/y;
const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const word = /[\p{L}_][\p{L}\p{N}\p{M}_.]*/uy;
const operator = /<=|>=|<>|!=|==|\*\*|[-+*/^<>=−×·÷≤≥≠]/y;

/** A column name that needs no brackets. */
export function isWord(name: string): boolean {
  return takeAt(word, name, 0) === name;
}

const otherSpellings = new Map<string, BinaryOperator>([
  ['!=', '<>'],
  ['≠', '<>'],
  ['==', '='],
  ['≤', '<='],
  ['≥', '>='],
  ['**', '^'],
  ['−', '-'],
  ['×', '*'],
  ['·', '*'],
  ['÷', '/'],
]);

/** @throws AppError `formula-invalid` with the position */
export function tokenize(text: string): Token[] {
  if (text.length > maxLength) {
    throw invalid(
      `A formula may have ${maxLength.toLocaleString('en-US')} characters; this one has ${text.length.toLocaleString('en-US')}. Make two columns of it.`,
      maxLength,
    );
  }
  const tokens: Token[] = [];
  for (let at = skipBlank(text, 0); at < text.length; at = skipBlank(text, at)) {
    const { token, end } = tokenAt(text, at);
    tokens.push(token);
    at = end;
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

/** @param at counted from 0; people count from 1 */
export function invalid(message: string, at: number): AppError {
  return new AppError('formula-invalid', message, { position: at + 1 });
}

function skipBlank(text: string, at: number): number {
  return at + takeAt(blank, text, at).length;
}

function tokenAt(text: string, at: number): { token: Token; end: number } {
  const first = text[at];
  if (first === '(' || first === ')' || first === ',') {
    return { token: { kind: 'mark', text: first, at }, end: at + 1 };
  }
  if (first === '[') return quotedAt(text, at, ']');
  if (first === '`') return quotedAt(text, at, '`');
  const digits = takeAt(number, text, at);
  if (digits !== '') return { token: numberToken(digits, at), end: at + digits.length };
  const name = takeAt(word, text, at);
  if (name !== '') return { token: { kind: 'word', text: name, at }, end: at + name.length };
  const symbol = takeAt(operator, text, at);
  if (symbol !== '') {
    return { token: { kind: 'operator', text: spelled(symbol), at }, end: at + symbol.length };
  }
  throw invalid(
    `${quoted(characterAt(text, at))} at character ${at + 1} has no meaning in a formula. Column names with such characters go in brackets: [Credit limit].`,
    at,
  );
}

function takeAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function spelled(symbol: string): BinaryOperator {
  return otherSpellings.get(symbol) ?? (symbol as keyof typeof operatorLevels);
}

function numberToken(digits: string, at: number): Token {
  const value = Number(digits);
  if (Number.isFinite(value)) return { kind: 'number', value, text: digits, at };
  throw invalid(`The number at character ${at + 1} is too large to compute with.`, at);
}

/** Any header text; the closing character is written twice to stand for itself. */
function quotedAt(text: string, at: number, close: string): { token: Token; end: number } {
  let name = '';
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] !== close) name += text[i];
    else if (text[i + 1] === close) name += text[++i];
    else if (name !== '') return { token: { kind: 'quoted', text: name, at }, end: i + 1 };
    else throw invalid(`There is no column name in the ${text[at]}${close} at ${at + 1}.`, at);
  }
  throw invalid(
    `The column name that begins at character ${at + 1} has no closing ${quoted(close)}.`,
    at,
  );
}
