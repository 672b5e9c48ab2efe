import { describe, expect, it } from 'vitest';
import { blobs, ctx, load } from '../../../tests/helpers/context';
import { autoencoderDefaults } from '../learn/autoencoder';
import { fitKMeans } from '../learn/kmeans';
import { fitPca } from '../learn/pca';
import { compareReductions } from './compare-reductions';
import { componentsFor, componentSentence } from './component-words';
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

describe('an autoencoder beside the PCA', () => {
  it('is compared in errors, segments and silhouettes, the same every time', async () => {
    const { X } = blobs(
      [
        [0, 0, 0, 0],
        [8, 8, 0, 0],
        [0, 8, 8, 0],
      ],
      60,
      1,
      5,
    );
    const loaded = load(X);
    const pca = await fitPca(loaded, 4, ctx);
    const kmeans = { nInit: 3, seed: 1 };
    const fit = await fitKMeans(X, loaded, { ...kmeans, nClusters: 3 }, ctx);
    const params = { ...autoencoderDefaults, hiddenSizes: [8], codeSize: 2, epochs: 30 };
    const found = await compareReductions(X, pca, fit, params, kmeans, ctx);
    // Three far blobs are in a plane: two directions keep them, and lose the noise of the other two columns.
    expect(found.pca.agreement).toBe(1);
    expect(found.pca.error).toBeGreaterThan(0);
    expect(found.pca.error).toBeLessThan(1);
    expect(found.pca.silhouetteOwn).toBeGreaterThan(found.pca.silhouetteFull);
    expect(found.autoencoder.sizes.reduce((sum, size) => sum + size)).toBe(180);
    expect(found.losses[found.bestEpoch].validation).toBeLessThan(found.losses[0].validation);
    expect(await compareReductions(X, pca, fit, params, kmeans, ctx)).toEqual(found);
    expect(errorSentence(found)).toMatch(/^Told by 2 numbers, /);
    expect(segmentsSentence(found)).toContain('agreement');
  });
});
