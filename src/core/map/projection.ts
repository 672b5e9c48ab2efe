/**
 * Two numbers for each customer, to draw a map by. `pca`: the first two principal components. `discriminant`: the two
 * directions that tell the segments apart best. `code`: what an autoencoder keeps when it may keep two numbers.
 */
export const projections = ['pca', 'discriminant', 'code'] as const;
export type Projection = (typeof projections)[number];

/** To be read after "the map of ". */
export const mapNames: Readonly<Record<Projection, string>> = {
  pca: 'the principal components',
  discriminant: 'the discriminant axes',
  code: 'the autoencoder’s code',
};

/** How the projections are called where one is chosen. */
export const projectionLabels: Readonly<Record<Projection, string>> = {
  pca: 'most variation (principal components)',
  discriminant: 'segments apart (discriminant axes)',
  code: 'two numbers of an autoencoder',
};
