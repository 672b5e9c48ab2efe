import { columnLabel, countInWords, formatShare, capitalise } from '../words';
import type { Personas } from './personas';
import type { Profile } from './profile';

/** From here on a segment brings so much more than its size that it is worth a sentence. */
const outOfProportion = 1.5;

/** What a reader should know of the segments as people to talk to. */
export function personasFinding({ personas, value, profile }: Personas): string {
  const nAdvised = personas.filter(({ advice }) => advice.length > 0).length;
  const told =
    nAdvised === personas.length
      ? 'Each segment stands out enough for advice of its own.'
      : nAdvised === 0
        ? 'No segment stands out enough for advice of its own.'
        : `${capitalise(countInWords(nAdvised))} of ${countInWords(personas.length)} segments stand out enough for advice of their own.`;
  const worth = value === null ? '' : worthSentence(profile.segments, value);
  const isEdited = profile.segments.some(({ generated }) => generated !== undefined);
  const source = isEdited
    ? 'What is not marked as yours comes from the numbers alone.'
    : 'Names, rules and advice come from the numbers alone.';
  return `${worth}${told} ${source}`;
}

function worthSentence(
  segments: Profile['segments'],
  { shares, column }: NonNullable<Personas['value']>,
): string {
  let most = 0;
  segments.forEach((segment, c) => {
    if (shares[c] / segment.share > shares[most] / segments[most].share) most = c;
  });
  const segment = segments.at(most);
  if (segment === undefined || shares[most] < outOfProportion * segment.share) return '';
  return `${segment.name}: ${formatShare(segment.share)} of the customers, ${formatShare(shares[most])} of all ${columnLabel(column)}. `;
}
