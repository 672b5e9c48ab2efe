import { countDecimalVotes } from '../../src/core/table/decimal-mark';
import { cellsOf } from '../../src/core/table/cells';
import { scoreRows } from '../../src/core/score';
import { escapeWord } from '../../src/core/table/write-csv';
import { RowFeed, type FileRow } from '../read/row-feed';
import { textOfRow } from '../read/set-aside';
import { rowsAbove, type TableStart } from '../read/table-start';
import { createAddedCells } from './added-cells';
import { collect } from './collect';
import { countScores } from './count-scores';
import { emptyTally, shownAside, type ScoredPart, type ScoreJob } from './job';
import { createInputReader, type ColumnCells } from './read-inputs';

/** Scores the rows of a text that is no plain file, as it comes. Cells keep their content; their quotes are set anew. */
export class TextScorer {
  readonly #feed: RowFeed;
  readonly #start: TableStart;
  readonly #score: (rows: readonly FileRow[]) => ScoredPart;
  #nToSkip: number;
  #ready: ScoredPart[] = [];

  constructor(job: ScoreJob, start: TableStart, firstLine: number) {
    this.#start = start;
    this.#feed = new RowFeed(start.dialect, firstLine);
    this.#nToSkip = rowsAbove(start.layout);
    this.#score = createRowScorer(job, start);
  }

  push(piece: string, isLast: boolean): void {
    const rows = this.#feed.push(piece, isLast);
    const skipped = Math.min(this.#nToSkip, rows.length);
    this.#nToSkip -= skipped;
    if (rows.length > skipped) this.#ready.push(this.#score(rows.slice(skipped)));
  }

  /** What has been scored since it was last asked. */
  take(): ScoredPart[] {
    const parts = this.#ready;
    this.#ready = [];
    return parts;
  }

  get start(): TableStart {
    return this.#start;
  }
}

/** Scores rows of fields. Lines of set-aside rows are counted from the beginning of the file. */
export function createRowScorer(
  job: ScoreJob,
  { dialect }: Pick<TableStart, 'dialect'>,
): (rows: readonly FileRow[]) => ScoredPart {
  const { width, output } = job;
  const readInputs = createInputReader(job);
  const addCells = createAddedCells(job.model, output);
  const encoder = new TextEncoder();
  return (rows) => {
    const tally = emptyTally(job);
    const kept: string[][] = [];
    for (const { fields, line } of rows) {
      if (fields.length > width && fields.slice(width).some((field) => field.trim() !== '')) {
        tally.nSetAside++;
        if (tally.setAside.length === shownAside) continue;
        const text = textOfRow(fields, dialect.separator, dialect.quote, dialect.escape);
        tally.setAside.push({ line: line - 1, nFields: fields.length, text });
        continue;
      }
      if (fields.length < width) tally.nShort++;
      kept.push(fields);
    }
    const made = new Map<number, ColumnCells>();
    const columnAt = (j: number): ColumnCells => {
      const known = made.get(j);
      if (known !== undefined) return known;
      const cells = { kind: 'texts', cells: kept.map((fields) => fields[j] ?? '') } as const;
      made.set(j, cells);
      return cells;
    };
    for (let j = 0; j < width; j++) {
      const cells = columnAt(j);
      if (cells.kind === 'texts') {
        Object.assign(tally.votes[j], countDecimalVotes(cellsOf(cells.cells)));
      }
    }
    const scores = scoreRows(job.model, readInputs(columnAt, kept.length, tally), kept.length);
    countScores(job.model, scores, tally);
    const added = addCells(scores);
    const room = new Uint8Array(added.most + 2);
    const decoder = new TextDecoder();
    const lines = kept.map((fields, row) => {
      const cells = Array.from({ length: width }, (_, j) =>
        escapeWord(fields[j] ?? '', output.separator, output.quote),
      );
      const end = added.write(row, room, 0);
      return cells.join(output.separator) + decoder.decode(room.subarray(0, end)) + output.lineEnd;
    });
    const csv = new Blob([encoder.encode(lines.join(''))]);
    return { csv, tally, nLines: 0, collected: collect(job, columnAt, scores) };
  };
}
