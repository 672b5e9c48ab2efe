import { columnName } from '../../core/explore/column-name';
import type { FindingKind } from '../../core/explore/findings';
import type { DecileGroup, MeasuresPair } from '../../core/explore/pair-measures';
import { formatCorrelation } from '../../core/explore/redundancy-sentences';
import type { ColumnSummary } from '../../core/explore/summary';
import type { Role } from '../../core/table/roles';
import { dateText } from '../../core/table/table';
import { counted, formatShare, formatValue } from '../../core/words';

/** What a finding is about, in a word or two. */
export const findingWords: Record<FindingKind, string> = {
  concentration: 'Spread',
  tail: 'Long tail',
  zeros: 'Zeros',
  'one-value': 'One value',
  missing: 'Missing',
  'missing-reason': 'Missing',
  domain: 'Odd values',
  redundant: 'Counted twice',
  together: 'Together',
  curved: 'Together',
  opposite: 'Opposite',
  groups: 'By group',
  levels: 'By group',
};

export const roleWords: Record<Role, string> = {
  cluster: 'forms segments',
  describe: 'describes only',
  id: 'names the customer',
  ignore: 'left out',
};

/** A number or a date as it is written: dates in milliseconds, to the day. */
export function valueInWords(value: number, kind: 'number' | 'date'): string {
  if (kind === 'number') return formatValue(value);
  return Number.isFinite(value) ? dateText(value).slice(0, 10) : '–';
}

/** What a column holds, in a sentence or two. */
export function summaryInWords(summary: ColumnSummary): string {
  const { count, missing } = summary;
  if (count === 0) return 'No row has a value.';
  const values = `${counted(count, 'value')}${missing > 0 ? `, ${counted(missing, 'missing', 'missing')}` : ''}`;
  switch (summary.kind) {
    case 'number': {
      if (count === summary.nInfinite) return `${values}, all too large to compute with.`;
      const { q1, q3, min, max } = summary.statistics;
      if (min === max) return `${values}, all of them ${formatValue(min)}.`;
      return `${values}, from ${formatValue(min)} to ${formatValue(max)}. The middle half lies between ${formatValue(q1)} and ${formatValue(q3)}.`;
    }
    case 'date': {
      const [first, last] = [summary.first, summary.last].map((at) => valueInWords(at, 'date'));
      return `${values}, from ${first} to ${last}.`;
    }
    case 'category':
    case 'text':
      return `${values}, ${distinctInWords(summary)}.`;
  }
}

export function distinctInWords({ distinct, count }: ColumnSummary): string {
  if (distinct.isCapped) return `over ${formatValue(distinct.count)} different`;
  if (distinct.count === count && count > 1) return 'all different';
  return distinct.count === 1 ? 'all the same' : `${formatValue(distinct.count)} different`;
}

/** How two columns go together: "Clearly together". */
export function strengthInWords(correlation: number): string {
  const size = Math.abs(correlation);
  if (Number.isNaN(correlation)) return 'One of the two does not vary';
  if (size < 0.1) return 'Hardly related';
  const how =
    size < 0.3 ? 'Weakly' : size < 0.5 ? 'Moderately' : size < 0.7 ? 'Clearly' : 'Strongly';
  return `${how} ${correlation > 0 ? 'together' : 'opposite'}`;
}

/** What the picture of two columns of numbers shows, in a few sentences. */
export function measuresInWords(
  pair: MeasuresPair,
  kinds: { readonly a: 'number' | 'date'; readonly b: 'number' | 'date' },
): string {
  const { a, b, n, pearson, spearman, byDecile } = pair;
  if (n === 0) return 'No row has both values.';
  const larger = Math.abs(spearman) > Math.abs(pearson) ? spearman : pearson;
  const known = Number.isNaN(pearson)
    ? ''
    : `: correlation ${formatCorrelation(pearson)}, of the ranks ${formatCorrelation(spearman)}`;
  return `${strengthInWords(larger)}${known}. ${endsInWords(byDecile, columnName(a), columnName(b), kinds)}`.trim();
}

function endsInWords(
  groups: readonly DecileGroup[],
  a: string,
  b: string,
  kinds: { readonly a: 'number' | 'date'; readonly b: 'number' | 'date' },
): string {
  const [low, high] = [groups.at(0), groups.at(-1)];
  if (low === undefined || high === undefined || low === high) return '';
  const ofA = (value: number) => valueInWords(value, kinds.a);
  const ofB = (value: number) => valueInWords(value, kinds.b);
  const lowest = low.from === low.to ? ofA(low.to) : `${ofA(low.to)} or less`;
  const highest = high.from === high.to ? ofA(high.from) : `${ofA(high.from)} or more`;
  return `The median of ${b} is ${ofB(low.median)} where ${a} is ${lowest}, and ${ofB(high.median)} where it is ${highest}.`;
}

/** @param etaSquared in [0, 1]; NaN where the numbers do not vary */
export function etaInWords(etaSquared: number, a: string, b: string): string {
  if (Number.isNaN(etaSquared)) return `${columnName(b)} does not vary.`;
  return `${columnName(a)} explains ${formatShare(etaSquared)} of the variance of ${columnName(b)}${etaSquared < 0.005 ? '' : ` (η² = ${etaSquared.toFixed(2)})`}.`;
}

/** @param cramersV in [0, 1]; NaN where one of the two has one level */
export function cramerInWords(cramersV: number): string {
  if (Number.isNaN(cramersV)) return 'One of the two has one value only.';
  const how =
    cramersV < 0.1
      ? 'Hardly related'
      : cramersV < 0.3
        ? 'Weakly related'
        : cramersV < 0.5
          ? 'Clearly related'
          : 'Strongly related';
  return `${how}: Cramér’s V is ${cramersV.toFixed(2)}, where 0 is not at all and 1 is one from the other.`;
}
