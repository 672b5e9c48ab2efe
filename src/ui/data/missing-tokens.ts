import { defaultMissingTokens } from '../../core/table/missing';
import type { MissingCount, ReadParams } from '../../core/table/read-params';

/** Something that counts as missing, and how often it was found. */
export interface MissingToken {
  /** As the file writes it first, or as it was added. */
  readonly text: string;
  readonly count: number;
}

export interface MissingTokens {
  readonly nBlank: number;
  /** Those that were found, the most frequent first; then those that were added and not found. */
  readonly tokens: readonly MissingToken[];
  /** Of the usual list, what was taken out of it. */
  readonly takenOut: readonly string[];
}

type Wanted = ReadParams['missing'];

const fold = (token: string) => token.trim().toLowerCase();
const usual = new Set(defaultMissingTokens.map(fold));
const listOf = (wanted: Wanted) => (wanted === 'auto' ? defaultMissingTokens : wanted);

/** Spellings that differ in case are one token, because they are removed together. */
export function missingTokens(found: readonly MissingCount[], wanted: Wanted): MissingTokens {
  let nBlank = 0;
  const tokens = new Map<string, MissingToken>();
  for (const { token, count } of found) {
    const key = fold(token);
    const known = tokens.get(key);
    if (key === '') nBlank += count;
    else tokens.set(key, { text: known?.text ?? token, count: (known?.count ?? 0) + count });
  }
  const list = listOf(wanted);
  for (const token of list) {
    const key = fold(token);
    if (key === '' || usual.has(key) || tokens.has(key)) continue;
    tokens.set(key, { text: token.trim(), count: 0 });
  }
  const kept = new Set(list.map(fold));
  return {
    nBlank,
    tokens: [...tokens.values()].sort((a, b) => b.count - a.count),
    takenOut: defaultMissingTokens.filter((token) => !kept.has(fold(token))),
  };
}

/** The list without a token, in whatever case: it is a value from now on. */
export function withoutToken(wanted: Wanted, token: string): string[] {
  return listOf(wanted).filter((other) => fold(other) !== fold(token));
}

/** The list with what was typed: tokens between commas. Null where that adds nothing. */
export function withTokens(wanted: Wanted, typed: string, most: number): string[] | null {
  const list = [...listOf(wanted)];
  const known = new Set(list.map(fold));
  for (const part of typed.split(',')) {
    const token = part.trim();
    if (token === '' || known.has(fold(token)) || list.length >= most) continue;
    known.add(fold(token));
    list.push(token);
  }
  return list.length === listOf(wanted).length ? null : list;
}
