import type { Cells } from './cells';
import { withoutUnit } from './numbers';
import type { DecimalMark, ReadParams } from './read-params';

/** How many cells of a column speak for which decimal mark. */
export interface DecimalVotes {
  /** Can only be read with a decimal point: 1.5, 1,234.50, 1,234,567. */
  readonly point: number;
  /** Can only be read with a decimal comma: 1,5, 1.234,50, 1.234.567. */
  readonly comma: number;
  /** 1.234: with a point a little over one, with a comma over a thousand. */
  readonly eitherWithPoint: number;
  /** 1,234: the mirror image. */
  readonly eitherWithComma: number;
}

export function noVotes(): Record<keyof DecimalVotes, number> {
  return { point: 0, comma: 0, eitherWithPoint: 0, eitherWithComma: 0 };
}

/** Counts the votes of all cells of a column. */
export function countDecimalVotes(cells: Cells): DecimalVotes {
  if (cells.votes !== undefined) return cells.votes;
  const votes = noVotes();
  cells.each((cell) => {
    const vote = decimalVote(cell);
    if (vote !== 'none') votes[vote]++;
    return true;
  });
  return votes;
}

/** The decimal mark, where the user has set it or the thousands mark that goes with it. */
export function givenDecimalMark({
  decimal,
  thousands,
}: Pick<ReadParams, 'decimal' | 'thousands'>): 'auto' | DecimalMark {
  if (decimal !== 'auto') return decimal;
  return thousands === ',' ? '.' : thousands === '.' ? ',' : 'auto';
}

/**
 * The decimal mark of the file, from the votes of all columns. Without one clear vote a comma is believed only
 * in a file that is separated by something else (there it is the custom), never against the point.
 */
export function chooseDecimalMark(
  columns: readonly DecimalVotes[],
  commaIsFree: boolean,
): DecimalMark {
  const sum = (key: keyof DecimalVotes) => columns.reduce((total, votes) => total + votes[key], 0);
  const point = sum('point');
  const comma = sum('comma');
  if (point !== comma) return comma > point ? ',' : '.';
  return commaIsFree && sum('eitherWithComma') > sum('eitherWithPoint') ? ',' : '.';
}

/** The votes of a column where neither point nor comma separates thousands: 1.234 has one meaning only. */
export function votesWithoutGroups(votes: DecimalVotes): DecimalVotes {
  const { point, comma, eitherWithPoint, eitherWithComma } = votes;
  return { ...noVotes(), point: point + eitherWithPoint, comma: comma + eitherWithComma };
}

/** True when the column has nothing but cells that change their value with the mark, and nothing in the file settles it. */
export function isMarkAmbiguous(column: DecimalVotes, file: readonly DecimalVotes[]): boolean {
  if (column.eitherWithComma + column.eitherWithPoint === 0) return false;
  return file.every((votes) => votes.point === 0 && votes.comma === 0);
}

type DecimalVote = keyof DecimalVotes | 'none';

/** What one cell says. */
export function decimalVote(text: string): DecimalVote {
  const vote = voteOfDigits(text);
  if (vote !== 'other') return vote;
  if (!text.includes(',') && !text.includes('.')) return 'none';
  // The letters may be a unit: 12,50 EUR.
  const digits = withoutUnit(text);
  const inner = digits === null ? 'none' : voteOfDigits(digits);
  return inner === 'other' ? 'none' : inner;
}

/** One pass over the characters: this runs for every cell of the file. `other`: it holds more than digits and signs. */
function voteOfDigits(text: string): DecimalVote | 'other' {
  let points = 0;
  let commas = 0;
  let digits = 0;
  let sinceMark = 0;
  let beforeMark = 0;
  let lastIsComma = false;
  let groupsFit = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      if (digits === 0 && code === 48) groupsFit = false;
      digits++;
      sinceMark++;
    } else if (code === 46 || code === 44) {
      if (points + commas === 0) beforeMark = sinceMark;
      else if (sinceMark !== 3 && sinceMark !== 2) groupsFit = false;
      lastIsComma = code === 44;
      if (lastIsComma) commas++;
      else points++;
      sinceMark = 0;
    } else if (!mayStandInNumber(code)) {
      return 'other';
    }
  }
  if (points + commas === 0 || digits === 0) return 'none';
  const last = lastIsComma ? commas : points;
  const others = lastIsComma ? points : commas;
  if (others > 0) return last === 1 && groupsFit ? (lastIsComma ? 'comma' : 'point') : 'none';
  const looksGrouped = groupsFit && sinceMark === 3 && beforeMark >= 1 && beforeMark <= 3;
  if (last > 1) return looksGrouped ? (lastIsComma ? 'point' : 'comma') : 'none';
  if (looksGrouped) return lastIsComma ? 'eitherWithComma' : 'eitherWithPoint';
  return lastIsComma ? 'comma' : 'point';
}

/** Space, no-break space, thin and narrow no-break space, apostrophe, sign, bracket, percent and the common currency signs. */
function mayStandInNumber(code: number): boolean {
  switch (code) {
    case 0x20:
    case 0x24:
    case 0x25:
    case 0x27:
    case 0x28:
    case 0x29:
    case 0x2b:
    case 0x2d:
    case 0xa0:
    case 0xa3:
    case 0xa5:
    case 0x2009:
    case 0x2019:
    case 0x202f:
    case 0x20ac:
    case 0x20b9:
    case 0x2212:
      return true;
    default:
      return false;
  }
}
