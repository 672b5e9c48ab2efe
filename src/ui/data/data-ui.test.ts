import { describe, expect, it } from 'vitest';
import { cleanDefaults } from '../../core/clean/clean';
import { defaultMissingTokens } from '../../core/table/missing';
import { readDefaults, type ReadParams, type ReadWarning } from '../../core/table/read-params';
import { shownRole, withKind, withRole } from './column-choices';
import { missingTokens, withTokens, withoutToken } from './missing-tokens';
import { offersOf, proposalWords } from './proposals';

describe('what counts as missing', () => {
  it('is told by token, whatever its case, the most frequent first', () => {
    const found = [
      { token: 'NA', count: 2 },
      { token: '', count: 9 },
      { token: '-', count: 3 },
      { token: 'na', count: 4 },
    ];
    // 2 NA and 4 na are 6.
    expect(missingTokens(found, 'auto')).toEqual({
      nBlank: 9,
      tokens: [
        { text: 'NA', count: 6 },
        { text: '-', count: 3 },
      ],
      takenOut: [],
    });
  });

  it('keeps in sight what was added and not found, and what was taken out', () => {
    const wanted = [...defaultMissingTokens.filter((token) => token !== 'na'), 'unknown'];
    expect(missingTokens([], wanted)).toEqual({
      nBlank: 0,
      tokens: [{ text: 'unknown', count: 0 }],
      takenOut: ['na'],
    });
  });

  it('loses a token in every case, and nothing else', () => {
    expect(withoutToken(['NA', 'na', 'unknown'], ' Na ')).toEqual(['unknown']);
    expect(withoutToken('auto', 'NULL')).toEqual(
      defaultMissingTokens.filter((token) => token !== 'null'),
    );
  });

  it('gains what is typed between commas, once, and as far as there is room', () => {
    expect(withTokens(['x'], ' -1, unknown,, X ,-1', 10)).toEqual(['x', '-1', 'unknown']);
    expect(withTokens(['x'], 'a, b', 2)).toEqual(['x', 'a']);
    expect(withTokens('auto', 'NA, ', 1000)).toBeNull();
  });
});

describe('the words of a proposal', () => {
  const words = (proposal: Partial<ReadParams>) => proposalWords(proposal, readDefaults);

  it('say what it does', () => {
    expect(words({ totalRow: 'set-aside' })).toBe('Set the last row aside');
    expect(words({ dateOrder: 'month-first' })).toBe('Read dates month first');
    expect(words({ decimal: ',' })).toBe('Take the comma as the decimal mark');
    expect(words({ header: 'yes', skipLines: 0 })).toBe(
      'Take the first row as names of columns and skip no lines',
    );
    expect(words({ missing: [...defaultMissingTokens, '-999', '999'] })).toBe(
      'Count “-999” and “999” as missing',
    );
    expect(words({ missing: defaultMissingTokens.filter((token) => token !== 'none') })).toBe(
      'Take “none” as a value',
    );
  });

  it('write a token as the file does', () => {
    const proposal = { missing: defaultMissingTokens.filter((token) => token !== 'na') };
    const [offer] = offersOf(
      [{ code: 'na-may-be-a-value', message: 'NA …', setting: 'missing', proposal }],
      readDefaults,
      [{ token: 'NA', count: 3 }],
    );
    expect(offer).toEqual({ kind: 'apply', words: 'Take “NA” as a value', proposal });
  });

  it('are not there for one that changes nothing', () => {
    expect(words({ missing: defaultMissingTokens })).toBe('');
  });

  it('stand once where several warnings propose the same', () => {
    const warning = (column: string, rest: Partial<ReadWarning>): ReadWarning => ({
      code: 'ambiguous-dates',
      message: `${column} …`,
      column,
      ...rest,
    });
    const proposal = { dateOrder: 'day-first' } as const;
    const offers = offersOf(
      [
        warning('opened', { setting: 'dateOrder', proposal }),
        warning('closed', { setting: 'dateOrder', proposal }),
        warning('note', { setting: 'encoding' }),
        warning('spend', {}),
      ],
      readDefaults,
      [],
    );
    expect(offers.map((offer) => offer?.words)).toEqual([
      'Read dates day first',
      undefined,
      'Look at: Encoding',
      undefined,
    ]);
  });
});

describe('the role that is shown', () => {
  const column = (role: 'cluster' | 'id' | 'describe', nMissing = 0) => ({
    nMissing,
    guess: { role, reason: 'because' },
  });

  it('has its reason where the column is excluded and nobody chose it', () => {
    expect(shownRole(column('id'), 'number', 9, undefined).reason).toBe('because');
    expect(shownRole(column('cluster'), 'number', 9, undefined).reason).toBe('');
    expect(shownRole(column('id'), 'number', 9, 'cluster')).toMatchObject({
      role: 'cluster',
      reason: '',
    });
  });

  it('is to form segments for numbers and categories only', () => {
    const roles = (['number', 'category', 'date', 'text'] as const).map(
      (kind) => shownRole(column('describe'), kind, 9, 'cluster').role,
    );
    expect(roles).toEqual(['cluster', 'cluster', 'describe', 'describe']);
  });

  it('cannot be chosen for a column without any value', () => {
    expect(shownRole(column('describe', 9), 'number', 9, 'cluster')).toMatchObject({
      role: 'describe',
      isOpen: false,
    });
  });

  it('and the type are chosen anew, or as found again, without touching other columns', () => {
    const kinds = withKind(withKind(readDefaults, 'a', 'text'), 'b', 'date');
    expect(withKind(kinds, 'a', 'number').kinds).toEqual([
      { column: 'b', kind: 'date' },
      { column: 'a', kind: 'number' },
    ]);
    expect(withKind(kinds, 'a', null).kinds).toEqual([{ column: 'b', kind: 'date' }]);
    const clean = withRole(cleanDefaults, 'a', 'ignore');
    expect(clean.roles).toEqual([{ column: 'a', role: 'ignore' }]);
    expect(withRole(clean, 'a', null)).toEqual(cleanDefaults);
  });
});
