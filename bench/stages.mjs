import * as compare from './compare.mjs';

/**
 * What is measured, in the order of the pipeline.
 *
 * needs: stages whose results this one begins with.
 * bar: how many times faster than scikit-learn it has to be, by the number of rows and bytes; undefined where none is set.
 * mostRows: above, a peer is left out, because it would take hours or more memory than a desktop has.
 * compare: what both found, in words, and whether it is the same; bench/compare.mjs says with what tolerance.
 */
const table = {
  read: {
    title: 'read CSV',
    needs: [],
    bar: ({ bytes }) => (bytes >= 100e6 ? 1.5 : undefined),
    mostRows: { npm: 200_000 },
    compare: compare.cells,
  },
  clean: { title: 'clean', needs: ['read'], compare: compare.means },
  scale: { title: 'scale', needs: ['clean'], compare: compare.matrix },
  pca: {
    title: 'PCA',
    needs: ['scale'],
    bar: () => 1,
    mostRows: { npm: 200_000 },
    compare: compare.ratios,
  },
  sweep: {
    title: ({ kMax, nInit }) => `sweep k = 2..${kMax} × ${nInit} starts`,
    needs: ['scale'],
    bar: () => 8,
    compare: compare.inertias,
  },
  silhouettes: {
    title: 'silhouette for each k',
    needs: ['sweep', 'scale'],
    bar: () => 30,
    compare: compare.silhouettes,
  },
  indices: {
    title: 'Calinski-Harabasz, Davies-Bouldin',
    needs: ['sweep', 'scale'],
    compare: compare.indices,
  },
  kmeans: {
    title: ({ nClusters, nInit }) => `K-Means k = ${nClusters}, ${nInit} starts`,
    needs: ['scale'],
    compare: compare.bestOfStarts,
  },
  fit: {
    title: ({ nClusters }) => `K-Means k = ${nClusters}, one start`,
    needs: ['scale'],
    mostRows: { npm: 200_000 },
    compare: compare.oneStart,
  },
  iteration: {
    title: ({ iterationClusters }) => `one K-Means iteration, k = ${iterationClusters}`,
    needs: ['scale'],
    bar: ({ rows }) => (rows >= 100_000 ? 2.5 : undefined),
    compare: compare.sameDescent,
  },
  ward: {
    title: 'Ward',
    needs: ['scale'],
    bar: () => 8,
    mostRows: { python: 20_000 },
    compare: compare.heights,
  },
  tree: {
    title: 'decision tree',
    needs: ['clean', 'fit'],
    bar: ({ rows }) => (rows >= 100_000 ? 15 : 5),
    mostRows: { npm: 20_000 },
    compare: compare.accuracy,
  },
  forest: {
    title: ({ nTrees }) => `random forest, ${nTrees} trees`,
    needs: ['clean', 'fit'],
    bar: () => 3,
    compare: compare.accuracy,
  },
  profile: { title: 'profile', needs: ['clean', 'fit'], compare: compare.profiles },
  pipeline: { title: 'whole pipeline', needs: [], bar: () => 15 },
};

export const stageIds = Object.keys(table);

export const groups = {
  default: stageIds.filter((id) => id !== 'fit'),
  /** The seed pipeline: what a notebook with pandas and scikit-learn would run. */
  pipeline: [
    ...[
      'read',
      'clean',
      'scale',
      'pca',
      'sweep',
      'silhouettes',
      'indices',
      'kmeans',
      'ward',
      'tree',
    ],
    'pipeline',
  ],
  /** What costs so much a row, for files of millions. */
  linear: ['read', 'clean', 'scale', 'pca', 'fit', 'profile'],
};

/** What both sides compute with. */
export const settings = {
  kMax: 12,
  nInit: 10,
  nClusters: 4,
  iterationClusters: 8,
  nIterations: 30,
  nTrees: 100,
  seed: 42,
};

export function stage(id) {
  const { title, ...rest } = table[id];
  return { id, title: typeof title === 'function' ? title(settings) : title, ...rest };
}
