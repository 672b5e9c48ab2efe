import type { Context } from '../context';
import { takeRows, type Table } from '../table/table';
import { groupsSentence, levelsSentence } from './finding-sentences';
import type { Finding } from './findings';
import { pairOf } from './pair';
import type { Group, GroupsPair } from './pair-groups';
import type { LevelsPair } from './pair-levels';
import type { ColumnSummary } from './summary';
import { sampledRows } from './values';

const fewestRows = 50;
const mostWordColumns = 12;
const mostNumberColumns = 60;
/** A column with more levels is a list of names. */
const mostLevels = 50;
const leastEtaSquared = 0.1;
const leastV = 0.3;
/** Rows on which pairs are chosen; what is said is counted on all. */
const sampleSize = 10_000;
const mostLookedInto = 10;
/** A group that is named has so many rows, and so large a share. */
const fewestInGroup = 10;
const leastGroupShare = 0.02;

/** How words go together with numbers, and with other words. */
export async function groupFindings(
  table: Table,
  summaries: readonly ColumnSummary[],
  ctx: Context,
): Promise<Finding[]> {
  const used = summaries.filter(
    ({ role, count }) => role !== 'id' && role !== 'ignore' && count >= fewestRows,
  );
  const words = used
    .filter(({ kind, distinct }) => kind !== 'number' && kind !== 'date' && isShort(distinct.count))
    .slice(0, mostWordColumns);
  const measures = used.filter(({ kind }) => kind === 'number').slice(0, mostNumberColumns);
  if (words.length === 0) return [];
  const sample =
    table.nRows > sampleSize ? takeRows(table, sampledRows(table.nRows, sampleSize, 2)) : table;
  const candidates: { a: string; b: string; strength: number }[] = [];
  for (const [at, { name: a }] of words.entries()) {
    for (const { name: b } of [...words.slice(at + 1), ...measures]) {
      const found = findingOf(await pairOf(sample, a, b, ctx));
      if (found !== undefined) candidates.push({ a, b, strength: found.strength });
      await ctx.breathe();
    }
  }
  candidates.sort((first, second) => second.strength - first.strength);
  const all: Finding[] = [];
  for (const { a, b } of candidates.slice(0, mostLookedInto)) {
    const found = findingOf(await pairOf(table, a, b, ctx));
    if (found !== undefined) all.push(found);
  }
  return all;
}

function isShort(nLevels: number): boolean {
  return nLevels >= 2 && nLevels <= mostLevels;
}

function findingOf(pair: GroupsPair | LevelsPair | { kind: 'measures' }): Finding | undefined {
  switch (pair.kind) {
    case 'groups':
      return ofGroups(pair);
    case 'levels':
      return ofLevels(pair);
    case 'measures':
      return undefined;
  }
}

function ofGroups(pair: GroupsPair): Finding | undefined {
  const { a, b, n, groups, rest, etaSquared } = pair;
  const degrees = groups.length + (rest.count > 0 ? 1 : 0) - 1;
  if (!(etaSquared >= leastEtaSquared) || !isBeyondChance(n * etaSquared, degrees))
    return undefined;
  const named = groups.filter(
    ({ box }) => box.count >= Math.max(fewestInGroup, leastGroupShare * n),
  );
  const ends = endsOf(named, 'median') ?? endsOf(named, 'mean');
  if (ends === undefined) return undefined;
  const sentence = groupsSentence(a, b, ends);
  const strength = 0.3 + 0.6 * Math.sqrt(etaSquared);
  return { kind: 'groups', columns: [a, b], sentence, strength, view: { pair: [a, b] } };
}

/** The groups that are highest and lowest. */
export interface GroupEnds {
  readonly high: Group;
  readonly low: Group;
  readonly measure: 'median' | 'mean';
}

function endsOf(groups: readonly Group[], measure: 'median' | 'mean'): GroupEnds | undefined {
  const sorted = groups.toSorted((first, second) => second.box[measure] - first.box[measure]);
  const [high, low] = [sorted.at(0), sorted.at(-1)];
  if (high === undefined || low === undefined || !(high.box[measure] > low.box[measure])) {
    return undefined;
  }
  return { high, low, measure };
}

/** χ² of so many degrees of freedom lies there once in a million, about (Laurent and Massart 2000 bound the tail so). */
function isBeyondChance(chiSquared: number, degrees: number): boolean {
  const t = Math.log(1e6);
  return chiSquared >= degrees + 2 * Math.sqrt(degrees * t) + 2 * t;
}

function ofLevels(pair: LevelsPair): Finding | undefined {
  const { a, b, n, aLevels, bLevels, hasARest, hasBRest, counts, cramersV } = pair;
  const nLines = aLevels.length + (hasARest ? 1 : 0);
  const nColumns = bLevels.length + (hasBRest ? 1 : 0);
  const chiSquared = n * cramersV ** 2 * (Math.min(nLines, nColumns) - 1);
  if (!(cramersV >= leastV) || !isBeyondChance(chiSquared, (nLines - 1) * (nColumns - 1))) {
    return undefined;
  }
  const cell = mostTellingCell(counts, nColumns, aLevels.length, bLevels.length);
  if (cell === undefined || cell.line.total < fewestInGroup) return undefined;
  const sentence = levelsSentence({
    a,
    b,
    aLevel: aLevels[cell.line.at],
    bLevel: bLevels[cell.column.at],
    share: cell.count / cell.line.total,
    shareOfAll: cell.column.total / n,
  });
  const strength = 0.3 + 0.6 * cramersV;
  return { kind: 'levels', columns: [a, b], sentence, strength, view: { pair: [a, b] } };
}

/** The cell with a name that holds the most rows beyond what would be there by chance, in standard deviations. */
function mostTellingCell(counts: Int32Array, nColumns: number, nALevels: number, nBLevels: number) {
  const nLines = counts.length / nColumns;
  const lines = new Float64Array(nLines);
  const columns = new Float64Array(nColumns);
  let n = 0;
  counts.forEach((count, at) => {
    lines[Math.floor(at / nColumns)] += count;
    columns[at % nColumns] += count;
    n += count;
  });
  let best = 0;
  let cell;
  for (let line = 0; line < nALevels; line++) {
    for (let column = 0; column < nBLevels; column++) {
      const count = counts[line * nColumns + column];
      const expected = (lines[line] * columns[column]) / n;
      const excess = (count - expected) / Math.sqrt(expected);
      if (!(excess > best)) continue;
      best = excess;
      cell = {
        count,
        line: { at: line, total: lines[line] },
        column: { at: column, total: columns[column] },
      };
    }
  }
  return cell;
}
