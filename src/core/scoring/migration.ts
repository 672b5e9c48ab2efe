/** Customers of one period: what each is known by ('' where nothing), and what they are. All by row. */
export interface Period {
  readonly keys: readonly string[];
  /** Segment; −1 where the customer was set aside. */
  readonly labels: Int32Array;
  /** NaN where there is none; null without a value column. */
  readonly values: Float64Array | null;
}

/** Who of two periods is the same, and where the segments went. */
export interface Migration {
  /** Customers with a segment in both: rows, the segment before; columns, after. */
  readonly counts: readonly (readonly number[])[];
  /** Their value in the earlier and in the later period, by the same cells; null without a value column. */
  readonly valueBefore: readonly (readonly number[])[] | null;
  readonly valueAfter: readonly (readonly number[])[] | null;
  /** Customers of the later period alone, and of the earlier one alone, by segment; and their value. */
  readonly arrived: readonly number[];
  readonly arrivedValue: readonly number[] | null;
  readonly gone: readonly number[];
  readonly goneValue: readonly number[] | null;
  /** Customers who are in both periods and have a segment in both; of them, those who have another one. */
  readonly nSame: number;
  readonly nMoved: number;
  /** Customers in both who were set aside in the earlier one, and so have nowhere to come from. */
  readonly nFromAside: number;
  /** Rows that cannot be told apart, or have no key: they are not compared. */
  readonly nRepeated: { readonly before: number; readonly after: number };
  readonly nWithoutKey: { readonly before: number; readonly after: number };
}

/** Where a customer comes from or goes to: a segment, or neither. */
export type End = number | 'none';

/** By row of each period, that of the same customer in the other: −1 nobody, −2 not compared. */
export interface Pairing {
  readonly later: Int32Array;
  readonly earlier: Int32Array;
  readonly nRepeated: Migration['nRepeated'];
  readonly nWithoutKey: Migration['nWithoutKey'];
}

const nobody = -1;
const notCompared = -2;

/** Finds the customers that are in both periods. A key that is there twice in a period tells nobody apart. */
export function pairPeriods(before: readonly string[], after: readonly string[]): Pairing {
  const [a, b] = [placesOf(before), placesOf(after)];
  const later = new Int32Array(before.length).fill(nobody);
  const earlier = new Int32Array(after.length).fill(nobody);
  before.forEach((key, row) => {
    const place = a.places.get(key);
    const other = b.places.get(key);
    if (key === '' || place === notCompared || other === notCompared) later[row] = notCompared;
    else if (other !== undefined) {
      later[row] = other;
      earlier[other] = row;
    }
  });
  after.forEach((key, row) => {
    const isUnclear =
      key === '' || b.places.get(key) === notCompared || a.places.get(key) === notCompared;
    if (isUnclear) earlier[row] = notCompared;
  });
  return {
    later,
    earlier,
    nRepeated: { before: a.nRepeated, after: b.nRepeated },
    nWithoutKey: { before: a.nEmpty, after: b.nEmpty },
  };
}

/** The row of each key; `notCompared` for one that more rows have. */
function placesOf(keys: readonly string[]) {
  const places = new Map<string, number>();
  let nEmpty = 0;
  const repeated = new Set<string>();
  keys.forEach((key, row) => {
    if (key === '') nEmpty++;
    else if (places.has(key)) {
      repeated.add(key);
      places.set(key, notCompared);
    } else places.set(key, row);
  });
  const nRepeated = keys.reduce((count, key) => count + (repeated.has(key) ? 1 : 0), 0);
  return { places, nEmpty, nRepeated };
}

/** @param nSegments segments of both periods: they are those of one model */
export function migrationOf(
  before: Period,
  after: Period,
  { later, earlier, nRepeated, nWithoutKey }: Pairing,
  nSegments: number,
): Migration {
  const zeros = () => new Array<number>(nSegments).fill(0);
  const grid = () => Array.from({ length: nSegments }, zeros);
  const counts = grid();
  const hasValues = before.values !== null && after.values !== null;
  const valueBefore = grid();
  const valueAfter = grid();
  const [gone, goneValue, arrived, arrivedValue] = [zeros(), zeros(), zeros(), zeros()];
  let nSame = 0;
  let nMoved = 0;
  let nFromAside = 0;
  for (let row = 0; row < later.length; row++) {
    const [from, other] = [before.labels[row], later[row]];
    if (other === notCompared) continue;
    if (from < 0) {
      if (other >= 0) nFromAside++;
      continue;
    }
    const value = valueAt(before.values, row);
    if (other < 0) {
      gone[from]++;
      goneValue[from] += value;
      continue;
    }
    const to = after.labels[other];
    counts[from][to]++;
    valueBefore[from][to] += value;
    valueAfter[from][to] += valueAt(after.values, other);
    nSame++;
    if (from !== to) nMoved++;
  }
  for (let row = 0; row < earlier.length; row++) {
    if (earlier[row] !== nobody) continue;
    arrived[after.labels[row]]++;
    arrivedValue[after.labels[row]] += valueAt(after.values, row);
  }
  return {
    counts,
    valueBefore: hasValues ? valueBefore : null,
    valueAfter: hasValues ? valueAfter : null,
    arrived,
    arrivedValue: hasValues ? arrivedValue : null,
    gone,
    goneValue: hasValues ? goneValue : null,
    nSame,
    nMoved,
    nFromAside,
    nRepeated,
    nWithoutKey,
  };
}

/** What is missing adds nothing. */
function valueAt(values: Float64Array | null, row: number): number {
  const value = values?.[row] ?? 0;
  return Number.isNaN(value) ? 0 : value;
}

export interface Mover {
  readonly key: string;
  readonly from: End;
  readonly to: End;
  /** NaN where it is not known. */
  readonly valueBefore: number;
  readonly valueAfter: number;
}

/** The customers of one cell, in the order of the later file, those who are gone in that of the earlier. */
export function moversOf(
  before: Period,
  after: Period,
  { later, earlier }: Pairing,
  from: End,
  to: End,
): Mover[] {
  const movers: Mover[] = [];
  const add = (row: number, other: number) =>
    movers.push({
      key: row >= 0 ? before.keys[row] : after.keys[other],
      from,
      to,
      valueBefore: row >= 0 ? (before.values?.[row] ?? NaN) : NaN,
      valueAfter: other >= 0 ? (after.values?.[other] ?? NaN) : NaN,
    });
  if (to === 'none') {
    later.forEach((other, row) => {
      if (other === nobody && before.labels[row] === from) add(row, nobody);
    });
    return movers;
  }
  earlier.forEach((row, other) => {
    if (row === notCompared || after.labels[other] !== to) return;
    if (row === nobody ? from === 'none' : before.labels[row] === from) add(row, other);
  });
  return movers;
}
