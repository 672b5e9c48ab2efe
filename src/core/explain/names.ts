import type { ColumnProfile, OverallColumn, SegmentProfile } from './profile';
import { capitalise, formatShare, listInWords } from '../words';
import { featureLabel, isLevel } from './feature-words';
import { freeName } from './segment-edits';

type Draft = Omit<SegmentProfile, 'name' | 'sentence' | 'generated' | 'advice'>;

/** Below this many standard deviations a segment does not differ from the average customer in a column. */
const noticeable = 0.25;

/**
 * A name per segment from its strongest difference that no other segment's name uses: "High cash advances", "Mostly
 * Region: North"; where all are used, the strongest one with a number. Nothing but the numbers goes in. Segments whose columns are all near the
 * average are "Average customers".
 */
export function segmentNames(
  segments: readonly Draft[],
  overall: readonly OverallColumn[],
): string[] {
  const taken = new Set<string>();
  const names = new Array<string>(segments.length);
  // The most distinct segment chooses first, so that the plainest name goes where it fits best.
  const byDistinctness = segments
    .map((_, c) => c)
    .sort((a, b) => strongest(segments[b]) - strongest(segments[a]) || a - b);
  for (const c of byDistinctness) {
    const telling = candidates(segments[c], overall);
    const free = telling.find((name) => !taken.has(name));
    names[c] = free ?? freeName(telling.at(0) ?? 'Average customers', taken);
    taken.add(names[c]);
  }
  return names;
}

function strongest({ columns, differences }: Draft): number {
  return Math.abs(columns[differences[0]].effect);
}

function candidates({ columns, differences }: Draft, overall: readonly OverallColumn[]): string[] {
  const telling = differences.filter((j) => Math.abs(columns[j].effect) >= noticeable);
  const isLack = (j: number) => isLevel(overall[j]) && columns[j].effect < 0;
  // What customers have says more than what they lack.
  return [...telling.filter((j) => !isLack(j)), ...telling.filter(isLack)].map(
    (j) => `${degreeOf(overall[j], columns[j])} ${featureLabel(overall[j])}`,
  );
}

function degreeOf(feature: OverallColumn, { effect, mean }: ColumnProfile): string {
  if (!isLevel(feature)) return effect > 0 ? 'High' : 'Low';
  if (effect > 0) return mean > 0.5 ? 'Mostly' : 'More often';
  return mean === 0 ? 'Never' : 'Less often';
}

/**
 * Features by falling effect, one for each category: a level that customers have tells why they lack the others.
 */
export function distinctDifferences(
  { columns, differences }: Pick<Draft, 'columns' | 'differences'>,
  overall: readonly OverallColumn[],
): number[] {
  const strongestLevel = new Map<string, number>();
  for (const j of differences) {
    const { column } = overall[j].from;
    const before = strongestLevel.get(column);
    const isBetter = before === undefined || (columns[before].effect < 0 && isHad(columns[j]));
    if (isLevel(overall[j]) && isBetter) strongestLevel.set(column, j);
  }
  return differences.filter(
    (j) => !isLevel(overall[j]) || strongestLevel.get(overall[j].from.column) === j,
  );
}

function isHad({ effect }: ColumnProfile): boolean {
  return effect >= noticeable;
}

/** From this many standard deviations on a difference is "much", and "far" more or less. */
const much = 0.75;
const far = 1.5;

/**
 * A sentence on the three strongest differences: what is higher, what is lower, and how strongly; the numbers stand
 * beside it. Of levels the shares are told.
 */
export function segmentSentence(draft: Draft, overall: readonly OverallColumn[]): string {
  const { columns } = draft;
  const telling = distinctDifferences(draft, overall)
    .filter((j) => Math.abs(columns[j].effect) >= noticeable)
    .slice(0, 3);
  if (telling.length === 0) return 'Close to the average customer in every column.';
  const sentences = [
    { of: telling.filter((j) => !isLevel(overall[j])), say: sayNumbers },
    { of: telling.filter((j) => isLevel(overall[j])), say: sayLevels },
  ];
  return sentences
    .filter(({ of }) => of.length > 0)
    .sort((a, b) => telling.indexOf(a.of[0]) - telling.indexOf(b.of[0]))
    .map(({ of, say }) => `${capitalise(say(of, columns, overall))}.`)
    .join(' ');
}

type Say = (
  telling: readonly number[],
  columns: Draft['columns'],
  overall: readonly OverallColumn[],
) => string;

/** "far higher purchases and lower payments than all customers on average" */
const sayNumbers: Say = (telling, columns, overall) => {
  const side = (isHigh: boolean) => {
    const members = telling.filter((j) => columns[j].effect > 0 === isHigh);
    if (members.length === 0) return [];
    const weakest = Math.min(...members.map((j) => Math.abs(columns[j].effect)));
    const degree = weakest >= far ? 'far ' : weakest >= much ? 'much ' : '';
    const labels = members.map((j) => featureLabel(overall[j]));
    return [`${degree}${isHigh ? 'higher' : 'lower'} ${listInWords(labels)}`];
  };
  const isHighFirst = columns[telling[0]].effect > 0;
  return `${listInWords([...side(isHighFirst), ...side(!isHighFirst)])} than all customers on average`;
};

/** "Region: North for 62 % against 24 % of all customers" */
const sayLevels: Say = (telling, columns, overall) => {
  const [first, ...more] = telling.map(
    (j) =>
      [
        `${featureLabel(overall[j])} for ${formatShare(columns[j].mean)}`,
        formatShare(overall[j].mean),
      ] as const,
  );
  const rest = more.map(([own, all]) => `${own} against ${all}`);
  return listInWords([`${first[0]} against ${first[1]} of all customers`, ...rest]);
};
