import {
  capitalise,
  columnLabel,
  counted,
  countInWords,
  formatCount,
  formatShare,
  listInWords,
} from '../words';
import { closeEnough, type FewestFields } from './fewest-fields';

/** The fields by the name of their column. */
export interface NamedFields extends FewestFields {
  /** By group. */
  readonly columns: readonly string[];
}

/** A short form that is right for so many is worth its name. */
const goodForm = 0.9;

/** The number of fields that a short form begins with: the fewest that are right for nine in ten, else what is enough. */
export function firstChoice({ steps, nEnough }: FewestFields): number {
  const good = steps.findIndex(({ accuracy }) => accuracy >= goodForm);
  return good >= 0 ? good + 1 : (nEnough ?? steps.length);
}

/** Which few fields a form could do with, how good they are, and how many come close to all. */
export function fewestFinding(found: NamedFields): string {
  const { steps, allAccuracy, nEnough, columns, nTest } = found;
  const nFirst = firstChoice(found);
  const { groups, accuracy } = steps[nFirst - 1];
  const which = groups.map((group) => columnLabel(columns[group]));
  const listed = capitalise(listInWords(which.slice(0, 8), which.length));
  const tested = `${formatCount(nTest)} customers who had no part in the choice`;
  const first = `${listed} ${nFirst === 1 ? 'tells' : 'tell'} the segment of ${formatShare(accuracy)} of ${tested}.`;
  const all = `all ${countInWords(columns.length)} (${formatShare(allAccuracy)})`;
  const within = `within ${countInWords(Math.round(100 * closeEnough))} points of ${all}`;
  if (nEnough === null)
    return `${first} ${steps.length === 1 ? 'One field does' : `Up to ${countInWords(steps.length)} fields do`} not come ${within}.`;
  if (nEnough <= nFirst) return `${first} That is ${within}.`;
  return nEnough === columns.length
    ? `${first} Nothing short of all fields comes ${within}.`
    : `${first} It takes ${countInWords(nEnough)} to come ${within}.`;
}

/** What is asked for beside what one field less asks for: "Balance", "Payments, purchases; without balance". */
export function changeOfFields({ steps, columns }: NamedFields, at: number): string {
  const before = at === 0 ? [] : steps[at - 1].groups;
  const { groups } = steps[at];
  const named = (some: readonly number[]) =>
    some.map((group) => columnLabel(columns[group])).join(', ');
  const added = capitalise(named(groups.filter((group) => !before.includes(group))));
  const dropped = named(before.filter((group) => !groups.includes(group)));
  return dropped === '' ? added : `${added}; without ${dropped}`;
}

/** Of a short form with the first fields: "Three fields tell the segment of 87 % of customers." */
export function shortFormSentence(found: NamedFields, nFields: number): string {
  const { steps, allAccuracy } = found;
  const { accuracy } = steps[nFields - 1];
  const less = allAccuracy - accuracy;
  const lost =
    less <= 0
      ? 'as many as with all fields'
      : `${(100 * less).toFixed(1)} points fewer than with all fields`;
  return `With ${counted(nFields, 'field')} the segment of ${formatShare(accuracy)} of customers is told right, ${lost}; ${wrongOf(accuracy)}`;
}

function wrongOf(accuracy: number): string {
  const wrong = 1 - accuracy;
  if (wrong < 0.0005) return 'hardly anybody gets a wrong one.';
  const oneIn = Math.round(1 / wrong);
  return oneIn >= 2
    ? `about one in ${formatCount(oneIn)} gets a wrong one.`
    : 'most get a wrong one.';
}
