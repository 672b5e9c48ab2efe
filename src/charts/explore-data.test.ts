import { describe, expect, it } from 'vitest';
import { boxOf } from '../core/explore/box';
import { histogramOf } from '../core/explore/histogram';
import type { GroupsPair } from '../core/explore/pair-groups';
import type { MeasuresPair } from '../core/explore/pair-measures';
import type { Column } from '../core/table/table';
import { columnsCsv } from './columns-csv';
import {
  correlationColumns,
  groupsColumns,
  histogramColumns,
  levelsColumns,
  measuresColumns,
  missingColumns,
} from './explore-data';

const lines = async (columns: readonly Column[]) =>
  (await columnsCsv(columns).text()).split('\r\n').slice(0, -1);
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

describe('the numbers behind a picture of exploration', () => {
  it('are the cells that hold customers, and the tenths', async () => {
    const pair = {
      a: '=date',
      b: 'BALANCE',
      density: {
        xEdges: Float64Array.of(day('2024-01-01'), day('2024-02-01'), day('2024-03-01')),
        yEdges: Float64Array.of(-5, 0, 5),
        counts: Int32Array.of(0, 2, 1, 0),
        nOutside: 0,
      },
      byDecile: [
        { from: day('2024-01-03'), to: day('2024-01-09'), count: 3, q1: -2, median: 0.5, q3: 1 },
      ],
    } as unknown as MeasuresPair;
    expect(await lines(measuresColumns(pair, { a: 'date', b: 'number' }))).toEqual([
      `what,"'=date from","'=date to",BALANCE from,BALANCE to,BALANCE median,customers`,
      'cell,2024-02-01,2024-03-01,-5,0,,2',
      'cell,2024-01-01,2024-02-01,0,5,,1',
      'tenth,2024-01-03,2024-01-09,-2,1,0.5,3',
    ]);
  });

  it('are the bars of a column, and what lies beyond them', async () => {
    const histogram = { ...histogramOf(Float64Array.of(1, 2, 2, 3)), below: 4, above: 1 };
    const [header, ...bars] = await lines(histogramColumns('AGE', 'number', histogram));
    expect(header).toBe('AGE from,AGE to,customers');
    expect(bars).toEqual([',0.5,4', '0.5,1.5,1', '1.5,2.5,2', '2.5,3.5,1', '3.5,,1']);
  });

  it('are a box for each group, dates as dates', async () => {
    const box = boxOf(Float64Array.of(day('2024-01-01'), day('2024-01-02'), day('2024-01-03')));
    const pair: GroupsPair = {
      kind: 'groups',
      a: 'city',
      b: 'since',
      bKind: 'date',
      n: 3,
      groups: [{ name: '@Bonn', box }],
      rest: { ...box, count: 0 },
      etaSquared: 0,
    };
    const [header, bonn, ...others] = await lines(groupsColumns(pair));
    expect(header).toBe(
      'city,customers,since: whisker from,since: quarter,since: median,since: three quarters,since: whisker to,since: mean',
    );
    expect(bonn).toMatch(/^"'@Bonn",3,2024-01-01,.*2024-01-02.*,2024-01-03,2024-01-02$/);
    expect(others).toEqual([]);
    const withRest = { ...pair, rest: { ...box, count: 2 } };
    expect((await lines(groupsColumns(withRest)))[2]).toMatch(/^all others,2,/);
  });

  it('are counts of words by words', async () => {
    const counts = Int32Array.of(1, 2, 3, 4);
    const pair = {
      ...({ kind: 'levels', a: 'city', b: 'plan', n: 10, cramersV: 0, counts } as const),
      ...{ aLevels: ['Bonn'], hasARest: true, bLevels: ['a', 'b'], hasBRest: false },
    };
    expect(await lines(levelsColumns(pair))).toEqual([
      'city by plan,a,b',
      'Bonn,1,2',
      'all others,3,4',
    ]);
  });

  it('are both correlations of every pair', async () => {
    const names = ['x', 'y', 'z'];
    const pearson = Float64Array.of(1, 0.5, NaN, 0.5, 1, -0.25, NaN, -0.25, 1);
    const nPairs = new Int32Array(9).fill(7);
    const order = { pearson: Int32Array.of(0, 1, 2), spearman: Int32Array.of(0, 1, 2) };
    const matrices = { names, pearson, spearman: pearson, nPairs, order };
    const rest = { ranked: [], nColumnsLeftOut: 0, nRowsUsed: 7 };
    expect(await lines(correlationColumns({ ...matrices, ...rest }))).toEqual([
      'column,and,pearson,spearman,rows',
      'x,y,0.5,0.5,7',
      'x,z,,,7',
      'y,z,-0.25,-0.25,7',
    ]);
  });

  it('are the combinations of columns that are missing together', async () => {
    const missing = {
      columns: [
        { name: 'LIMIT', count: 1 },
        { name: 'MIN', count: 4 },
      ],
      patterns: [
        { columns: ['MIN'], count: 3 },
        { columns: ['LIMIT', 'MIN'], count: 1 },
      ],
    };
    expect(await lines(missingColumns(missing))).toEqual([
      'rows,LIMIT,MIN',
      '3,,missing',
      '1,missing,missing',
    ]);
  });
});
