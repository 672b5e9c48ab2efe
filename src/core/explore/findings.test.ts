import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { creditCardTable } from '../../../tests/helpers/credit-card';
import { hasShared, whyAbsent } from '../../../tests/helpers/shared-data';
import { categories, numbers, tableOf, texts } from '../../../tests/helpers/tables';
import { createRandom } from '../random';
import { assignRoles } from '../table/roles';
import type { Column, Table } from '../table/table';
import { columnName } from './column-name';
import { correlations } from './correlations';
import { domainChecks } from './domain-checks';
import { roundBoundNear } from './finding-columns';
import { findings, mostFindings, type FindingKind } from './findings';
import { missingPatterns } from './missing-patterns';
import { redundantColumns } from './redundant-columns';
import { summariseColumns } from './summary';

async function of(table: Table, most?: number) {
  const names = table.columns.map(({ name }) => name);
  const related = await correlations(table, names, ctx);
  const inputs = {
    summaries: await summariseColumns(table, assignRoles(table, []), ctx),
    correlations: related,
    missing: await missingPatterns(table, names, ctx),
    redundancies: await redundantColumns(table, related, ctx),
    domain: await domainChecks(table, ctx),
  };
  return findings(table, inputs, ctx, most);
}

const found = (...columns: Column[]) => of(tableOf(columns));
const sentencesOf = async (kind: FindingKind, ...columns: Column[]) =>
  (await found(...columns))
    .filter((finding) => finding.kind === kind)
    .map(({ sentence }) => sentence);

const random = createRandom(21);
const n = 1000;
const list = (value: (i: number) => number) => Array.from({ length: n }, (_, i) => value(i));
const normal = () => list(() => random.normal());
const share = (percent: number) => `${percent}\u00a0%`;

describe('findings about one column', () => {
  it('say what most have, of a skewed one', async () => {
    // 1, 2, 3, … 1000, squared: 80 % are 800² = 640,000 or less; the round number next to it is 600,000 (77 %).
    const squares = list((i) => (i + 1) ** 2);
    expect(roundBoundNear(Float64Array.from(squares), 0.8)).toEqual({ bound: 6e5, share: 0.774 });
    // Cubes are skewed enough (1.4) to be told of: 500 million is 793.7³.
    const cubes = list((i) => (i + 1) ** 3);
    expect(await sentencesOf('concentration', numbers('SPEND', cubes))).toEqual([
      `SPEND is 500,000,000 or less for ${share(79)} of customers; the highest is 1,000,000,000.`,
    ]);
  });

  it('say that many are 0, and what the others have', async () => {
    const advances = list((i) => (i < 520 ? 0 : 100 + (i % 3)));
    expect(await sentencesOf('zeros', numbers('ADVANCE', advances))).toEqual([
      `ADVANCE is 0 for ${share(52)} of customers; the median of the others is 101.`,
    ]);
    // Yes and no.
    expect(
      await sentencesOf(
        'zeros',
        numbers(
          'FLAG',
          list((i) => i % 2),
        ),
      ),
    ).toEqual([]);
  });

  it('say that one value is everywhere, that a tail is long, that values are missing', async () => {
    expect(
      await sentencesOf(
        'one-value',
        numbers(
          'TENURE',
          list((i) => (i % 4 === 0 ? i % 12 : 12)),
        ),
      ),
    ).toHaveLength(1);
    const long = normal().map((value) => Math.exp(2 * value));
    expect(await sentencesOf('tail', numbers('MONEY', long))).toHaveLength(1);
    expect(
      (
        await sentencesOf(
          'tail',
          numbers(
            'MONEY',
            long.map((v) => -v),
          ),
        )
      )[0],
    ).toMatch(/half of the values are -\S+ or more, the lowest is -/);
    const gaps = normal().map((value, i) => (i % 4 === 0 ? NaN : value));
    expect(await sentencesOf('missing', numbers('AGE', gaps))).toEqual([
      `AGE is missing for ${share(25)} of customers.`,
    ]);
  });

  it('leave out columns that name customers', async () => {
    const keys = list((i) => (i + 1) ** 3);
    expect(
      await found(numbers('customer_id', keys), numbers('x', normal()), numbers('y', normal())),
    ).toEqual([]);
  });
});

describe('findings about two columns', () => {
  it('say that they rise together, or against each other, or not along a line', async () => {
    const x = normal();
    const near = x.map((value) => value + 0.5 * random.normal());
    expect((await sentencesOf('together', numbers('X_1', x), numbers('Y_1', near)))[0]).toMatch(
      /^X_1 and Y_1 rise together \(correlation 0\.[89]\d*\)\.$/,
    );
    const bent = near.map((value) => Math.exp(3 * value));
    expect((await sentencesOf('curved', numbers('X_1', x), numbers('Y_1', bent)))[0]).toMatch(
      /rise together, but not along a line \(rank correlation 0\.[89]/,
    );
  });

  it('say where one is higher as the other is low, with numbers of both sides', async () => {
    // y falls from 999 to 0 as x rises: the lowest tenth of x has 900 … 999, the highest 0 … 99.
    const x = list((i) => (i * 37) % n);
    const y = x.map((value, i) => n - 1 - value + (i % 2 === 0 ? 0 : (value * 31) % 200));
    const [sentence] = await sentencesOf('opposite', numbers('BUYS', x), numbers('CASH', y));
    expect(sentence).toMatch(
      /^(CASH|BUYS) is higher where (CASH|BUYS) is low: its median is \S+ for the \d+ customers with (CASH|BUYS) of \S+ or less, and \S+ for the \d+ with \S+ or more\.$/,
    );
  });

  it('do not say that a part goes with its sum', async () => {
    const [a, b] = [normal(), normal()];
    const all = await found(
      numbers('A_1', a),
      numbers('B_1', b),
      numbers(
        'SUM',
        a.map((v, i) => v + b[i]),
      ),
    );
    expect(all.map(({ kind }) => kind)).toEqual(['redundant']);
    expect(all[0]).toMatchObject({
      columns: ['SUM', 'A_1', 'B_1'],
      view: { pair: ['SUM', 'A_1'] },
    });
  });

  it('say which word has the highest and the lowest numbers, and which words go together', async () => {
    const plan = Array.from({ length: n }, (_, i) => ['basic', 'pro', 'team'][i % 3]);
    const spend = list((i) => 10 * (i % 3) + random.normal());
    const where = plan.map((name, i) =>
      name === 'pro' && i % 30 !== 1 ? 'north' : ['south', 'north'][i % 2],
    );
    const all = await found(
      texts('PLAN', plan),
      numbers('SPEND', spend),
      categories('REGION', where),
    );
    const groups = all.find(({ kind, columns }) => kind === 'groups' && columns[0] === 'PLAN');
    expect(groups?.sentence).toMatch(
      /^SPEND differs by PLAN: its median is (20|19\.9|20\.1) for "team" and -?0\.\d+ for "basic"\.$/,
    );
    expect(groups?.view).toEqual({ pair: ['PLAN', 'SPEND'] });
    const levels = all.find(({ kind }) => kind === 'levels');
    expect(levels?.sentence).toMatch(
      /^REGION goes with PLAN: it is "north" for (9\d|100)\u00a0% of those with PLAN "pro", against 6\d\u00a0% of all\.$/,
    );
  });
});

describe('what is told', () => {
  it('is varied: not one kind alone, though it is the strongest', async () => {
    // Ten copies of a pair on no line, and one column with many zeros.
    const x = normal();
    const columns = Array.from({ length: 8 }, (_, j) =>
      numbers(
        `X_${j}`,
        x.map((v) => v + 0.4 * random.normal()),
      ),
    );
    const all = await found(
      ...columns,
      numbers(
        'ZEROS',
        list((i) => (i % 3 === 0 ? 0 : 5 + random.normal())),
      ),
    );
    expect(all).toHaveLength(mostFindings);
    expect(all.slice(0, 4).map(({ kind }) => kind)).toContain('zeros');
  });

  it('is the same each time, and no more than asked for', async () => {
    const table = tableOf(
      Array.from({ length: 5 }, (_, j) =>
        numbers(
          `c${j}`,
          normal().map((v) => Math.exp((j + 1) * v)),
        ),
      ),
    );
    const first = await of(table, 3);
    expect(first).toHaveLength(3);
    expect(await of(table, 3)).toEqual(first);
    for (const { strength } of first) {
      expect(strength).toBeGreaterThan(0);
      expect(strength).toBeLessThanOrEqual(1);
    }
  });

  it.for([60, 300, 3000])(
    'is nothing of columns that have nothing to do with each other, %d rows',
    async (nRows) => {
      const draw = createRandom(nRows);
      for (let run = 0; run < (nRows > 1000 ? 3 : 20); run++) {
        const column = (j: number) =>
          numbers(
            `c${j}`,
            Array.from({ length: nRows }, () => 3 * j + draw.normal() * 10 ** (j % 3)),
          );
        const word = (name: string, kinds: number) =>
          texts(
            name,
            Array.from({ length: nRows }, () => `w${draw.integer(kinds)}`),
          );
        const gaps = numbers(
          'gaps',
          Array.from({ length: nRows }, () => (draw.uniform() < 0.05 ? NaN : draw.normal())),
        );
        const table = tableOf([
          ...Array.from({ length: 8 }, (_, j) => column(j)),
          word('a', 3),
          word('b', 5),
          gaps,
        ]);
        expect(await of(table)).toEqual([]);
      }
    },
  );

  it('is nothing of a table with nothing in it', async () => {
    expect(await found(numbers('a', [1]), numbers('b', [NaN]), texts('c', [null]))).toEqual([]);
    expect(await of(tableOf([]))).toEqual([]);
  });
});

describe('a column in a sentence', () => {
  it.for([
    ['BALANCE', 'BALANCE'],
    ['avg_order', 'avg_order'],
    ['spend', '“spend”'],
    ['two words', '“two words”'],
    ['Plan <b>', '“Plan <b>”'],
    ['line\nbreak', '“line break”'],
    ['Umsatz2024', 'Umsatz2024'],
  ] as const)('%j is written %s', ([name, text]) => {
    expect(columnName(name)).toBe(text);
  });

  it('is cut where it is long', () => {
    expect(columnName('A'.repeat(100))).toBe(`${'A'.repeat(40)}…`);
  });
});

describe.skipIf(!hasShared('CC GENERAL.csv'))(`CC GENERAL.csv (else ${whyAbsent})`, () => {
  it('has what is known of it', async () => {
    const sentences = (await of(creditCardTable())).map(({ sentence }) => sentence);
    expect(sentences).toHaveLength(mostFindings);
    expect(sentences).toContain(
      'PURCHASES is ONEOFF_PURCHASES + INSTALLMENTS_PURCHASES in all but 19 rows.',
    );
    expect(sentences).toContain(
      '240 of 313 rows without MINIMUM_PAYMENTS have PAYMENTS = 0, against none of the other 8,637.',
    );
    expect(sentences).toContain('BALANCE exceeds CREDIT_LIMIT in 227 rows of 8,949.');
    expect(
      sentences.some((text) =>
        /^CASH_ADVANCE\w* is higher where PURCHASES\w* is low: its median is/.test(text),
      ),
    ).toBe(true);
    expect(
      sentences.some((text) =>
        / is [\d,]+ or less for (79|80|81|82)\u00a0% of customers/.test(text),
      ),
    ).toBe(true);
  });
});
