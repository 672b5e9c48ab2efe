import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from './edit-distance';
import { matchColumns } from './match-columns';
import { plainTokens } from './name-tokens';

/** [found, how] by wanted name. */
function matched(wanted: string[], present: string[]) {
  return matchColumns(wanted, present).matches.map(({ found, how }) => [found, how]);
}

describe('columns are matched by meaning', () => {
  it.for([
    ['BALANCE', 'BALANCE', 'same'],
    ['BALANCE', 'Balance', 'spelling'],
    ['CREDIT_LIMIT', 'Credit Limit', 'spelling'],
    ['CREDIT_LIMIT', 'creditLimit', 'spelling'],
    ['ONEOFF_PURCHASES', 'one-off purchases', 'spelling'],
    ['Prénom', 'PRENOM', 'spelling'],
    ['Straße', 'STRASSE', 'spelling'],
    ['Umsatz %', 'umsatz_percent', 'spelling'],
    ['HTTPRequests', 'http_requests', 'spelling'],
    ['ONEOFF_PURCHASES', 'PURCHASES_ONEOFF', 'order'],
    ['AVG_ORDER_VALUE', 'average order value', 'abbreviation'],
    ['PURCHASES_TRX', 'purchase transactions', 'abbreviation'],
    ['MINIMUM_PAYMENTS', 'min_payment', 'abbreviation'],
    ['number of orders', 'num_orders', 'abbreviation'],
    ['# orders', 'No. of Orders', 'abbreviation'],
    ['INSTALLMENTS_PURCHASES', 'purchases (instalments)', 'abbreviation'],
    ['PURCHASES_FREQUENCY', 'PURCHASES_FREQENCY', 'proposed'],
  ] as const)('%s is %s (%s)', ([wanted, present, how]) => {
    expect(matched([wanted], ['other', present, 'x'])).toEqual([[present, how]]);
  });

  it.for([
    ['payments to minimum', 'minimum to payments'],
    ['q1_sales', 'q2_sales'],
    ['margin %', 'margin €'],
    ['PURCHASES', 'PAYMENTS'],
    ['', ''],
    ['%', '_'],
    ['a', 'b'],
  ])('%s is not %s', ([wanted, present]) => {
    // The empty name is the same as itself, and that is all.
    expect(matched([wanted], [present])).toEqual(
      wanted === present ? [['', 'same']] : [[null, null]],
    );
  });

  it('the strictest way first: a column with the very name is nobody else’s', () => {
    expect(matched(['balance', 'BALANCE'], ['BALANCE', 'Balance '])).toEqual([
      ['Balance ', 'spelling'],
      ['BALANCE', 'same'],
    ]);
  });

  it('gives nothing where two columns fit equally well', () => {
    expect(matched(['balance'], ['Balance', 'BALANCE'])).toEqual([[null, null]]);
    expect(matched(['credit_limit', 'Credit Limit'], ['CREDIT LIMIT'])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('proposes only what is clearly the nearest, from both sides', () => {
    expect(matched(['customer_segmant'], ['customer_segment', 'customer_segmanto'])).toEqual([
      [null, null],
    ]);
    expect(matched(['purchasesa', 'purchasesb'], ['purchases'])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('lists what nobody asked for, proposals among it', () => {
    const { extra } = matchColumns(['a', 'tenure_months'], ['x', 'A', 'tenure_monhts', '']);
    expect(extra).toEqual(['x', 'tenure_monhts', '']);
  });

  it('takes names such as __proto__ and duplicates for what they are', () => {
    expect(matched(['__proto__', 'constructor'], ['constructor', '__proto__'])).toEqual([
      ['__proto__', 'same'],
      ['constructor', 'same'],
    ]);
    expect(matched(['a', 'a', 'a'], ['a', 'a'])).toEqual([
      ['a', 'same'],
      ['a', 'same'],
      [null, null],
    ]);
  });

  it('never gives a column to two names, nor counts one as extra that it gave', () => {
    const name = fc.oneof(
      fc.constantFrom(
        'a_b',
        'A B',
        'b a',
        'ab',
        'avg',
        'average',
        'Average',
        'averge',
        '',
        '__proto__',
      ),
      fc.string({ maxLength: 12 }),
    );
    const names = fc.array(name, { maxLength: 12 });
    fc.assert(
      fc.property(names, fc.uniqueArray(name, { maxLength: 12 }), (wanted, present) => {
        const { matches, extra } = matchColumns(wanted, present);
        const found = matches.flatMap((match) => (match.found === null ? [] : [match.found]));
        expect(new Set(found).size).toBe(found.length);
        const sure = matches.filter(({ found, how }) => found !== null && how !== 'proposed');
        expect(sure.length + extra.length).toBe(present.length);
        expect(matches.map((match) => match.wanted)).toEqual(wanted);
      }),
    );
  });

  it('finds all columns of its own file, in any order', () => {
    const shuffled = fc
      .uniqueArray(fc.string(), { maxLength: 20 })
      .chain((names) =>
        fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: names.length })),
      );
    fc.assert(
      fc.property(shuffled, ([names, others]) => {
        expect(matched(names, others)).toEqual(names.map((name) => [name, 'same']));
      }),
    );
  });

  it('proposes nothing where it would have to compare too many names, and still finds the others', () => {
    const wanted = Array.from({ length: 400 }, (_, i) => `columm ${'x'.repeat(i % 20)} ${i}`);
    const present = wanted.map((name) => name.replace('mm', 'mn'));
    expect(matched([...wanted, 'Total'], [...present, 'total'])).toEqual([
      ...wanted.map(() => [null, null]),
      ['total', 'spelling'],
    ]);
    const few = matched(wanted.slice(20, 40), present.slice(20, 40));
    expect(few).toEqual(present.slice(20, 40).map((name) => [name, 'proposed']));
  });
});

describe('the words of a header', () => {
  it('are in small letters, without accents, with meaningful signs', () => {
    expect(plainTokens('  Ávg. OrderValue2024 (€) ')).toEqual(['avg', 'order', 'value2024', '€']);
    expect(plainTokens('URLCount_NA')).toEqual(['url', 'count', 'na']);
    expect(plainTokens('___')).toEqual([]);
    // Marks that are letters to their readers stay.
    expect(plainTokens('हिन्दी')).toEqual(['हिन्दी'.normalize('NFKD')]);
  });
});

/** The definition, without a band. */
function wholeTable(a: string, b: string): number {
  const at: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  for (let j = 0; j <= b.length; j++) at[0][j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = at[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      at[i][j] = Math.min(at[i - 1][j] + 1, at[i][j - 1] + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        at[i][j] = Math.min(at[i][j], at[i - 2][j - 2] + 1);
      }
    }
  }
  return at[a.length][b.length];
}

describe('the edit distance', () => {
  it('counts insertions, deletions, replacements and swaps', () => {
    expect(editDistance('purchases', 'purchases', 3)).toBe(0);
    expect(editDistance('purchases', 'purchase', 3)).toBe(1);
    expect(editDistance('purchases', 'purcahses', 3)).toBe(1);
    // kitten → sitten → sittin → sitting.
    expect(editDistance('kitten', 'sitting', 3)).toBe(3);
    expect(editDistance('kitten', 'sitting', 2)).toBe(Infinity);
    expect(editDistance('', 'abc', 3)).toBe(3);
    expect(editDistance('', '', 0)).toBe(0);
  });

  it('within its band is the distance of the whole table', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, fc.nat(6), (a, b, most) => {
        const whole = wholeTable(a, b);
        expect(editDistance(a, b, most)).toBe(whole <= most ? whole : Infinity);
        expect(editDistance(b, a, 20)).toBe(whole);
        expect(editDistance(a, b, 20)).toBe(whole);
      }),
    );
  });
});
