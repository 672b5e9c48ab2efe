import { marginOf } from '../../src/core/scoring/margin';
import type { SegmentModel } from '../../src/core/model';
import type { RowScores } from '../../src/core/score';
import { escapeWord } from '../../src/core/table/write-csv';
import type { OutputDialect } from './job';

/** Names of the columns that are added. Segments count from 1, as on the page. */
export const addedColumns = [
  'segment',
  'segment_name',
  'segment_distance',
  'segment_second',
  'segment_margin',
  'segment_unlike',
  'segment_filled',
] as const;

/** Digits after the mark of distances and margins. */
const nDigits = 4;
const power = 10 ** nDigits;
/** Lists of what was filled are kept up to so many: they repeat. */
const mostLists = 4_096;

export interface AddedCells {
  /** Bytes that the cells of a row may take at the most. */
  readonly most: number;
  /** Writes the cells of a row behind its own, each with its separator before it. @returns where they end */
  write(row: number, into: Uint8Array, at: number): number;
}

/** What is added to each row: prepared once for many rows. */
export function createAddedCells(model: SegmentModel, dialect: OutputDialect) {
  const { separator, quote, decimal } = dialect;
  const encoder = new TextEncoder();
  const mark = decimal.charCodeAt(0);
  const comma = separator.charCodeAt(0);
  const cell = (text: string) => separator + escapeWord(text, separator, quote);
  const own = model.segments.map(({ name }, c) =>
    encoder.encode(cell(String(c + 1)) + cell(name) + separator),
  );
  const second = model.segments.map(({ name }) => encoder.encode(cell(name) + separator));
  const noSecond = encoder.encode(separator + separator);
  const unlike = encoder.encode('yes');
  const p99 = model.segments.map(({ distance }) => distance.p99);
  const longest = Math.max(
    ...own.map(({ length }) => length),
    ...second.map(({ length }) => length),
  );
  const lists = new Map<string, Uint8Array>();

  function listOf(features: readonly number[]): Uint8Array {
    const key = features.join();
    const known = lists.get(key);
    if (known !== undefined) return known;
    const names = features.map((j) => model.features[j].name).join('; ');
    const list = encoder.encode(escapeWord(names, separator, quote));
    if (lists.size < mostLists) lists.set(key, list);
    return list;
  }
  const longestList = listOf(model.features.map((_, j) => j)).length;

  return (scores: RowScores): AddedCells => {
    const { labels, distances, seconds, secondDistances, filled } = scores;
    const gaps = filled.flatMap((rows, j) => (rows === null ? [] : [{ rows, j }]));
    return {
      most: 2 * longest + 2 * 32 + 8 + (gaps.length > 0 ? longestList : 0),
      write(row, into, start) {
        let at = put(own[labels[row]], into, start);
        at = putFixed(distances[row], mark, into, at);
        at = put(seconds[row] < 0 ? noSecond : second[seconds[row]], into, at);
        if (seconds[row] >= 0) {
          at = putFixed(marginOf(distances[row], secondDistances[row]), mark, into, at);
        }
        into[at++] = comma;
        if (distances[row] > p99[labels[row]]) at = put(unlike, into, at);
        into[at++] = comma;
        if (gaps.some(({ rows }) => rows[row] === 1)) {
          at = put(listOf(gaps.flatMap(({ rows, j }) => (rows[row] === 1 ? [j] : []))), into, at);
        }
        return at;
      },
    };
  };
}

function put(bytes: Uint8Array, into: Uint8Array, at: number): number {
  for (let i = 0; i < bytes.length; i++) into[at + i] = bytes[i];
  return at + bytes.length;
}

/** Large ones as JavaScript writes them. @param value 0 or more */
function putFixed(value: number, mark: number, into: Uint8Array, start: number): number {
  let at = start;
  if (!(value < 1e9)) {
    const text = String(value).replace('.', String.fromCharCode(mark));
    for (let i = 0; i < text.length; i++) into[at++] = text.charCodeAt(i);
    return at;
  }
  const scaled = Math.round(value * power);
  const whole = Math.floor(scaled / power);
  let nWhole = 1;
  for (let limit = 10; whole >= limit; limit *= 10) nWhole++;
  at = putDigits(whole, nWhole, into, at);
  into[at++] = mark;
  return putDigits(scaled - whole * power, nDigits, into, at);
}

function putDigits(value: number, n: number, into: Uint8Array, at: number): number {
  for (let i = n - 1, rest = value; i >= 0; i--) {
    const next = Math.floor(rest / 10);
    into[at + i] = 48 + (rest - next * 10);
    rest = next;
  }
  return at + n;
}
