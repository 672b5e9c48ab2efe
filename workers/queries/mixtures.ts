import { featureLabel } from '../../src/core/explain/feature-words';
import { mixtureNumbers as fitNumbers, softenSegments } from '../../src/core/judge/soft-segments';
import { numbersSentence, softSentences } from '../../src/core/judge/soft-words';
import type { CovarianceType } from '../../src/core/learn/gaussian-mixture';
import type { Answer, Known } from './known';

export const mixture: Answer<'mixture'> = async ({ covarianceType }, known) => {
  const { features } = await known.outputOf('encode');
  const { soft } = await softened(covarianceType, known);
  return { ...soft, sentences: softSentences(soft, features.map(featureLabel)) };
};

export const mixtureNumbers: Answer<'mixtureNumbers'> = async ({ covarianceType }, known) => {
  const { X } = await known.outputOf('scale');
  const { fits } = await known.outputOf('sweep');
  const { fit } = await known.outputOf('cluster');
  const { seed } = known.recipe.sweep;
  const near = fits.filter(({ nClusters }) => Math.abs(nClusters - fit.nClusters) <= 2);
  const numbers = await known.remember(`mixture numbers ${covarianceType}`, () =>
    fitNumbers(X, near, covarianceType, seed, known.ctx),
  );
  return { numbers, sentence: numbersSentence(numbers) };
};

export function softened(covarianceType: CovarianceType, known: Known) {
  return known.remember(`mixture ${covarianceType}`, async () => {
    const { X } = await known.outputOf('scale');
    const { fit } = await known.outputOf('cluster');
    return softenSegments(X, fit, covarianceType, known.recipe.sweep.seed, known.ctx);
  });
}
