import type { OverallColumn, SegmentProfile } from './profile';
import { capitalise, columnLabel, listInWords } from '../words';

type Draft = Omit<SegmentProfile, 'name' | 'sentence'>;

/** Below this many standard deviations a segment does not differ from the average customer in a column. */
const noticeable = 0.25;

/**
 * A name per segment from its strongest difference that no other segment's name uses: "High cash advances"; where all
 * are used, the strongest one with a number. Nothing but the numbers goes in. Segments whose columns are all near the
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
    names[c] = free ?? unique(telling.at(0) ?? 'Average customers', taken);
    taken.add(names[c]);
  }
  return names;
}

function strongest({ columns, differences }: Draft): number {
  return Math.abs(columns[differences[0]].effect);
}

function candidates({ columns, differences }: Draft, overall: readonly OverallColumn[]): string[] {
  return differences
    .filter((j) => Math.abs(columns[j].effect) >= noticeable)
    .map((j) => `${columns[j].effect > 0 ? 'High' : 'Low'} ${columnLabel(overall[j].name)}`);
}

function unique(name: string, taken: ReadonlySet<string>): string {
  for (let n = 2, candidate = name; ; n++) {
    if (!taken.has(candidate)) return candidate;
    candidate = `${name} ${n}`;
  }
}

/** From this many standard deviations on a difference is "much", and "far" more or less. */
const much = 0.75;
const far = 1.5;

/**
 * One sentence on the three strongest differences: what is higher, what is lower, and how strongly. The numbers stand
 * beside it.
 */
export function segmentSentence(
  { columns, differences }: Draft,
  overall: readonly OverallColumn[],
): string {
  const telling = differences.filter((j) => Math.abs(columns[j].effect) >= noticeable).slice(0, 3);
  if (telling.length === 0) return 'Close to the average customer in every column.';
  const side = (isHigh: boolean) => {
    const members = telling.filter((j) => columns[j].effect > 0 === isHigh);
    if (members.length === 0) return [];
    const weakest = Math.min(...members.map((j) => Math.abs(columns[j].effect)));
    const degree = weakest >= far ? 'far ' : weakest >= much ? 'much ' : '';
    const labels = members.map((j) => columnLabel(overall[j].name));
    return [`${degree}${isHigh ? 'higher' : 'lower'} ${listInWords(labels)}`];
  };
  const isHighFirst = columns[telling[0]].effect > 0;
  return `${capitalise(listInWords([...side(isHighFirst), ...side(!isHighFirst)]))} than all customers on average.`;
}
