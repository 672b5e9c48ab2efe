import { counted, countInWords, formatCount, formatShare, listInWords } from '../words';
import { fateOf, type Fate, type Influence } from './influence';

/** Segments by what becomes of them, each told by the worst of its parts. */
export interface ToldInfluence {
  readonly sentences: readonly string[];
  /** By trial. */
  readonly trials: readonly {
    readonly share: number;
    readonly nLeftOut: number;
    /** By segment. */
    readonly segments: readonly {
      readonly nLeftOut: number;
      readonly jaccard: number;
      readonly fate: Fate;
    }[];
  }[];
}

/**
 * @param clusterOf by cluster of K-Means: index of its segment
 * @param names of the segments
 */
export function tellInfluence(
  { nRows, trials }: Influence,
  clusterOf: readonly number[],
  names: readonly string[],
): ToldInfluence {
  const told = trials.map(({ clusters, ...trial }) => ({
    ...trial,
    segments: names.map((_, segment) => {
      const parts = clusters.filter((__, c) => clusterOf[c] === segment);
      const jaccard = Math.min(...parts.map((part) => part.jaccard));
      const nLeftOut = parts.reduce((sum, part) => sum + part.nLeftOut, 0);
      return { nLeftOut, jaccard, fate: fateOf({ nLeftOut, jaccard }) };
    }),
  }));
  return { trials: told, sentences: sentencesOf(told, names, nRows) };
}

function sentencesOf(
  trials: ToldInfluence['trials'],
  names: readonly string[],
  nRows: number,
): string[] {
  const last = trials.at(-1);
  if (last === undefined) return ['There are too few customers to leave some of them out.'];
  const lost = names.flatMap((name, segment) => {
    const trial = trials.find(({ segments }) => segments[segment].fate === 'lost');
    if (trial === undefined) return [];
    const { nLeftOut } = trial.segments[segment];
    const some = `${counted(trial.nLeftOut, 'customer')} (${formatShare(trial.share)})`;
    const own =
      nLeftOut === 0
        ? 'none of them is in it'
        : nLeftOut === trial.nLeftOut
          ? 'all of them are in it'
          : `${formatCount(nLeftOut)} of them ${nLeftOut === 1 ? 'is' : 'are'} in it`;
    return [
      `“${name}” is there because of few: without the ${some} farthest from the average, no such segment is found (${own}).`,
    ];
  });
  const fatesOf = (segment: number) => trials.map(({ segments }) => segments[segment].fate);
  const stand = names.filter((_, segment) => fatesOf(segment).every((fate) => fate === 'found'));
  const changed = names.filter(
    (_, segment) => fatesOf(segment).includes('changed') && !fatesOf(segment).includes('lost'),
  );
  const farthest = `the ${formatCount(last.nLeftOut)} of ${counted(nRows, 'customer')} farthest from the average`;
  if (lost.length === 0 && stand.length === names.length) {
    return [`All ${countInWords(names.length)} segments are found again without ${farthest}.`];
  }
  const list = (some: readonly string[]) => listInWords(some.map((name) => `“${name}”`));
  return [
    ...lost,
    ...(stand.length === 0
      ? []
      : [
          `${list(stand)} ${stand.length === 1 ? 'is' : 'are'} found again even without ${farthest}.`,
        ]),
    ...(changed.length === 0
      ? []
      : [
          `${list(changed)} ${changed.length === 1 ? 'is' : 'are'} found again, but in part with other customers.`,
        ]),
  ];
}
