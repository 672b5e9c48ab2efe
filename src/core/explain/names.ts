import type { OverallColumn, SegmentProfile } from './profile';
import { capitalise, columnLabel, formatRatio, formatShare, formatValue } from './words';

type Draft = Omit<SegmentProfile, 'name' | 'sentence'>;

/** Below this many standard deviations a segment does not differ from the average customer in a column. */
const noticeable = 0.25;

/**
 * A name per segment from its strongest difference that no other segment's name uses: "High cash advances".
 * Nothing but the numbers goes in. Segments whose columns are all near the average are "Average customers".
 */
export function segmentNames(segments: readonly Draft[], overall: readonly OverallColumn[]): string[] {
  const taken = new Set<string>();
  const names = new Array<string>(segments.length);
  // The most distinct segment chooses first, so that the plainest name goes where it fits best.
  const byDistinctness = segments
    .map((_, c) => c)
    .sort((a, b) => strongest(segments[b]) - strongest(segments[a]) || a - b);
  for (const c of byDistinctness) {
    const free = candidates(segments[c], overall).find((name) => !taken.has(name));
    names[c] = free ?? unique('Average customers', taken);
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

/** One sentence on the two strongest differences, with the numbers they rest on. */
export function segmentSentence(
  { columns, differences }: Draft,
  overall: readonly OverallColumn[],
): string {
  const telling = differences.filter((j) => Math.abs(columns[j].effect) >= noticeable).slice(0, 2);
  if (telling.length === 0) return 'Close to the average customer in every column.';
  const parts = telling.map((j) => {
    const { mean, effect, ratio } = columns[j];
    const label = columnLabel(overall[j].name);
    const comparison = compare(effect, ratio);
    return `${label} ${formatValue(mean)} on average, ${comparison}`;
  });
  return `${capitalise(parts.join('; '))}.`;
}

function compare(effect: number, ratio: number | undefined): string {
  if (ratio === undefined) {
    const side = effect > 0 ? 'above' : 'below';
    return `${formatValue(Math.abs(effect))} standard deviations ${side} all customers`;
  }
  if (ratio >= 1.995) return `${formatRatio(ratio)} that of all customers`;
  const change = formatShare(Math.abs(ratio - 1));
  return ratio >= 1 ? `${change} more than all customers` : `${change} less than all customers`;
}
