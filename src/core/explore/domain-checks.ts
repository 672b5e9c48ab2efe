import type { Context } from '../context';
import { extent } from '../table/order-statistics';
import { quantiles } from '../table/stats';
import type { DateColumn, NumberColumn, Table } from '../table/table';
import { domainSentence } from './domain-sentences';
import { looksLike, relationsByName } from './domain-names';
import { finiteOf } from './values';

/** Something that stands in the file and may or may not be meant. It is told, never changed. Numbers are rows. */
export type DomainCheck = DomainFact & { readonly sentence: string };

export type DomainFact =
  | {
      readonly kind: 'negative';
      readonly column: string;
      readonly count: number;
      readonly nValues: number;
      readonly extreme: number;
    }
  | {
      /** Below `lower` or above `upper`, in a column that is named like it or else keeps within them. */
      readonly kind: 'outside';
      readonly column: string;
      readonly measure: 'share' | 'percentage' | 'age';
      readonly lower: number;
      readonly upper: number;
      readonly nBelow: number;
      readonly nAbove: number;
      readonly nValues: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      /** Far from all others. Milliseconds since 1970 UTC. */
      readonly kind: 'far-date';
      readonly column: string;
      readonly side: 'early' | 'late';
      readonly count: number;
      readonly extreme: number;
      /** First and last of the others. */
      readonly bulk: readonly [number, number];
    }
  | {
      /** A column is larger than the one that should bound it, judging by their names. */
      readonly kind: 'exceeds';
      readonly column: string;
      readonly bound: string;
      readonly columnKind: 'number' | 'date';
      readonly count: number;
      readonly nPairs: number;
    };

/**
 * Looks for values that seem out of their domain: negative ones where nothing else is, shares outside of 0 to 1, ages over
 * 120, dates far from all others, and pairs such as a balance over its limit. A name alone is not enough: nine of ten
 * values must agree with it.
 */
export async function domainChecks(table: Table, ctx: Context): Promise<DomainCheck[]> {
  const facts: DomainFact[] = [];
  for (const column of table.columns) {
    if (column.kind === 'number') facts.push(...checkNumbers(column));
    if (column.kind === 'date') facts.push(...checkDates(column));
    await ctx.breathe();
  }
  for (const relation of relationsByName(table.columns)) {
    facts.push(...checkRelation(relation.column, relation.bound));
    await ctx.breathe();
  }
  return facts.map((fact) => ({ ...fact, sentence: domainSentence(fact) }));
}

/** So many of the values agree with what a name says, or the name is not believed. */
const leastAgreement = 0.9;
const fewestValues = 20;

function checkNumbers({ name, values }: NumberColumn): DomainFact[] {
  const finite = finiteOf(values);
  if (finite.length < fewestValues) return [];
  const { min, max } = extent(finite);
  for (const [measure, upper] of [
    ['age', 120],
    ['share', 1],
    ['percentage', 100],
  ] as const) {
    const fact = checkRange(name, finite, measure, upper, min, max);
    if (fact !== undefined) return fact.nBelow + fact.nAbove > 0 ? [fact] : [];
  }
  return min < 0 ? checkNegative(name, finite, min) : [];
}

/** @returns undefined where the column is no such measure; counts of 0 where it is and keeps its bounds */
function checkRange(
  column: string,
  values: Float64Array,
  measure: 'share' | 'percentage' | 'age',
  upper: number,
  min: number,
  max: number,
) {
  const isNamed = looksLike(measure, column);
  // Without a name, only shares are recognised: by zeros and ones at the ends of their range.
  if (!isNamed && measure !== 'share') return undefined;
  let nBelow = 0;
  let nAbove = 0;
  let nAtEnds = 0;
  let nBetween = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < 0) nBelow++;
    else if (value > upper) nAbove++;
    else if (value === 0 || value === upper) nAtEnds++;
    else nBetween++;
  }
  const nValues = values.length;
  if (nBelow + nAbove > (1 - leastAgreement) * nValues) return undefined;
  // Counts and flags: "rate" may also be a number of stars.
  if (measure === 'share' && nBetween === 0) return undefined;
  if (!isNamed && !(nBelow + nAbove <= 0.01 * nValues && nAtEnds >= 0.05 * nValues))
    return undefined;
  if (!isNamed && nBetween < 0.1 * nValues) return undefined;
  return {
    kind: 'outside',
    column,
    measure,
    lower: 0,
    upper,
    nBelow,
    nAbove,
    nValues,
    min,
    max,
  } as const;
}

/**
 * Some negative values are told where the name says money, a count or a duration; or where hardly any are negative and 0
 * is an edge: values crowd right above it, or there is a wide gap between them and the negative ones. A bell that just
 * reaches below 0 has neither.
 */
function checkNegative(column: string, values: Float64Array, min: number): DomainFact[] {
  let count = 0;
  let nNear = 0;
  let highestNegative = -Infinity;
  let lowestOther = Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < 0) {
      count++;
      if (value > highestNegative) highestNegative = value;
    } else {
      if (value <= -min) nNear++;
      if (value < lowestOther) lowestOther = value;
    }
  }
  const fact = { kind: 'negative', column, count, nValues: values.length, extreme: min } as const;
  const share = count / values.length;
  if (looksLike('amount', column)) return share <= 1 - leastAgreement ? [fact] : [];
  if (share > 0.01 || values.length < 100) return [];
  const [q1, q3] = quantiles(values, [0.25, 0.75]);
  const isGap = lowestOther - highestNegative >= 1.5 * (q3 - q1) && q3 > q1;
  return isGap || nNear >= 50 * count ? [fact] : [];
}

/** A date is far from the others by more than five times the range of the middle half, and a year. */
const farInRanges = 5;
const millisecondsPerYear = 365.25 * 86_400_000;

function checkDates({ name, values }: DateColumn): DomainFact[] {
  const finite = finiteOf(values);
  if (finite.length < fewestValues) return [];
  const [q1, q3] = quantiles(finite, [0.25, 0.75]);
  const reach = Math.max(millisecondsPerYear, farInRanges * (q3 - q1));
  const [early, late] = [q1 - reach, q3 + reach];
  let nEarly = 0;
  let nLate = 0;
  let [first, last] = [Infinity, -Infinity];
  for (const value of finite) {
    if (value < early) nEarly++;
    else if (value > late) nLate++;
    else {
      if (value < first) first = value;
      if (value > last) last = value;
    }
  }
  const { min, max } = extent(finite);
  const bulk = [first, last] as const;
  // Where more than a few are far away, they are another group, not slips.
  const isFew = nEarly + nLate <= 0.05 * finite.length;
  return [
    { side: 'early', count: nEarly, extreme: min } as const,
    { side: 'late', count: nLate, extreme: max } as const,
  ].flatMap((found) =>
    isFew && found.count > 0 ? [{ kind: 'far-date', column: name, ...found, bulk } as const] : [],
  );
}

/** Told where the bound is kept nearly always. */
function checkRelation(
  column: NumberColumn | DateColumn,
  bound: NumberColumn | DateColumn,
): DomainFact[] {
  let count = 0;
  let nPairs = 0;
  for (let i = 0; i < column.values.length; i++) {
    const difference = column.values[i] - bound.values[i];
    if (Number.isNaN(difference)) continue;
    nPairs++;
    if (difference > 0) count++;
  }
  const isRare = count > 0 && count <= (1 - leastAgreement) * nPairs;
  if (!isRare || nPairs < fewestValues) return [];
  const [name, boundName] = [column.name, bound.name];
  return [
    { kind: 'exceeds', column: name, bound: boundName, columnKind: column.kind, count, nPairs },
  ];
}
