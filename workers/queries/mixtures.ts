import { featureLabel } from '../../src/core/explain/feature-words';
import { mixtureNumbers as fitNumbers, softenSegments } from '../../src/core/judge/soft-segments';
import { numbersSentence, softSentences } from '../../src/core/judge/soft-words';
import type { CovarianceType } from '../../src/core/learn/gaussian-mixture';
import { overSpace } from '../../src/core/reduce/space-words';
import type { Answer, Known } from './known';

export const mixture: Answer<'mixture'> = async ({ covarianceType }, known) => {
  const { features } = await known.outputOf('encode');
  const { X, transformation } = await known.outputOf('space');
  const { soft } = await softened(covarianceType, known);
  const kind = transformation?.kind ?? 'scaled';
  const labels =
    kind === 'scaled'
      ? features.map(featureLabel)
      : Array.from({ length: X.nFeatures }, (_, m) =>
          kind === 'components' ? `component ${m + 1}` : `number ${m + 1} of the code`,
        );
  const where = overSpace({ kind, nNumbers: X.nFeatures });
  return { ...soft, sentences: softSentences(soft, labels, where) };
};

export const mixtureNumbers: Answer<'mixtureNumbers'> = async ({ covarianceType }, known) => {
  const { X } = await known.outputOf('space');
  const { fits } = await known.outputOf('sweep');
  const { fit } = await known.outputOf('cluster');
  const { seed } = known.recipe.sweep;
  const near = fits.filter(({ nClusters }) => Math.abs(nClusters - fit.nClusters) <= 2);
  const numbers = await known.remember(`mixture numbers ${covarianceType}`, () =>
    fitNumbers(X, near, covarianceType, seed, known.ctx),
  );
  return { numbers, sentence: numbersSentence(numbers) };
};

/** In the space that segments were formed in. */
export function softened(covarianceType: CovarianceType, known: Known) {
  return known.remember(`mixture ${covarianceType}`, async () => {
    const { X } = await known.outputOf('space');
    const { fit } = await known.outputOf('cluster');
    return softenSegments(X, fit, covarianceType, known.recipe.sweep.seed, known.ctx);
  });
}
