import type { ScoredFile, ScoreSettings } from '../contract/scoring';
import { AppError } from '../core/errors';
import { splitRow } from '../core/scoring/paste-row';
import { createTail, type GrowingFile } from '../core/scoring/tail';

/** A file that is followed, as far as it has been read. */
export interface Followed {
  /** Rows in all, and those that came since it was first read. */
  readonly nRows: number;
  readonly nArrived: number;
  /** By segment, of all rows. */
  readonly counts: readonly number[];
  readonly nUnlike: number;
  readonly nRowsFilled: number;
  readonly nSetAside: number;
  /** By input of the model, where bins were given: rows in each. */
  readonly bins: readonly (readonly number[] | null)[];
  /** The newest first. */
  readonly last: readonly LastRow[];
  /** A line is being written. */
  readonly isPending: boolean;
  /** The file was cut off or replaced, and is counted anew from there on. */
  readonly begunAnew: 'shorter' | 'replaced' | null;
}

export interface LastRow {
  /** Its first cell. */
  readonly first: string;
  readonly segment: number;
  readonly name: string;
  /** As it is written. */
  readonly margin: string;
  readonly isUnlike: boolean;
  readonly filled: string;
}

/** Scores a file, or a part of one. */
export type ScorePart = (
  part: Blob,
  settings: Pick<ScoreSettings, 'bins' | 'partOf'>,
) => Promise<ScoredFile>;

/** Rows that are listed. */
const shownRows = 8;
/** Enough for so many rows, if they are not very long. */
const lastBytes = 65_536;
/** Columns that scoring adds to a row. */
const nAdded = 7;

/**
 * Scores what is appended to a file, as it comes. Only bytes that are new are read, and the header with them.
 *
 * @param nSegments of the model
 * @param bins see `ScoreSettings`
 */
export function createFollower(
  score: ScorePart,
  nSegments: number,
  bins: ScoreSettings['bins'],
): { readonly poll: (file: Blob) => Promise<Followed> } {
  const tail = createTail();
  const nothing: Followed = {
    nRows: 0,
    nArrived: 0,
    counts: new Array<number>(nSegments).fill(0),
    nUnlike: 0,
    nRowsFilled: 0,
    nSetAside: 0,
    bins: [],
    last: [],
    isPending: false,
    begunAnew: null,
  };
  let now = nothing;
  let known: { bodyAt: number; partOf: NonNullable<ScoreSettings['partOf']> } | null = null;

  async function poll(file: Blob): Promise<Followed> {
    const growth = await tail.look(growing(file));
    if (growth.kind === 'anew') {
      tail.accept(growth);
      known = null;
      now = { ...nothing, begunAnew: growth.why };
      return poll(file);
    }
    now = { ...now, isPending: growth.nPending > 0 };
    if (growth.kind === 'same') return now;
    const rows = file.slice(growth.from, growth.to);
    const part = known === null ? rows : new Blob([file.slice(0, known.bodyAt), rows]);
    const partOf = known?.partOf ?? { delimiter: 'auto', decimal: 'auto', header: 'auto' };
    const scored = await scoreRows(part, partOf);
    if (scored === null) {
      // Nothing but a header, or blank lines: they wait for rows.
      if (known !== null) tail.accept(growth);
      return now;
    }
    now = await withPart(now, scored, known !== null);
    known ??= beginOf(scored);
    tail.accept(growth);
    return now;
  }

  async function scoreRows(part: Blob, partOf: NonNullable<ScoreSettings['partOf']>) {
    try {
      return await score(part, { bins, partOf });
    } catch (error) {
      const isEmpty =
        error instanceof AppError &&
        (error.code === 'file-header-only' || error.code === 'file-empty');
      if (isEmpty) return null;
      throw error;
    }
  }

  return { poll };
}

function growing(file: Blob): GrowingFile {
  return {
    size: file.size,
    bytes: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
  };
}

/** @throws AppError `file-not-a-table` for a file that is not plain */
function beginOf({ bodyAt, delimiter, decimal }: ScoredFile) {
  if (bodyAt === null) {
    throw new AppError(
      'file-not-a-table',
      'This file cannot be followed: it is not plain UTF-8 text with a row in each line. Score it as a whole file instead.',
    );
  }
  return { bodyAt, partOf: { delimiter, decimal, header: 'yes' } } as const;
}

async function withPart(now: Followed, scored: ScoredFile, hasArrived: boolean): Promise<Followed> {
  const last = await lastRows(scored);
  return {
    ...now,
    nRows: now.nRows + scored.nRows,
    nArrived: now.nArrived + (hasArrived ? scored.nRows : 0),
    counts: now.counts.map((count, c) => count + scored.counts[c]),
    nUnlike: now.nUnlike + scored.nUnlike,
    nRowsFilled: now.nRowsFilled + scored.nRowsFilled,
    nSetAside: now.nSetAside + scored.nSetAside,
    bins: scored.bins.map((counts, at) => {
      const before = now.bins.at(at) ?? null;
      return counts && counts.map((count, b) => count + (before?.[b] ?? 0));
    }),
    last: [...last, ...now.last].slice(0, shownRows),
  };
}

/** The last rows of what was scored, the newest first. */
async function lastRows({ csv, delimiter, nRows }: ScoredFile): Promise<LastRow[]> {
  if (csv === null || nRows === 0) return [];
  const text = await csv.slice(-lastBytes).text();
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const separator = delimiter === ' ' ? ',' : delimiter;
  return lines
    .slice(-Math.min(shownRows, nRows))
    .toReversed()
    .map((line): LastRow => {
      const cells = splitRow(line, separator);
      const [segment, name, , , margin, unlike, filled] = cells.slice(-nAdded);
      return {
        first: cells[0],
        segment: Number(segment) - 1,
        name,
        margin,
        isUnlike: unlike === 'yes',
        filled,
      };
    });
}
