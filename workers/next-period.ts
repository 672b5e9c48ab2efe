import type { LaterFile, NextPeriodAnswer, Queries } from '../src/contract/queries';
import { AppError } from '../src/core/errors';
import { binsOf, countBins, driftOf } from '../src/core/scoring/drift';
import {
  migrationOf,
  moversOf,
  pairPeriods,
  type End,
  type Pairing,
  type Period,
} from '../src/core/scoring/migration';
import type { ColumnDrift, NextPeriod } from '../src/core/scoring/next-period';
import { readNumber } from '../src/core/table/numbers';
import { cellText, type Column, type Table } from '../src/core/table/table';
import { writeCsv } from '../src/core/table/write-csv';
import type { Known } from './queries/known';
import type { Collected } from './score/job';
import { scoreFile } from './score/score-file';

interface Compared extends NextPeriodAnswer {
  readonly before: Period;
  readonly after: Period;
  readonly pairing: Pairing;
}

/** So many movers are listed on the page. */
const listedMovers = 50;

/**
 * Scores a later file with the segments of the page, and sets it beside the page's own, customer by customer and column by
 * column. Remembered: its cells are asked about one by one.
 *
 * @throws AppError `setting-invalid` for a column that is not there, and what scoring throws
 */
export function comparePeriods(later: LaterFile, known: Known): Promise<Compared> {
  const { file, key, value } = later;
  const id = JSON.stringify([file.name, file.blob.size, file.lastModified, key, value]);
  return known.remember(`next period ${id}`, () => compare(later, known));
}

async function compare({ file, key, value }: LaterFile, known: Known): Promise<Compared> {
  const { table } = await known.outputOf('derive');
  const { rows } = await known.outputOf('clean');
  const { fit } = await known.outputOf('cluster');
  const { segments: profiles } = await known.outputOf('profile');
  const model = await known.outputOf('model');
  const keyColumn = columnOf(table, key);
  const valueColumn = value === null ? null : columnOf(table, value);
  const columns = model.inputs.map(({ name }) => columnOf(table, name));
  const bins = columns.map((column) => binsOf(column, rows));
  await known.ctx.breathe();

  let parts: Collected[] = [];
  const { missing, names } = known.recipe.read;
  const settings = { read: { missing, names }, bins, collect: { key, value }, partOf: null };
  const scored = await scoreFile(file.blob, model, settings, {
    progress: (done, total) => known.ctx.progress(done, total),
    breathe: () => known.ctx.breathe(),
    scorers: known.scorersOf(file.blob),
    // Of the rows themselves nothing is kept.
    sink: {
      add: () => Promise.resolve(),
      reset: () => Promise.resolve(),
      finish: () => Promise.resolve(null),
      abort: () => Promise.resolve(),
    },
    onStart: () => (parts = []),
    onCollected: (part) => parts.push(part),
  });
  const labels = new Int32Array(table.nRows).fill(-1);
  rows.forEach((row, at) => (labels[row] = fit.labels[at]));
  const before: Period = {
    keys: Array.from({ length: table.nRows }, (_, row) => cellText(keyColumn, row).trim()),
    labels,
    values: valueColumn?.kind === 'number' ? valueColumn.values : null,
  };
  const after = joined(parts, keyColumn.kind === 'number', valueColumn !== null, scored.nRows);
  await known.ctx.breathe();
  const pairing = pairPeriods(before.keys, after.keys);
  const sizesBefore = fit.sizes;
  const next: NextPeriod = {
    key,
    value,
    segments: profiles.map(({ name }) => name),
    sizesBefore,
    sizesAfter: scored.counts,
    migration: migrationOf(before, after, pairing, fit.nClusters),
    columns: columns.flatMap((column, at): ColumnDrift[] => {
      const [own, counted] = [bins[at], scored.bins[at]];
      if (own === null || counted === null) return [];
      const counts = countBins(own, column, rows);
      return [
        {
          column: column.name,
          ...driftOf(counts, counted),
          missingBefore: (counts.at(-1) ?? 0) / rows.length,
          missingAfter: (counted.at(-1) ?? 0) / scored.nRows,
        },
      ];
    }),
    sizeDrift: driftOf(sizesBefore, scored.counts),
    nUnlike: scored.nUnlike,
  };
  return { next, scored, before, after, pairing };
}

/** What the columns and the segments of the page's own file look like, to compare others with. */
export async function driftReference(known: Known): Promise<Queries['driftReference']['answer']> {
  const { table } = await known.outputOf('derive');
  const { rows } = await known.outputOf('clean');
  const { fit } = await known.outputOf('cluster');
  const { inputs } = await known.outputOf('model');
  const columns = inputs.map(({ name }) => columnOf(table, name));
  const bins = columns.map((column) => binsOf(column, rows));
  return {
    bins,
    counts: bins.map((own, at) => own && countBins(own, columns[at], rows)),
    sizes: fit.sizes,
  };
}

function columnOf({ columns }: Table, name: string): Column {
  const column = columns.find((own) => own.name === name);
  if (column !== undefined) return column;
  throw new AppError('setting-invalid', `There is no column “${name}”.`, { column: name });
}

/** @param areNumbers keys are numbers on the page: 007 and 7 are the same there */
function joined(
  parts: readonly Collected[],
  areNumbers: boolean,
  hasValues: boolean,
  nRows: number,
): Period {
  const keys: string[] = [];
  const labels = new Int32Array(nRows);
  const values = hasValues ? new Float64Array(nRows).fill(NaN) : null;
  let at = 0;
  for (const part of parts) {
    for (const key of part.keys) keys.push(areNumbers ? asNumber(key) : key.trim());
    labels.set(part.labels, at);
    if (part.values !== null) values?.set(part.values, at);
    at += part.labels.length;
  }
  return { keys, labels, values };
}

function asNumber(key: string): string {
  const { kind, value } = readNumber(key, '.', 'auto');
  return kind === 'number' || kind === 'code' ? String(value) : '';
}

/** The customers of one cell of the migration. */
export function moversAnswer(
  { before, after, pairing, next }: Compared,
  from: End,
  to: End,
): Queries['movers']['answer'] {
  const movers = moversOf(before, after, pairing, from, to);
  const name = (end: End, none: string) => (end === 'none' ? none : next.segments[end]);
  const texts = (column: string, cell: string): Column => ({
    kind: 'text',
    name: column,
    values: movers.map(() => cell),
  });
  const numbers = (column: string, values: readonly number[]): Column => ({
    kind: 'number',
    name: column,
    values: Float64Array.from(values),
  });
  const table: Table = {
    nRows: movers.length,
    lines: new Int32Array(movers.length),
    columns: [
      { kind: 'text', name: next.key, values: movers.map(({ key }) => key) },
      texts('segment_before', name(from, 'new')),
      texts('segment_after', name(to, 'gone')),
      ...(next.value === null
        ? []
        : [
            numbers(
              `${next.value}_before`,
              movers.map(({ valueBefore }) => valueBefore),
            ),
            numbers(
              `${next.value}_after`,
              movers.map(({ valueAfter }) => valueAfter),
            ),
          ]),
    ],
  };
  return {
    first: movers.slice(0, listedMovers),
    csv: new Blob([...writeCsv(table)], { type: 'text/csv' }),
  };
}
