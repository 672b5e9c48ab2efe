import { describe, expect, it } from 'vitest';
import type { ReductionComparison } from './compare-reductions';
import { componentsFor, componentSentence, cutSentence, keptBy } from './component-words';
import { errorSentence, segmentsSentence } from './reduction-words';

describe('a direction in words', () => {
  it('names what weighs most, on either side', () => {
    const names = ['PURCHASES', 'visits', 'CASH_ADVANCE', 'age'];
    expect(componentSentence([0.8, 0.5, -0.6, 0.1], names, 0.273)).toBe(
      '27\u00a0% of the variation: more purchases and visits, and less cash advances.',
    );
    expect(componentSentence([1, 0, 0, 0], names, 0.5)).toBe(
      '50\u00a0% of the variation: more purchases.',
    );
  });

  it('counts what it does not list', () => {
    expect(componentSentence([0.5, 0.5, 0.5, 0.5], ['a', 'b', 'c', 'd'], 1)).toContain(
      'a, b, c and 1 more',
    );
  });

  it('says how many are needed', () => {
    expect(componentsFor([0.5, 0.3, 0.2], 0.8)).toBe(2);
    expect(componentsFor([0.5, 0.3, 0.2], 0.81)).toBe(3);
    expect(componentsFor([0.1, 0.2, 0.7], 1)).toBe(3);
  });
});

describe('a cut', () => {
  const shares = [0.5, 0.3, 0.2];
  const said = (nComponents: number) => cutSentence(shares, nComponents).replaceAll('\u00a0', ' ');

  it('keeps what the directions before it keep together', () => {
    expect(keptBy(shares, 2)).toBe(0.8);
    // Rounding neither adds nor loses.
    const tenths = new Array<number>(10).fill(0.1);
    expect(keptBy(tenths, 10)).toBe(1);
  });

  it('says what it keeps and what one more would add', () => {
    expect(said(1)).toBe('One component keeps 50 % of the variation; one more would add 30 %.');
    expect(said(2)).toBe('Two components keep 80 % of the variation; one more would add 20 %.');
    expect(said(3)).toBe('Three components keep 100 % of the variation: nothing is left out.');
  });
});

describe('an autoencoder beside the PCA', () => {
  const reduction = { nNumbers: 4, error: 0.1, sizes: [60, 40], agreement: 0.42, nMoved: 31 };
  const comparison: ReductionComparison = {
    nClusters: 2,
    nRows: 100,
    training: null,
    autoencoder: { ...reduction, silhouetteOwn: 0.46, silhouetteFull: 0.15 },
    pca: {
      ...reduction,
      error: 0.4,
      agreement: 0.95,
      nMoved: 1,
      silhouetteOwn: 0.3,
      silhouetteFull: 0.2,
    },
    silhouette: 0.21,
  };

  it('says which keeps more', () => {
    expect(errorSentence(comparison)).toBe(
      'Told by 4 numbers, customers are told 4× as exactly by the autoencoder as by as many directions of the PCA.',
    );
    const swapped = { ...comparison, pca: comparison.autoencoder, autoencoder: comparison.pca };
    expect(errorSentence(swapped)).toContain('told better by the PCA');
    expect(errorSentence({ ...comparison, pca: comparison.autoencoder })).toContain('no better');
  });

  it('says who would move, and in which space each silhouette is', () => {
    expect(segmentsSentence(comparison)).toBe(
      'Beside the segments from all columns, K-Means on the codes finds related, but other segments (agreement 0.42; 31 customers of 100, 31\u00a0%, in another segment), on the directions nearly the same segments (agreement 0.95; 1 customer of 100, 1\u00a0%, in another segment). Segments look sharper in the space that they were formed in: on the codes their silhouette is 0.46 there, but 0.15 over all columns; on the directions 0.30 there, but 0.20 over all columns.',
    );
  });
});
