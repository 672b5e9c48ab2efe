import type { Knee } from '../judge/knee';
import { capitalise, counted, countInWords, formatCount } from '../words';

/** A piece of a sentence; `strong` pieces are what a hurried reader should see. */
export interface Span {
  readonly text: string;
  readonly strong?: true;
}

export interface StoryFacts {
  readonly nCustomers: number;
  /** "over all 17 columns": where segments were formed. */
  readonly where: string;
  /** Clusters that K-Means formed. */
  readonly nClusters: number;
  /** Segments that became of them. */
  readonly nSegments: number;
  readonly chosenBy: 'knee' | 'silhouette' | 'user' | 'limits';
  /** What else is to be said of the number, in sentences. */
  readonly notes: readonly string[];
  readonly knee: Knee | null;
  /** Mean silhouette at the chosen k; null for one segment. */
  readonly silhouette: number | null;
  /** The same over the columns, with words for that, where segments were formed elsewhere. */
  readonly elsewhere: { readonly silhouette: number; readonly where: string } | null;
  /** Mean silhouette by k, where there is one. */
  readonly silhouettes: readonly { readonly nClusters: number; readonly silhouette: number }[];
  readonly nStarts: number;
  readonly nStartsAtBest: number;
}

/** Silhouette below which groups overlap, and above which they are apart (Kaufman, Rousseeuw 1990, table 2.4). */
const weak = 0.25;
const strong = 0.5;

/** "four segments" */
export function segmentsInWords(nClusters: number): string {
  return `${countInWords(nClusters)} segment${nClusters === 1 ? '' : 's'}`;
}

/** What a reader should know before anything else: how far to trust the split, and why this number of segments. */
export function storyLead(facts: StoryFacts): Span[] {
  if (facts.silhouette === null) {
    return [{ text: 'With one segment there is nothing to compare: choose at least two.' }];
  }
  return [
    ...sharpness(facts.silhouette, facts),
    ...repeatability(facts),
    ...reasonForNumber(facts),
  ];
}

function sharpness(silhouette: number, { where, elsewhere }: StoryFacts): Span[] {
  const beside =
    elsewhere === null ? '' : `, but ${elsewhere.silhouette.toFixed(2)} ${elsewhere.where}`;
  const figure = `silhouette ${silhouette.toFixed(2)} of 1, ${where}${beside}`;
  if (silhouette >= strong) {
    return [
      { text: 'The segments are ' },
      { text: 'clearly apart', strong: true },
      { text: ` (${figure}). ` },
    ];
  }
  if (silhouette > weak) {
    return [
      { text: 'The segments are ' },
      { text: 'distinct, but touch', strong: true },
      { text: ` (${figure}). ` },
    ];
  }
  return [
    { text: 'The split is ' },
    { text: 'not sharp', strong: true },
    {
      text: `: neighbours overlap (${figure}), so treat the borders as a matter of degree. `,
    },
  ];
}

function repeatability({ nStarts, nStartsAtBest }: StoryFacts): Span[] {
  if (nStarts < 2) {
    return [{ text: 'It comes from a single random start: try more before relying on it. ' }];
  }
  if (nStartsAtBest === 0) {
    return [
      { text: 'None of ' },
      { text: `${nStarts} random starts`, strong: true },
      { text: ' found it unaided; it grew from the split with one segment more or less. ' },
    ];
  }
  const isEach = nStartsAtBest === nStarts;
  return [
    { text: `Begun ${counted(nStarts, 'time')} at random, the search ended in this same split ` },
    { text: isEach ? 'each time' : counted(nStartsAtBest, 'time'), strong: true },
    { text: isEach ? '. ' : ', otherwise in one that fits less well. ' },
  ];
}

function reasonForNumber(facts: StoryFacts): Span[] {
  const { nClusters, nSegments, chosenBy, notes, knee, silhouettes, silhouette } = facts;
  if (nSegments < nClusters) {
    const [before, after] = [nClusters, nSegments].map(countInWords);
    return [{ text: [`You merged ${before} segments into ${after}.`, ...notes].join(' ') }];
  }
  const runnerUp = bestOther(silhouettes, nClusters);
  const isBest = runnerUp === undefined || runnerUp.silhouette <= (silhouette ?? -1);
  // That of limits is the note.
  const why = chosenBy === 'limits' ? [] : [whyThisNumber(chosenBy, knee, nClusters)];
  const reason = [...why, ...notes].join(' ');
  if (isBest || runnerUp === undefined) return [{ text: reason }];
  const other = capitalise(countInWords(runnerUp.nClusters));
  const figures = `silhouette ${runnerUp.silhouette.toFixed(2)}`;
  const price = runnerUp.nClusters < nClusters ? ', but tell less' : '';
  return [{ text: `${reason} ${other} would lie further apart (${figures})${price}.` }];
}

function whyThisNumber(
  chosenBy: Exclude<StoryFacts['chosenBy'], 'limits'>,
  knee: Knee | null,
  nClusters: number,
): string {
  const number = countInWords(nClusters);
  if (chosenBy === 'user') return `You chose ${number}.`;
  if (chosenBy === 'silhouette' || knee === null) {
    return `The number ${number} has the best silhouette of those tried.`;
  }
  switch (knee.bend) {
    case 'clear':
      return `Each segment up to ${number} makes customers in one segment more alike; after that the gain clearly drops.`;
    case 'mild':
      return `Each segment up to ${number} makes customers in one segment more alike; after that the gain drops, but mildly.`;
    case 'none':
      return `The curve of the gain has no clear bend: ${number} is a working choice, not a discovery.`;
  }
}

function bestOther(silhouettes: StoryFacts['silhouettes'], nClusters: number) {
  return silhouettes
    .filter((candidate) => candidate.nClusters !== nClusters)
    .reduce<StoryFacts['silhouettes'][number] | undefined>(
      (best, candidate) =>
        best === undefined || candidate.silhouette > best.silhouette ? candidate : best,
      undefined,
    );
}

/** "8,950 customers fall into" */
export function headline(nCustomers: number): string {
  return `${formatCount(nCustomers)} customers fall into`;
}
