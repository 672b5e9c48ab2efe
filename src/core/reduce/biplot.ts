import { capitalise, columnLabel, formatShare, listInWords } from '../words';

/** A column in the plane of the first two directions. */
export interface BiplotArrow {
  readonly name: string;
  /** Covariance of the scaled column with each direction, up to a common factor: angles are about correlations. */
  readonly x: number;
  readonly y: number;
}

/** More would cover each other. */
const mostArrows = 8;
/** Arrows shorter than this, relative to the longest, say little about these two directions. */
const longEnough = 0.4;

/**
 * The columns that lie best in the plane of the first two directions, the longest arrow first: loadings times the
 * deviation along their direction. Gabriel (1971), "The biplot graphic display of matrices".
 *
 * @param components loadings of each direction, by feature
 * @param shares of the variation, by direction
 */
export function biplotArrows(
  components: readonly (readonly number[])[],
  shares: readonly number[],
  names: readonly string[],
): BiplotArrow[] {
  const along = (m: number, j: number) =>
    m < components.length ? components[m][j] * Math.sqrt(shares[m]) : 0;
  const arrows = names
    .map((name, j) => ({ name, x: along(0, j), y: along(1, j) }))
    .sort((a, b) => lengthOf(b) - lengthOf(a));
  const least = longEnough * lengthOf(arrows[0]);
  return arrows.slice(0, mostArrows).filter((arrow) => lengthOf(arrow) >= least);
}

/** Cosines from which arrows are told to point the same way, apart, or across. */
const alike = 0.95;
const apart = -0.7;
const across = 0.15;

/** What the angles say about columns, as far as two directions can. */
export function biplotSentences(
  arrows: readonly BiplotArrow[],
  shares: readonly number[],
): string[] {
  const pairs = arrows.flatMap((a, i) =>
    arrows.slice(i + 1).map((b) => ({ a, b, cosine: cosineOf(a, b) })),
  );
  const most = (worth: (cosine: number) => number) =>
    [...pairs].sort((p, q) => worth(q.cosine) - worth(p.cosine)).at(0);
  const [same, opposite, square] = [
    most((cosine) => cosine),
    most((cosine) => -cosine),
    most((cosine) => -Math.abs(cosine)),
  ];
  const both = ({ a, b }: (typeof pairs)[number]) =>
    capitalise(listInWords([a, b].map(({ name }) => columnLabel(name))));
  const sentences = [
    same !== undefined &&
      same.cosine >= alike &&
      `${both(same)} point the same way: customers with more of one have more of the other.`,
    opposite !== undefined &&
      opposite.cosine <= apart &&
      `${both(opposite)} point away from each other: customers with more of one have less of the other.`,
    square !== undefined &&
      Math.abs(square.cosine) <= across &&
      `${both(square)} point across: one says hardly anything about the other.`,
  ].filter((sentence) => sentence !== false);
  if (sentences.length === 0) return [];
  const kept = shares.slice(0, 2).reduce((sum, share) => sum + share, 0);
  return [
    ...sentences,
    `That is as far as these two directions tell, which keep ${formatShare(Math.min(1, kept))} of the variation.`,
  ];
}

function lengthOf({ x, y }: BiplotArrow): number {
  return Math.hypot(x, y);
}

function cosineOf(a: BiplotArrow, b: BiplotArrow): number {
  const lengths = lengthOf(a) * lengthOf(b);
  return lengths > 0 ? (a.x * b.x + a.y * b.y) / lengths : 0;
}
