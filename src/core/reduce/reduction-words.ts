import { likeness } from '../judge/comparison-words';
import { formatRatio } from '../words';
import type { ReductionComparison } from './compare-reductions';

/** Which of the two keeps more, in a sentence. */
export function errorSentence({ codeSize, autoencoder, pca }: ReductionComparison): string {
  const ratio = pca.error / autoencoder.error;
  const what = `Told by ${codeSize} numbers`;
  if (ratio > 1.1) {
    return `${what}, customers are told ${formatRatio(ratio)} as exactly by the autoencoder as by as many directions of the PCA.`;
  }
  if (ratio < 1 / 1.1) {
    return `${what}, customers are told better by the PCA: the bends that the autoencoder could make are not worth it here.`;
  }
  return `${what}, the autoencoder tells customers no better than the PCA does.`;
}

/** What that means for the segments, and a warning about silhouettes. */
export function segmentsSentence({ autoencoder, pca }: ReductionComparison): string {
  const own = (space: string, { silhouetteOwn, silhouetteFull }: typeof pca) =>
    `${space} ${silhouetteOwn.toFixed(2)} there, but ${silhouetteFull.toFixed(2)} over all columns`;
  return `Beside those of the page, K-Means on the codes finds ${likeness(autoencoder.agreement)} (agreement ${autoencoder.agreement.toFixed(2)}), on the directions ${likeness(pca.agreement)} (${pca.agreement.toFixed(2)}). Segments look sharper in the space that they were formed in: ${own('on the codes their silhouette is', autoencoder)}; ${own('on the directions', pca)}.`;
}
