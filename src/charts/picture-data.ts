import { answersByNode, mixtureOf, type ToldTree } from '../core/explain/tree-words';
import { parentsOf } from '../core/explain/tree-rules';
import type { Profile } from '../core/explain/profile';
import type { Flow } from '../core/judge/flow';
import type { SilhouetteProfiles } from '../core/judge/silhouette-profile';
import type { Dendrogram, DendrogramCut } from '../core/learn/dendrogram';
import type { EpochLoss } from '../core/learn/train-network';
import type { NextPeriod } from '../core/scoring/next-period';
import type { Column } from '../core/table/table';
import { numbers, words } from './columns-csv';

/*
 * The numbers behind the pictures of segments, as columns of a table: what is drawn, with every digit. Segments, groups
 * and nodes are counted from 1, as on the page.
 */

/** Each segment's silhouettes from the highest to the lowest, at evenly spaced places, as the bands show them. */
export function silhouetteColumns(
  { segments }: SilhouetteProfiles,
  names: readonly string[],
): Column[] {
  const rows = segments.flatMap(({ values }, segment) =>
    Array.from(values, (value, i) => ({ segment, value, at: i / Math.max(1, values.length - 1) })),
  );
  return [
    numbers('segment', rows, ({ segment }) => segment + 1),
    words('name', rows, ({ segment }) => names[segment]),
    numbers('place, from 0 (highest) to 1 (lowest)', rows, ({ at }) => at),
    numbers('silhouette', rows, ({ value }) => value),
  ];
}

/** The drawn part of a tree, a line for each node: what it became part of, at which height, and its group at the cut. */
export function dendrogramColumns({ nodes }: Dendrogram, cut: DendrogramCut): Column[] {
  const within = new Map<number, number>();
  nodes.forEach(({ parts }, at) => parts?.forEach((part) => within.set(part, at)));
  const firstLeaf = (node: number): number => {
    const { parts } = nodes[node];
    return parts === null ? node : firstLeaf(parts[0]);
  };
  const groupOf = (node: number) => {
    const { parts, nGroups } = nodes[node];
    return parts !== null && nGroups < cut.nGroups ? null : cut.groupOfLeaf[firstLeaf(node)];
  };
  const at = nodes.map((_, node) => node);
  const segmentOf = (group: number | null) => (group === null ? null : cut.segments[group]);
  return [
    numbers('node', at, (node) => node + 1),
    numbers('part of node', at, (node) => counted(within.get(node))),
    numbers('height', at, (node) => nodes[node].height),
    numbers('customers', at, (node) => nodes[node].size),
    numbers('group', at, (node) => counted(groupOf(node))),
    numbers('segment', at, (node) => counted(segmentOf(groupOf(node)))),
  ];
}

/** Every box of a decision tree, also of those that are not open: the answer that leads to it, and whose customers come. */
export function treeColumns(told: ToldTree): Column[] {
  const at = told.tree.left.map((_, node) => node);
  const parents = parentsOf(told.tree);
  const answers = answersByNode(told);
  return [
    numbers('box', at, (node) => node + 1),
    numbers('below box', at, (node) => (parents[node] < 0 ? NaN : parents[node] + 1)),
    words('answer', at, (node) => answers[node]),
    numbers('customers', at, (node) => mixtureOf(told.all[node]).n),
    words('most are', at, (node) => {
      const { n, segment } = mixtureOf(told.all[node]);
      return n === 0 ? null : told.names[segment];
    }),
    ...told.names.map((name, c) => numbers(name, at, (node) => told.all[node][c])),
  ];
}

/** Who goes where: a line for each pair of segments, also those that nobody goes between. */
export function flowColumns(
  { before, after, crosstab }: Pick<Flow, 'before' | 'after' | 'crosstab'>,
  titleBefore: string,
  titleAfter: string,
): Column[] {
  const rows = before.flatMap((from, r) =>
    after.map((to, c) => ({ from: from.name, to: to.name, count: crosstab[r][c] })),
  );
  return [
    words(titleBefore, rows, ({ from }) => from),
    words(titleAfter, rows, ({ to }) => to),
    numbers('customers', rows, ({ count }) => count),
  ];
}

/** Shares of the variation by direction, and together with those before. */
export function screeColumns(shares: readonly number[]): Column[] {
  let sum = 0;
  const rows = shares.map((share) => ({ share, sum: (sum += share) }));
  return [
    numbers('direction', rows, (_, m) => m + 1),
    numbers('share', rows, ({ share }) => share),
    numbers('together', rows, (row) => row.sum),
  ];
}

/** The error of a network by round. */
export function lossColumns(losses: readonly EpochLoss[]): Column[] {
  return [
    numbers('round', losses, (_, epoch) => epoch + 1),
    numbers('error, learned from', losses, ({ train }) => train),
    numbers('error, others', losses, ({ validation }) => validation),
  ];
}

/** Averages by segment, and how many standard deviations each lies from all customers. */
export function profileColumns({ overall, segments }: Profile): Column[] {
  return [
    words('column', overall, ({ name }) => name),
    numbers('all customers', overall, ({ mean }) => mean),
    ...segments.flatMap(({ name, columns }) => [
      numbers(name, columns, ({ mean }) => mean),
      numbers(`${name}, deviations`, columns, ({ effect }) => effect),
    ]),
  ];
}

/** A table of counts: rows by columns. */
export function countColumns(
  rows: readonly string[],
  columns: readonly string[],
  counts: readonly (readonly number[])[],
  what = 'segment',
): Column[] {
  return [
    words(what, rows, (name) => name),
    ...columns.map((name, c) => numbers(name, counts, (row) => row[c])),
  ];
}

/** How many more of 100 customers are got wrong without a column, its spread, and the column's share of the gain. */
export function importanceColumns(
  rows: readonly {
    readonly column: string;
    readonly loss: { readonly mean: number; readonly sd: number };
    readonly gain: number;
  }[],
): Column[] {
  return [
    words('column', rows, ({ column }) => column),
    numbers('lost without it', rows, ({ loss }) => loss.mean),
    numbers('its spread', rows, ({ loss }) => loss.sd),
    numbers('share of the gain', rows, ({ gain }) => gain),
  ];
}

/** Who moved between two periods: a line for each pair, those who are new and those who are gone among them. */
export function migrationColumns({ segments, migration, value }: NextPeriod): Column[] {
  const { counts, arrived, gone, valueBefore, valueAfter, arrivedValue, goneValue } = migration;
  const rows = [
    ...segments.flatMap((from, r) => [
      ...segments.map((to, c) => ({
        ...{ from, to, count: counts[r][c] },
        ...{ before: valueBefore?.[r][c], after: valueAfter?.[r][c] },
      })),
      { from, to: '(gone)', count: gone[r], before: goneValue?.[r], after: undefined },
    ]),
    ...segments.map((to, c) => {
      return { from: '(new)', to, count: arrived[c], before: undefined, after: arrivedValue?.[c] };
    }),
  ];
  const hasValues = value !== null && valueBefore !== null;
  return [
    words('from', rows, ({ from }) => from),
    words('to', rows, ({ to }) => to),
    numbers('customers', rows, ({ count }) => count),
    ...(hasValues ? [numbers(`${value} before`, rows, ({ before = NaN }) => before)] : []),
    ...(hasValues ? [numbers(`${value} after`, rows, ({ after = NaN }) => after)] : []),
  ];
}

/** How much columns and the sizes of segments have changed. */
export function driftColumns({
  columns,
  sizeDrift,
}: Pick<NextPeriod, 'columns' | 'sizeDrift'>): Column[] {
  const sizes = { column: '(sizes of the segments)', missingBefore: NaN, missingAfter: NaN };
  const rows = [{ ...sizes, ...sizeDrift }, ...columns];
  return [
    words('column', rows, ({ column }) => column),
    numbers('stability index', rows, ({ psi }) => psi),
    numbers('by chance up to', rows, ({ chance }) => chance),
    words('changed', rows, ({ band }) => band),
    numbers('missing before', rows, ({ missingBefore }) => missingBefore),
    numbers('missing after', rows, ({ missingAfter }) => missingAfter),
  ];
}

/** Names and a number for each: bars. */
export function barColumns(
  what: string,
  unit: string,
  bars: readonly { readonly label: string; readonly value: number }[],
): Column[] {
  return [words(what, bars, ({ label }) => label), numbers(unit, bars, ({ value }) => value)];
}

/** From 1; NaN, which is written as an empty cell, for none. */
function counted(index: number | null | undefined): number {
  return index === null || index === undefined ? NaN : index + 1;
}
