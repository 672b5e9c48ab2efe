import type { LaterFile, NextPeriodAnswer, Queries } from '../src/contract/queries';
import type { ScoreSettings } from '../src/contract/scoring';
import { AppError } from '../src/core/errors';
import type { SegmentModel } from '../src/core/model';
import type { Bins } from '../src/core/scoring/bins';
import { binsOf, countBins, driftOf } from '../src/core/scoring/drift';
import { migrationOf, pairPeriods, type Pairing, type Period } from '../src/core/scoring/migration';
import type { ColumnDrift, NextPeriod } from '../src/core/scoring/next-period';
import { matchColumns } from '../src/core/table/match-columns';
import { readNumber } from '../src/core/table/numbers';
import { cellText, type Column, type Table } from '../src/core/table/table';
import type { Known } from './queries/known';
import type { Collected } from './score/job';
import { scoreFile } from './score/score-file';

export interface Compared extends NextPeriodAnswer {
  readonly before: Period;
  readonly after: Period;
  readonly pairing: Pairing;
}

/** The earlier of two periods, in segments. */
interface Earlier {
  readonly model: SegmentModel;
  readonly segments: readonly string[];
  readonly sizes: readonly number[];
  readonly before: Period;
  /** Keys are numbers there: 007 and 7 are the same. */
  readonly areNumbers: boolean;
  /** What the later file is read by. */
  readonly read: ScoreSettings['read'];
  /** By input of the model: its column, null where there is none; and the rows that it is compared by. */
  readonly columns: readonly (Column | null)[];
  readonly rows: Int32Array;
}

type Tell = (share: number) => void;

/**
 * Scores a later file, and sets it beside an earlier one, customer by customer and column by column: the file that the
 * segments of the page were formed from, or any other, which is scored by the same model. Remembered: its cells are asked
 * about one by one.
 *
 * @throws AppError `setting-invalid` for a column that is not there, and what scoring throws
 */
export function comparePeriods(later: LaterFile, known: Known): Promise<Compared> {
  const { file, key, value, by } = later;
  const model = by === null ? null : JSON.stringify(by.model);
  const id = JSON.stringify([file.name, file.blob.size, file.lastModified, key, value, model]);
  return known.remember(`next period ${id}`, () => compare(later, known));
}

async function compare(later: LaterFile, known: Known): Promise<Compared> {
  const { file, by, ...wanted } = later;
  const { key, value } = wanted;
  const nFiles = by === null ? 1 : 2;
  const tell = (nDone: number) => (share: number) => known.ctx.progress(nDone + share, nFiles);
  const earlier = await (by === null
    ? ofThePage(later, known)
    : byModel(later, by, known, tell(0)));
  const { model, before, sizes, columns, rows, segments } = earlier;
  const bins = columns.map((column) => column && binsOf(column, rows));
  await known.ctx.breathe();
  const { scored, parts } = await collected(
    file.blob,
    earlier,
    wanted,
    bins,
    known,
    tell(nFiles - 1),
  );
  const hasValues = before.values !== null;
  const after = joined(parts, earlier.areNumbers, hasValues, scored.nRows);
  await known.ctx.breathe();
  const pairing = pairPeriods(before.keys, after.keys);
  const next: NextPeriod = {
    key,
    value,
    segments,
    sizesBefore: sizes,
    sizesAfter: scored.counts,
    migration: migrationOf(before, after, pairing, segments.length),
    columns: model.inputs.flatMap(({ name }, at): ColumnDrift[] => {
      const [own, counted, column] = [bins[at], scored.bins[at], columns[at]];
      if (own === null || counted === null || column === null) return [];
      const counts = countBins(own, column, rows);
      return [
        {
          column: name,
          ...driftOf(counts, counted),
          missingBefore: (counts.at(-1) ?? 0) / rows.length,
          missingAfter: (counted.at(-1) ?? 0) / scored.nRows,
        },
      ];
    }),
    sizeDrift: driftOf(sizes, scored.counts),
    nUnlike: scored.nUnlike,
  };
  return { next, scored, before, after, pairing };
}

/** The file of the page, in the segments that were formed from it. */
async function ofThePage({ key, value }: LaterFile, known: Known): Promise<Earlier> {
  const { table } = await known.outputOf('derive');
  const { rows } = await known.outputOf('clean');
  const { fit } = await known.outputOf('cluster');
  const { segments } = await known.outputOf('profile');
  const model = await known.outputOf('model');
  const keyColumn = columnOf(table, key);
  const valueColumn = value === null ? null : columnOf(table, value);
  const labels = new Int32Array(table.nRows).fill(-1);
  rows.forEach((row, at) => (labels[row] = fit.labels[at]));
  const { missing, names } = known.recipe.read;
  return {
    model,
    segments: segments.map(({ name }) => name),
    sizes: fit.sizes,
    before: {
      keys: Array.from({ length: table.nRows }, (_, row) => cellText(keyColumn, row).trim()),
      labels,
      values: valueColumn?.kind === 'number' ? valueColumn.values : null,
    },
    areNumbers: keyColumn.kind === 'number',
    read: { missing, names },
    columns: model.inputs.map(({ name }) => columnOf(table, name)),
    rows,
  };
}

/** Another file, each row in the segment that a model puts it into: nobody was set aside. */
async function byModel(
  { key, value }: LaterFile,
  { model, blob }: NonNullable<LaterFile['by']>,
  known: Known,
  tell: Tell,
): Promise<Earlier> {
  const { table } = await known.outputOf('read');
  const areNumbers = columnOf(table, key).kind === 'number';
  const noBins = model.inputs.map(() => null);
  const file = { model, read: null };
  const { scored, parts } = await collected(blob, file, { key, value }, noBins, known, tell);
  const { matches } = matchColumns(
    model.inputs.map(({ name }) => name),
    table.columns.map(({ name }) => name),
  );
  return {
    ...file,
    segments: model.segments.map(({ name }) => name),
    sizes: scored.counts,
    before: joined(parts, areNumbers, value !== null, scored.nRows),
    areNumbers,
    columns: matches.map(({ found }) => (found === null ? null : columnOf(table, found))),
    rows: Int32Array.from({ length: table.nRows }, (_, row) => row),
  };
}

/** Scores a file, and keeps what each row is known by and worth. Of the rows themselves nothing is kept. */
async function collected(
  blob: Blob,
  { model, read }: Pick<Earlier, 'model' | 'read'>,
  collect: NonNullable<ScoreSettings['collect']>,
  bins: readonly (Bins | null)[],
  known: Known,
  tell: Tell,
) {
  let parts: Collected[] = [];
  const scored = await scoreFile(
    blob,
    model,
    { read, bins, collect, partOf: null },
    {
      progress: (done, total) => tell(total > 0 ? done / total : 1),
      breathe: () => known.ctx.breathe(),
      scorers: known.scorersOf(blob),
      sink: {
        add: () => Promise.resolve(),
        reset: () => Promise.resolve(),
        finish: () => Promise.resolve(null),
        abort: () => Promise.resolve(),
      },
      onStart: () => (parts = []),
      onCollected: (part) => parts.push(part),
    },
  );
  return { scored, parts };
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
