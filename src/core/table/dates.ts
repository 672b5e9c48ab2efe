/** Which of the two numbers of 03/04/2024 is the day. */
export type DateOrder = 'day-first' | 'month-first';

/**
 * What a cell says about the order: `fixed` is a date in any order (ISO, 5 Mar 2024, 05.03.2024, 04/04/2024),
 * `either` a date in both orders with two meanings, `none` no date.
 */
export type DateEvidence = DateOrder | 'fixed' | 'either' | 'none';

interface DateParts {
  readonly year: number;
  readonly first: number;
  readonly second: number;
  /** True when `first` is known to be the month and `second` the day. */
  readonly monthFirst: boolean | null;
  readonly milliseconds: number;
}

const time =
  '(?:(?:T|,?\\s+)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*([ap]\\.?m\\.?)?\\s*(z|utc|gmt|[+-]\\d{2}:?\\d{2})?)?';
const yearFirst = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${time}$`, 'i');
const yearLast = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${time}$`, 'i');
/** By far the most frequent form, and the fastest to take apart. */
const plainIso = /^\d{4}-\d{2}-\d{2}$/;
const dayName = new RegExp(`^(\\d{1,2})[-\\s.]+([a-z]{3,9})[-\\s.,]+(\\d{4}|\\d{2})${time}$`, 'i');
const nameDay = new RegExp(
  `^([a-z]{3,9})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${time}$`,
  'i',
);
const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/**
 * Reads one cell as a date, with or without a time. A time zone is applied; without one the time is taken as UTC.
 * Years of two digits: 00-68 are 2000-2068, 69-99 are 1969-1999 (POSIX).
 *
 * @returns milliseconds since 1970-01-01 UTC, NaN when the cell is no date of the calendar in that order
 */
export function readDate(text: string, order: DateOrder): number {
  const parts = takeApart(text.trim());
  if (parts === null) return NaN;
  return toMilliseconds(parts, parts.monthFirst ?? order === 'month-first');
}

/** What one cell says about the order of day and month; see {@link DateEvidence}. */
export function dateEvidence(text: string): DateEvidence {
  const parts = takeApart(text.trim());
  if (parts === null) return 'none';
  if (parts.monthFirst !== null) {
    return Number.isNaN(toMilliseconds(parts, parts.monthFirst)) ? 'none' : 'fixed';
  }
  const monthFirst = toMilliseconds(parts, true);
  const dayFirst = toMilliseconds(parts, false);
  if (Number.isNaN(monthFirst)) return Number.isNaN(dayFirst) ? 'none' : 'day-first';
  if (Number.isNaN(dayFirst)) return 'month-first';
  return monthFirst === dayFirst ? 'fixed' : 'either';
}

function takeApart(text: string): DateParts | null {
  if (text.length < 6 || text.length > 40) return null;
  if (plainIso.test(text)) {
    const [year, first, second] = [text.slice(0, 4), text.slice(5, 7), text.slice(8)].map(Number);
    return { year, first, second, monthFirst: true, milliseconds: 0 };
  }
  let match = yearFirst.exec(text);
  if (match !== null) return parts(match[1], match[3], match[4], true, match, 5);
  match = yearLast.exec(text);
  // With dots it is written day first wherever it is written at all.
  if (match !== null) {
    return parts(match[4], match[1], match[3], match[2] === '.' ? false : null, match, 5);
  }
  match = dayName.exec(text);
  if (match !== null) return parts(match[3], monthNumber(match[2]), match[1], true, match, 4);
  match = nameDay.exec(text);
  if (match !== null) return parts(match[3], monthNumber(match[1]), match[2], true, match, 4);
  return null;
}

function parts(
  year: string,
  first: string,
  second: string,
  monthFirst: boolean | null,
  match: RegExpExecArray,
  timeAt: number,
): DateParts | null {
  const milliseconds = timeOfDay(match.slice(timeAt));
  if (Number.isNaN(milliseconds)) return null;
  return {
    year: year.length === 2 ? Number(year) + (Number(year) <= 68 ? 2000 : 1900) : Number(year),
    first: Number(first),
    second: Number(second),
    monthFirst,
    milliseconds,
  };
}

function monthNumber(name: string): string {
  const lower = name.toLowerCase();
  const found = monthNames.findIndex(
    (month) =>
      month === lower || month.slice(0, 3) === lower || (lower === 'sept' && month === 'september'),
  );
  return String(found + 1);
}

/** Milliseconds since midnight UTC from [hour, minute, second, fraction, am/pm, zone]; NaN when there is no such time. */
function timeOfDay(groups: readonly (string | undefined)[]): number {
  const [hourText, minuteText, secondText, fraction, half, zone] = groups;
  if (hourText === undefined) return 0;
  let hour = Number(hourText);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return NaN;
    hour = (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  }
  const minute = Number(minuteText);
  const second = Number(secondText ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  const millisecond = Math.round(Number(`0.${fraction ?? '0'}`) * 1000);
  return ((hour * 60 + minute - zoneMinutes(zone)) * 60 + second) * 1000 + millisecond;
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || /^[a-z]/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

function toMilliseconds(date: DateParts, monthFirst: boolean): number {
  const month = monthFirst ? date.first : date.second;
  const day = monthFirst ? date.second : date.first;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(date.year, month)) return NaN;
  return daysFromCivil(date.year, month, day) * 86_400_000 + date.milliseconds;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01: H. Hinnant, "chrono-compatible low-level date algorithms"; the inverse of `dateText`. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
