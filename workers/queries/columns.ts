import { previewDerived } from '../../src/core/derive/preview';
import { describeOutside } from '../../src/core/explain/described';
import { describedNote, describedSentences } from '../../src/core/explain/described-words';
import { outlierCounts } from '../../src/core/explore/outlier-counts';
import { pairOf } from '../../src/core/explore/pair';
import { offerPowers } from '../../src/core/features/power-offer';
import type { Answer } from './known';

export const pair: Answer<'pair'> = async ({ a, b }, known) => {
  const { table } = await known.outputOf('derive');
  return pairOf(table, a, b, known.ctx);
};

export const outliers: Answer<'outliers'> = async ({ columns, rules }, known) => {
  const { table } = await known.outputOf('derive');
  return outlierCounts(table, columns, known.ctx, rules);
};

export const described: Answer<'described'> = async (_, known) => {
  const { table } = await known.outputOf('derive');
  const { roles, rows } = await known.outputOf('clean');
  const { fit } = await known.outputOf('cluster');
  const { segments } = await known.outputOf('profile');
  const found = await known.remember('described', () =>
    describeOutside(table, roles, rows, fit.labels, fit.nClusters, known.ctx),
  );
  const names = segments.map(({ name }) => name);
  return { ...found, sentences: describedSentences(found, names), note: describedNote(found) };
};

export const derived: Answer<'derived'> = async (wanted, known) => {
  const { table } = await known.outputOf('derive');
  return previewDerived(table, wanted);
};

export const powers: Answer<'powers'> = async (_, known) => {
  const { features, values } = await known.outputOf('encode');
  return offerPowers(features, values, known.ctx);
};
