import { formatCount, formatShare, listInWords } from '../words';
import { thresholds } from '../judge/verdict';
import type { MapTrust, PairOnMap } from './map-trust';
import type { Projection } from './projection';

/** What a projection looks for, and what follows for whoever looks at it. Two sentences. */
export function projectionSentence(
  projection: Projection,
  { kept, discrimination }: { readonly kept: number; readonly discrimination: number | null },
  nClusters: number,
): string {
  switch (projection) {
    case 'pca':
      return `The two directions in which customers differ most. They keep ${formatShare(kept)} of the variation of all columns.`;
    case 'discriminant':
      return `The two directions that tell the segments apart best: chosen by the segments, it shows them as well apart as a flat picture can, and is no proof that they exist. ${discriminationSentence(discrimination, nClusters)} They keep ${formatShare(kept)} of the variation of all columns.`;
    case 'code':
      return `What a small network keeps of each customer when it may keep two numbers. It bends the space, so distances mean less than neighbours do; it keeps ${formatShare(kept)} of the variation of all columns.`;
  }
}

function discriminationSentence(discrimination: number | null, nClusters: number): string {
  if (discrimination === null || nClusters < 2)
    return 'There is one segment: nothing to tell apart.';
  if (nClusters === 2) {
    return 'Two segments are told apart by one direction, here from left to right; what lies up or down says nothing about them.';
  }
  if (nClusters === 3) return 'Three segments need no more than these two.';
  return `Of all that tells them apart, these two hold ${formatShare(discrimination)}.`;
}

/** By these numbers pairs are told to be apart or not. */
export const contactBands = { apart: 0.02, overlapping: 0.08 } as const;

export type Standing = 'apart' | 'touching' | 'overlapping';

/** How two segments stand to each other where so many of them are on the way to the other's centre. */
export function standingOf(share: number): Standing {
  if (share < contactBands.apart) return 'apart';
  return share < contactBands.overlapping ? 'touching' : 'overlapping';
}

/** Over all columns there must be room in the middle, too, as for a group that is called natural. */
export function standingInFull({ full, crowding }: Pick<PairOnMap, 'full' | 'crowding'>): Standing {
  const standing = standingOf(full);
  return standing === 'apart' && crowding > thresholds.crowding ? 'touching' : standing;
}

export const standingLabels: Readonly<Record<Standing, string>> = {
  apart: 'well apart',
  touching: 'touching',
  overlapping: 'running into each other',
};

const rank: Readonly<Record<Standing, number>> = { apart: 0, touching: 1, overlapping: 2 };

/** Numbers on both sides of a band's edge may be nearly the same: from such a difference on, something is said. */
const clear = 0.02;

/** Of how many pairs that look wrong something is said. */
const mostPairs = 3;

/**
 * Where the map looks clearly other than it is, the strongest differences first; one sentence where it does not.
 *
 * @param names of the segments
 */
export function pairSentences(
  { pairs, nFeatures }: Pick<MapTrust, 'pairs' | 'nFeatures'>,
  names: readonly string[],
): string[] {
  if (pairs.length === 0) return [];
  const space = `in ${allColumns(nFeatures)}`;
  const wrong = pairs
    .map((pair) => {
      const [seen, is] = [standingOf(pair.picture), standingInFull(pair)];
      return { pair, seen, is, by: rank[seen] - rank[is] };
    })
    .filter(({ pair, by }) => by !== 0 && Math.abs(pair.picture - pair.full) >= clear)
    .sort(
      (one, other) =>
        Math.abs(other.by) - Math.abs(one.by) ||
        Math.abs(other.pair.picture - other.pair.full) - Math.abs(one.pair.picture - one.pair.full),
    );
  if (wrong.length === 0) {
    return [
      pairs.length === 1
        ? `The map shows the two segments about as near to each other as they are ${space}: ${standingLabels[standingInFull(pairs[0])]}.`
        : `Each of the ${formatCount(pairs.length)} pairs of segments stands here about as it does ${space}.`,
    ];
  }
  const sentences = wrong.slice(0, mostPairs).map(({ pair, seen, is, by }) => {
    const both = `${names[pair.a]} and ${names[pair.b]}`;
    return `${both} look ${looks[seen]} here, ${by > 0 ? 'but are' : 'and yet are'} ${by > 0 && is === 'touching' ? 'only touching' : standingLabels[is]} ${space}.`;
  });
  const more = wrong.length - sentences.length;
  if (more > 0) {
    sentences.push(
      `${more === 1 ? 'One more pair looks' : `${formatCount(more)} more pairs look`} other here than ${more === 1 ? 'it is' : 'they are'}: see the table.`,
    );
  }
  return sentences;
}

const looks: Readonly<Record<Standing, string>> = {
  apart: 'well apart',
  touching: 'as if they touched',
  overlapping: 'overlapping',
};

/** How far the neighbours on the map can be believed, with the numbers. */
export function neighbourSentence({
  neighbourhood,
  nRowsInAll,
}: Pick<MapTrust, 'neighbourhood' | 'nRowsInAll'>): string {
  if (neighbourhood === null) return 'There are too few customers to speak of neighbours.';
  const { nNeighbours, nRows } = neighbourhood;
  // Judged by what is shown, so that no number contradicts its words.
  const [trustworthiness, continuity] = [
    Number(hundredths(neighbourhood.trustworthiness)),
    Number(hundredths(neighbourhood.continuity)),
  ];
  const sample =
    nRows < nRowsInAll
      ? `; judged by ${formatCount(nRows)} of ${formatCount(nRowsInAll)} customers, drawn at random`
      : '';
  return `${believe(trustworthiness)}: trustworthiness ${hundredths(trustworthiness)}. ${found(continuity)}: continuity ${hundredths(continuity)} (1 is perfect, about 0.5 is chance; ${formatCount(nNeighbours)} neighbours${sample}).`;
}

/** Bands of ours: what a reader of the picture can do with it. */
function believe(trustworthiness: number): string {
  if (trustworthiness >= 0.95) return 'Who lies close together here is alike';
  if (trustworthiness >= 0.85) return 'Who lies close together here is mostly alike';
  if (trustworthiness >= 0.7) return 'Many who lie close together here are not alike';
  return 'Who lies close together here need not be alike at all';
}

function found(continuity: number): string {
  if (continuity >= 0.95) return 'Who is alike lies close together';
  if (continuity >= 0.85) return 'Who is alike mostly lies close together';
  return 'Many who are alike are torn apart';
}

/** The silhouettes in both spaces, each by its name. */
export function silhouetteSentence(
  silhouette: MapTrust['silhouette'],
  nFeatures: number,
): string | null {
  if (silhouette === null) return null;
  const { picture, full } = silhouette;
  const space = `over ${allColumns(nFeatures)}`;
  const both = `Silhouette of the segments on this map ${hundredths(picture)}, ${space} ${hundredths(full)}`;
  if (picture - full > 0.05) return `${both}: the map flatters them.`;
  if (full - picture > 0.05) return `${both}: they are more distinct than the map shows.`;
  return `${both}: the map is fair to them.`;
}

function allColumns(nFeatures: number): string {
  return nFeatures === 1 ? 'the one column' : `all ${formatCount(nFeatures)} columns`;
}

function hundredths(value: number): string {
  return value.toFixed(2);
}

/** A direction by the feature that goes along with it most: "More purchases", "First number of the code". */
export function directionTitle(
  label: string,
  isLevel: boolean,
  correlation: number,
  direction: 0 | 1,
): string {
  if (correlation < faint) return direction === 0 ? 'First direction' : 'Second direction';
  return `${isLevel ? 'More often' : 'More'} ${label}`;
}

/** A correlation below it does not give a direction its name. */
const faint = 0.4;

/** What goes along with both directions, for a reader's first question: what is right, what is up? */
export function directionsSentence(
  labels: readonly [string, string],
  correlations: readonly [number, number],
): string {
  const parts = labels.map(
    (label, d) =>
      `${d === 0 ? 'to the right' : 'upwards'} ${label} (correlation ${hundredths(correlations[d])})`,
  );
  return `What goes along with the directions most: ${listInWords(parts)}.`;
}

/** What there is to say about a map, with its numbers. */
export function mapSentences(trust: MapTrust, names: readonly string[]): string[] {
  const silhouette = silhouetteSentence(trust.silhouette, trust.nFeatures);
  return [
    neighbourSentence(trust),
    ...(silhouette === null ? [] : [silhouette]),
    ...pairSentences(trust, names),
  ];
}
