import { capitalise, columnLabel, countInWords, formatShare, listInWords } from '../words';

/** Loadings this large, relative to the largest, take part in a direction's meaning. */
const telling = 0.6;
const most = 3;

/**
 * What it means to lie further along a direction: "27 % of the variation: more purchases, purchase count and one-off
 * purchases", with what goes the other way.
 *
 * @param loadings of one component, by feature; the largest is positive
 */
export function componentSentence(
  loadings: readonly number[],
  names: readonly string[],
  share: number,
): string {
  const largest = Math.max(...loadings.map(Math.abs));
  const ranked = loadings
    .map((loading, j) => ({ loading, name: columnLabel(names[j]) }))
    .filter(({ loading }) => Math.abs(loading) >= telling * largest)
    .sort((a, b) => Math.abs(b.loading) - Math.abs(a.loading));
  const named = (isPositive: boolean) =>
    ranked.filter(({ loading }) => loading > 0 === isPositive).map(({ name }) => name);
  const [more, less] = [named(true), named(false)];
  const list = (all: readonly string[]) => listInWords(all.slice(0, most), all.length);
  const against = less.length > 0 ? `, and less ${list(less)}` : '';
  return `${formatShare(share)} of the variation: more ${list(more)}${against}.`;
}

/** How many directions are needed for so much of the variation. */
export function componentsFor(shares: readonly number[], wanted: number): number {
  let sum = 0;
  for (const [m, share] of shares.entries()) {
    sum += share;
    // What is missing by rounding is not missing.
    if (sum >= wanted - 1e-12) return m + 1;
  }
  return shares.length;
}

/** Share of the variation that the first directions keep together. */
export function keptBy(shares: readonly number[], nComponents: number): number {
  const kept = shares.slice(0, nComponents).reduce((sum, share) => sum + share, 0);
  return nComponents >= shares.length ? 1 : Math.min(1, kept);
}

/** What a cut keeps, and what one more would add. */
export function cutSentence(shares: readonly number[], nComponents: number): string {
  const kept = formatShare(keptBy(shares, nComponents));
  const begin = `${capitalise(countInWords(nComponents))} component${nComponents === 1 ? '' : 's'} ${nComponents === 1 ? 'keeps' : 'keep'} ${kept} of the variation`;
  if (nComponents >= shares.length) return `${begin}: nothing is left out.`;
  return `${begin}; one more would add ${formatShare(shares[nComponents])}.`;
}
