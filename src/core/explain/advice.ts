import { matchColumns } from '../table/match-columns';
import { capitalise, columnLabel, formatRatio, formatShare, formatValue } from '../words';
import {
  creditCardColumns,
  creditCardRules,
  type Condition,
  type CreditCardColumn,
} from './advice-rules';
import type { ColumnProfile, OverallColumn, SegmentProfile } from './profile';

/** What could be done about a segment, with the numbers that speak for it. */
export interface Advice {
  /** Of the rule. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** "Purchases 7,682 against 1,003 (7.7×)", one for each number that the rule looked at. */
  readonly because: readonly string[];
  /** The smallest effect among the conditions that ask for a difference, in standard deviations. */
  readonly strength: number;
}

/** Advice for one segment, at most. */
const most = 3;
/** From here on a difference in a column that no rule speaks of is worth a word. */
const notable = 0.8;
/** So many of the columns that the rules speak of make a file one of credit cards. */
const enoughColumns = 5;

/**
 * Advice from the numbers of a segment alone: rules for credit cards where the columns are there, otherwise by direction
 * and strength of the largest differences. Nothing is said about a segment that is near the average.
 */
export function adviseSegment(
  segment: Pick<SegmentProfile, 'columns' | 'differences'>,
  overall: readonly OverallColumn[],
): Advice[] {
  const places = creditCardPlaces(overall);
  const found =
    places.size >= enoughColumns
      ? byRules(segment, overall, places)
      : byDifferences(segment, overall);
  return found.sort((a, b) => b.strength - a.strength).slice(0, most);
}

/** Feature index of each column that rules speak of and that is there. */
function creditCardPlaces(overall: readonly OverallColumn[]): Map<CreditCardColumn, number> {
  const names = overall.map(({ name }) => name);
  const { matches } = matchColumns(creditCardColumns, names);
  return new Map(
    matches.flatMap(({ found, how }, at) =>
      found === null || how === 'proposed'
        ? []
        : [[creditCardColumns[at], names.indexOf(found)] as const],
    ),
  );
}

function byRules(
  { columns }: Pick<SegmentProfile, 'columns'>,
  overall: readonly OverallColumn[],
  places: ReadonlyMap<CreditCardColumn, number>,
): Advice[] {
  return creditCardRules.flatMap(({ id, title, text, when }): Advice[] => {
    const because: string[] = [];
    let strength = Infinity;
    for (const condition of when) {
      const j = places.get(condition.column);
      if (j === undefined || !holds(condition, columns[j])) return [];
      because.push(evidence(overall[j], columns[j]));
      if (asksForDifference(condition)) strength = Math.min(strength, Math.abs(columns[j].effect));
    }
    return [{ id, title, text, because, strength }];
  });
}

function holds({ effectFrom, effectTo, ratioTo }: Condition, { effect, ratio }: ColumnProfile) {
  return (
    (effectFrom === undefined || effect >= effectFrom) &&
    (effectTo === undefined || effect <= effectTo) &&
    (ratioTo === undefined || (ratio !== undefined && ratio <= ratioTo))
  );
}

/** Not a mere "and it is not high". */
function asksForDifference({ effectFrom, effectTo }: Condition): boolean {
  return effectFrom !== undefined || (effectTo !== undefined && effectTo < 0);
}

function byDifferences(
  { columns, differences }: Pick<SegmentProfile, 'columns' | 'differences'>,
  overall: readonly OverallColumn[],
): Advice[] {
  return differences
    .filter((j) => Math.abs(columns[j].effect) >= notable)
    .slice(0, most)
    .map((j): Advice => {
      const isHigh = columns[j].effect > 0;
      const label = columnLabel(overall[j].name);
      return {
        id: `${isHigh ? 'high' : 'low'}-${j}`,
        title: isHigh ? `Address them by ${label}` : `Do not count on ${label}`,
        text: isHigh
          ? `An offer or a message about ${label} concerns them more than other customers.`
          : `An offer about ${label} reaches few of them; if it should grow, this is where there is room.`,
        because: [evidence(overall[j], columns[j])],
        strength: Math.abs(columns[j].effect),
      };
    });
}

function evidence({ name, from, mean: average }: OverallColumn, { mean, ratio }: ColumnProfile) {
  const format = from.kind === 'number' ? formatValue : formatShare;
  const times = ratio === undefined || from.kind !== 'number' ? '' : ` (${formatRatio(ratio)})`;
  return `${capitalise(columnLabel(name))} ${format(mean)} against ${format(average)}${times}`;
}
