import type { Box } from '../core/explore/box';
import type { Correlations } from '../core/explore/correlations';
import type { Histogram } from '../core/explore/histogram';
import type { MissingPatterns } from '../core/explore/missing-patterns';
import type { GroupsPair } from '../core/explore/pair-groups';
import type { LevelsPair } from '../core/explore/pair-levels';
import type { MeasuresPair } from '../core/explore/pair-measures';
import type { Column } from '../core/table/table';
import { numbers, words } from './columns-csv';
import { countColumns } from './picture-data';

/*
 * The numbers behind the pictures of exploration, as columns of a table. Those of the columns of the file keep their kind
 * and unit: a date is written as a date.
 */

/** Customers by two columns: the cells in which there are any, then the tenths with the middle half of the second. */
export function measuresColumns(
  { a, b, density, byDecile }: MeasuresPair,
  kinds: { readonly a: 'number' | 'date'; readonly b: 'number' | 'date' },
): Column[] {
  const { xEdges, yEdges, counts } = density;
  const nx = xEdges.length - 1;
  const cells = Array.from(counts, (count, at) => {
    const [x, y] = [at % nx, Math.floor(at / nx)];
    const [from, to] = [xEdges[x], xEdges[x + 1]];
    return { what: 'cell', count, from, to, low: yEdges[y], median: NaN, high: yEdges[y + 1] };
  }).filter(({ count }) => count > 0);
  const tenths = byDecile.map(({ from, to, count, q1, median, q3 }) => {
    return { what: 'tenth', count, from, to, low: q1, median, high: q3 };
  });
  const rows = [...cells, ...tenths];
  const values = (
    kind: 'number' | 'date',
    name: string,
    of: (row: (typeof rows)[number]) => number,
  ) => ({ kind, name, values: Float64Array.from(rows, of) }) satisfies Column;
  return [
    words('what', rows, ({ what }) => what),
    values(kinds.a, `${a} from`, ({ from }) => from),
    values(kinds.a, `${a} to`, ({ to }) => to),
    values(kinds.b, `${b} from`, ({ low }) => low),
    values(kinds.b, `${b} to`, ({ high }) => high),
    values(kinds.b, `${b} median`, ({ median }) => median),
    numbers('customers', rows, ({ count }) => count),
  ];
}

/** Two columns of words against each other. */
export function levelsColumns(pair: LevelsPair): Column[] {
  const others = 'all others';
  const rows = pair.hasARest ? [...pair.aLevels, others] : pair.aLevels;
  const columns = pair.hasBRest ? [...pair.bLevels, others] : pair.bLevels;
  const { length } = columns;
  const counts = rows.map((_, i) => Array.from(pair.counts.subarray(i * length, (i + 1) * length)));
  return countColumns(rows, columns, counts, `${pair.a} by ${pair.b}`);
}

/** Both correlations of every two columns, also of those that have no place in the picture. */
export function correlationColumns({ names, pearson, spearman, nPairs }: Correlations): Column[] {
  const pairs = names.flatMap((_, i) =>
    Array.from({ length: i }, (_, j) => ({ i, j, at: i * names.length + j })),
  );
  return [
    words('column', pairs, ({ j }) => names[j]),
    words('and', pairs, ({ i }) => names[i]),
    numbers('pearson', pairs, ({ at }) => pearson[at]),
    numbers('spearman', pairs, ({ at }) => spearman[at]),
    numbers('rows', pairs, ({ at }) => nPairs[at]),
  ];
}

/** Values of a column counted in bars, and those beyond the picture. */
export function histogramColumns(
  name: string,
  kind: 'number' | 'date',
  { edges, counts, below, above }: Histogram,
): Column[] {
  const last = edges.length - 1;
  const rows = [
    ...(below > 0 ? [{ from: NaN, to: edges[0], count: below }] : []),
    ...Array.from(counts, (count, i) => ({ from: edges[i], to: edges[i + 1], count })),
    ...(above > 0 ? [{ from: edges[last], to: NaN, count: above }] : []),
  ];
  return [
    { kind, name: `${name} from`, values: Float64Array.from(rows, ({ from }) => from) },
    { kind, name: `${name} to`, values: Float64Array.from(rows, ({ to }) => to) },
    numbers('customers', rows, ({ count }) => count),
  ];
}

/** Numbers or dates by the words of another column. */
export function groupsColumns({ a, b, bKind, groups, rest }: GroupsPair): Column[] {
  const boxes: readonly { readonly name: string; readonly box: Box }[] =
    rest.count > 0 ? [...groups, { name: 'all others', box: rest }] : groups;
  const parts = ['whiskerLow', 'q1', 'median', 'q3', 'whiskerHigh', 'mean'] as const;
  const titles = ['whisker from', 'quarter', 'median', 'three quarters', 'whisker to', 'mean'];
  return [
    words(a, boxes, ({ name }) => name),
    numbers('customers', boxes, ({ box }) => box.count),
    ...parts.map((part, at): Column => {
      const values = Float64Array.from(boxes, ({ box }) => box[part]);
      return { kind: bKind, name: `${b}: ${titles[at]}`, values };
    }),
  ];
}

/** Which columns are missing together: a line for each combination, the most frequent first. */
export function missingColumns({
  columns,
  patterns,
}: Pick<MissingPatterns, 'columns' | 'patterns'>): Column[] {
  return [
    numbers('rows', patterns, ({ count }) => count),
    ...columns.map(({ name }) =>
      words(name, patterns, (pattern) => (pattern.columns.includes(name) ? 'missing' : null)),
    ),
  ];
}
