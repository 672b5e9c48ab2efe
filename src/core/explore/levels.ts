import type { CategoryColumn, TextColumn } from '../table/table';
import { mostDistinct, type Distinct } from './values';

/** The words of a column with their rows, most frequent first. */
export interface Levels {
  readonly top: readonly Level[];
  /** Rows with a word that is not among `top`. */
  readonly rest: number;
  /** Different words; of texts no more than 10,000 are told apart. */
  readonly distinct: Distinct;
  /** Rows with a word. */
  readonly count: number;
}

export interface Level {
  readonly name: string;
  readonly count: number;
}

/** {@link Levels}, and where each row belongs. */
export interface CodedLevels extends Levels {
  /** By row: index into `top`; `top.length` for the rest; −1 where missing. */
  readonly codes: Int32Array;
}

export const mostLevels = 12;

type WordColumn = CategoryColumn | TextColumn;

/** @param most words with a place of their own. Of equally frequent ones, the first to appear comes first. */
export function levelsOf(column: WordColumn, nRows: number, most = mostLevels): CodedLevels {
  const { names, codes, isCapped } =
    column.kind === 'category' ? asCoded(column) : code(column, nRows);
  const counts = new Int32Array(names.length);
  let nOthers = 0;
  for (let i = 0; i < nRows; i++) {
    if (codes[i] >= 0) counts[codes[i]]++;
    else if (codes[i] === other) nOthers++;
  }
  const byCount = names.map((_, code) => code).filter((code) => counts[code] > 0);
  const nDistinct = byCount.length;
  const shown = byCount.sort((a, b) => counts[b] - counts[a] || a - b).slice(0, most);
  const placeOf = new Int32Array(names.length).fill(shown.length);
  shown.forEach((code, place) => (placeOf[code] = place));
  const count = counts.reduce((sum, n) => sum + n, 0) + nOthers;
  return {
    top: shown.map((code) => ({ name: names[code], count: counts[code] })),
    rest: count - shown.reduce((sum, code) => sum + counts[code], 0),
    distinct: { count: nDistinct, isCapped },
    count,
    codes: codes.map((code) => (code >= 0 ? placeOf[code] : code === other ? shown.length : -1)),
  };
}

/** The code of a text beyond those that are told apart. */
const other = -2;

interface Coded {
  readonly names: readonly string[];
  readonly codes: Int32Array;
  readonly isCapped: boolean;
}

function asCoded({ levels, codes }: CategoryColumn): Coded {
  return { names: levels, codes, isCapped: false };
}

function code({ values }: TextColumn, nRows: number): Coded {
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(nRows).fill(-1);
  let isCapped = false;
  for (let i = 0; i < nRows; i++) {
    const text = values.at(i) ?? null;
    if (text === null) continue;
    let found = codeOf.get(text);
    if (found === undefined) {
      if (codeOf.size < mostDistinct) codeOf.set(text, (found = codeOf.size));
      else {
        found = other;
        isCapped = true;
      }
    }
    codes[i] = found;
  }
  return { names: [...codeOf.keys()], codes, isCapped };
}
