import type { StepId } from '../core/plan';

/** What the worker is doing, for people. */
export const stepWords: Record<StepId, string> = {
  read: 'Reading the file',
  derive: 'Computing columns',
  clean: 'Cleaning',
  encode: 'Turning categories into numbers',
  scale: 'Bringing columns to a common scale',
  pca: 'Finding the main directions',
  space: 'Preparing what segments are formed from',
  sweep: 'Trying numbers of segments',
  cluster: 'Forming segments',
  profile: 'Describing segments',
  tree: 'Learning rules that recognise them',
  model: 'Putting the model together',
  ward: 'Asking another method (Ward)',
  agreement: 'Comparing both methods',
  personas: 'Finding rules and typical customers',
  explore: 'Looking at the columns',
  evidence: 'Testing how far the segments can be trusted',
  trust: 'Weighing the evidence',
};
