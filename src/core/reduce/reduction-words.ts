import { likeness } from '../judge/comparison-words';
import { counted, formatCount, formatRatio, formatShare } from '../words';
import type { Reduction, ReductionComparison } from './compare-reductions';

/** Which of the two keeps more, in a sentence. */
export function errorSentence({ autoencoder, pca }: ReductionComparison): string {
  const ratio = pca.error / autoencoder.error;
  const what = `Told by ${counted(autoencoder.nNumbers, 'number')}`;
  if (ratio > 1.1) {
    return `${what}, customers are told ${formatRatio(ratio)} as exactly by the autoencoder as by as many directions of the PCA.`;
  }
  if (ratio < 1 / 1.1) {
    return `${what}, customers are told better by the PCA: the bends that the autoencoder could make are not worth it here.`;
  }
  return `${what}, the autoencoder tells customers no better than the PCA does.`;
}

/** What that means for the segments, and a warning about silhouettes. */
export function segmentsSentence({ autoencoder, pca, nRows }: ReductionComparison): string {
  const moved = ({ nMoved, agreement }: Reduction) =>
    `agreement ${agreement.toFixed(2)}; ${counted(nMoved, 'customer')} of ${formatCount(nRows)}, ${formatShare(nRows > 0 ? nMoved / nRows : 0)}, in another segment`;
  const own = (space: string, { silhouetteOwn, silhouetteFull }: Reduction) =>
    `${space} ${silhouetteOwn.toFixed(2)} there, but ${silhouetteFull.toFixed(2)} over all columns`;
  return `Beside the segments from all columns, K-Means on the codes finds ${likeness(autoencoder.agreement)} (${moved(autoencoder)}), on the directions ${likeness(pca.agreement)} (${moved(pca)}). Segments look sharper in the space that they were formed in: ${own('on the codes their silhouette is', autoencoder)}; ${own('on the directions', pca)}.`;
}
