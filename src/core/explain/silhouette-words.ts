import type { SilhouetteProfiles } from '../judge/silhouette-profile';
import { counted, formatCount, formatShare } from '../words';

/** A segment has a weak edge where at least this share of it lies nearer to another one. */
const noticeable = 0.05;

/**
 * How many customers lie nearer to another segment, and where most of them are.
 *
 * @param names by segment
 * @param nCustomers all of them; more than were judged where there is a sample
 */
export function silhouetteSentence(
  { segments, nJudged }: SilhouetteProfiles,
  names: readonly string[],
  nCustomers: number,
): string {
  const nNegative = segments.reduce((sum, segment) => sum + segment.nNegative, 0);
  const whose =
    nJudged < nCustomers
      ? `Of a sample of ${formatCount(nJudged)} customers`
      : `Of ${counted(nJudged, 'customer')}`;
  if (nNegative === 0) return `${whose}, none lies nearer to another segment than to the own.`;
  const verb = nNegative === 1 ? 'lies' : 'lie';
  const begin = `${whose}, ${formatCount(nNegative)} (${formatShare(nNegative / nJudged)}) ${verb} nearer to another segment than to the own`;
  const shares = segments.map((segment) =>
    segment.nJudged > 0 ? segment.nNegative / segment.nJudged : 0,
  );
  const worst = shares.indexOf(Math.max(...shares));
  if (segments.length < 2 || shares[worst] < noticeable) return `${begin}.`;
  return `${begin}; the weakest edge has “${names[worst] ?? worst + 1}”, where it is ${formatShare(shares[worst])}.`;
}
