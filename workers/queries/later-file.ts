import { moversAnswer } from '../movers';
import { comparePeriods, driftReference as readReference } from '../next-period';
import type { Answer } from './known';

export const driftReference: Answer<'driftReference'> = (_, known) => {
  return readReference(known);
};

export const nextPeriod: Answer<'nextPeriod'> = async (later, known) => {
  const { next, scored } = await comparePeriods(later, known);
  return { next, scored };
};

export const movers: Answer<'movers'> = async ({ from, to, ...later }, known) => {
  const compared = await comparePeriods(later, known);
  return moversAnswer(compared, from, to);
};
