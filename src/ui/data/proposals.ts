import type { MissingCount, ReadParams, ReadWarning } from '../../core/table/read-params';
import { listInWords, quoted } from '../../core/words';
import { defaultMissingTokens } from '../../core/table/missing';
import { delimiterNames, encodingNames, settingNames } from './setting-words';

type Proposal = Partial<ReadParams>;

/** What a warning offers to do: to read the file another way, or to look at the setting it speaks of. */
export type Offer =
  | { readonly kind: 'apply'; readonly words: string; readonly proposal: Proposal }
  | { readonly kind: 'look'; readonly words: string; readonly setting: keyof ReadParams }
  | null;

/**
 * One offer by warning; a proposal that several share is offered by the first of them.
 *
 * @param found what was read as missing: tokens are named as the file writes them
 */
export function offersOf(
  warnings: readonly ReadWarning[],
  params: ReadParams,
  found: readonly MissingCount[],
): Offer[] {
  const spelling = new Map(found.map(({ token }) => [token.toLowerCase(), token]));
  const made = new Set<string>();
  return warnings.map(({ proposal, setting }) => {
    if (proposal !== undefined) {
      const words = proposalWords(proposal, params, spelling);
      if (words !== '') {
        const key = JSON.stringify(proposal);
        if (made.has(key)) return null;
        made.add(key);
        return { kind: 'apply', words, proposal };
      }
    }
    if (setting === undefined) return null;
    const words = setting === 'kinds' ? 'Look at the type' : `Look at: ${settingNames[setting]}`;
    return { kind: 'look', words, setting };
  });
}

/**
 * What applying a proposal does, as the words of a button: "Set the last row aside". '' where it changes nothing.
 *
 * @param spelling tokens as the file writes them, by lower case
 */
export function proposalWords(
  proposal: Proposal,
  params: ReadParams,
  spelling: ReadonlyMap<string, string> = new Map(),
): string {
  const parts = (Object.keys(proposal) as (keyof ReadParams)[])
    .map((key) => partWords(key, proposal, params, spelling))
    .filter((part) => part !== '');
  const words = listInWords(parts);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function partWords(
  key: keyof ReadParams,
  proposal: Proposal,
  params: ReadParams,
  spelling: ReadonlyMap<string, string>,
): string {
  switch (key) {
    case 'delimiter':
      return `separate at the ${delimiterNames.get(proposal.delimiter ?? '') ?? 'mark found'}`;
    case 'encoding':
      return `read as ${encodingNames.get(proposal.encoding ?? '') ?? 'found'}`;
    case 'header':
      return proposal.header === 'yes'
        ? 'take the first row as names of columns'
        : 'take the first row as data';
    case 'decimal':
      return `take the ${proposal.decimal === ',' ? 'comma' : 'point'} as the decimal mark`;
    case 'thousands':
      return 'change what stands between groups of digits';
    case 'skipLines':
      return skipWords(proposal.skipLines);
    case 'missing':
      return missingWords(proposal.missing, params.missing, spelling);
    case 'totalRow':
      return proposal.totalRow === 'set-aside' ? 'set the last row aside' : 'keep the last row';
    case 'dateOrder':
      return `read dates ${proposal.dateOrder === 'month-first' ? 'month first' : 'day first'}`;
    case 'names':
      return 'give columns other names';
    case 'kinds':
      return `read ${listInWords((proposal.kinds ?? []).slice(0, 2).map(({ column, kind }) => `${quoted(column)} as ${kind}`))}`;
  }
}

function skipWords(skipLines: ReadParams['skipLines'] | undefined): string {
  if (skipLines === 0) return 'skip no lines';
  if (skipLines === undefined || skipLines === 'auto') return 'find the first line again';
  return skipLines === 1 ? 'skip the first line' : `skip the first ${skipLines} lines`;
}

function missingWords(
  to: ReadParams['missing'] | undefined,
  from: ReadParams['missing'],
  spelling: ReadonlyMap<string, string>,
): string {
  const listOf = (tokens: ReadParams['missing'] | undefined) =>
    tokens === 'auto' || tokens === undefined ? defaultMissingTokens : tokens;
  const before = new Set(listOf(from).map((token) => token.toLowerCase()));
  const after = new Set(listOf(to).map((token) => token.toLowerCase()));
  const added = [...after].filter((token) => !before.has(token));
  const gone = [...before].filter((token) => !after.has(token));
  const names = (tokens: readonly string[]) =>
    listInWords(
      tokens.slice(0, 3).map((token) => `“${spelling.get(token) ?? token}”`),
      tokens.length,
    );
  if (added.length > 0) return `count ${names(added)} as missing`;
  return gone.length > 0 ? `take ${names(gone)} as a value` : '';
}
