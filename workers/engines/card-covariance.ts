import type { LoadedMatrix } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';
import type { Card } from './card';
import type { CardChunks } from './card-chunks';
import { sumAt } from './exact-sum';
import { symmetric } from './plain-covariance';
import { productProgram, rowsPerSum } from './product-program';

/** Sums that a card makes of one chunk: 64 MB. */
const mostSums = 2 ** 22;
/** Columns shorter than this everywhere cannot be brought to the size of the others in float32. */
const smallest = 2 ** -60;

/**
 * `LoadedMatrix.covariance`: products, and their sums over 1,024 rows, without rounding on the card (`productProgram`);
 * the sums are added up in float64, rows ascending, and the means are taken off at the end.
 *
 * Of each product at most 2^-64 of the largest one is dropped. A column of n rows has no value beyond √n deviations, so
 * that is n · 2^-64 of √(C_jj·C_ll); taking off means that are not beyond ten deviations costs some 2^-53 · 100 more.
 *
 * @param processor for matrices with too many columns for a card, or that are not centred
 * @throws AppError `engine-failed`
 */
export async function covarianceOnCard(
  card: Card,
  X: Matrix,
  chunks: CardChunks,
  processor: LoadedMatrix,
  rest: (share: number) => Promise<void>,
): Promise<Float64Array> {
  const { nSamples, nFeatures } = X;
  const nPairs = (nFeatures * (nFeatures + 1)) / 2;
  const width = nPairs + (nPairs & 1);
  const nPieces = chunks.rows / rowsPerSum;
  const factors = factorsOf(X);
  const fits = Number.isInteger(nPieces) && width * nPieces <= mostSums;
  if (!fits || factors === undefined) return processor.covariance(rest);
  const pairs = pairsOf(factors, width);
  const onCard = card.upload(pairs, width, 4);
  const program = productProgram(chunks.rows, nFeatures, width);
  const products = new Float64Array(nFeatures * nFeatures);
  let done = 0;
  try {
    for (const chunk of chunks.all()) {
      const said = await card.read(card.run(program, [chunk, onCard], {}));
      addProducts(said, nPieces, pairs, factors, products);
      await rest(Math.min(1, (done += chunks.rows) / nSamples));
    }
  } finally {
    card.free([onCard]);
  }
  const { sums } = processor.sums(new Int32Array(nSamples), 1);
  if (!takeOffMeans(products, sums, nSamples)) return processor.covariance(rest);
  return symmetric(products, nFeatures, nSamples, nFeatures);
}

/** Powers of two that bring each column to below 2^11; undefined if one is too small for that. */
function factorsOf({ data, nFeatures }: Matrix): Float64Array | undefined {
  const largest = new Float64Array(nFeatures);
  for (let at = 0; at < data.length;) {
    for (let j = 0; j < nFeatures; j++) largest[j] = Math.max(largest[j], Math.abs(data[at++]));
  }
  if (largest.some((value) => value > 0 && value < smallest)) return undefined;
  return largest.map((value) => {
    let factor = 2 ** 71;
    while (value * factor >= 2 ** 11) factor /= 2;
    return value > 0 ? factor : 1;
  });
}

/** On and above the diagonal: row-major `width` × 4, two columns and their factors; filled up with the first pair. */
function pairsOf(factors: Float64Array, width: number): Float32Array {
  const pairs = new Float32Array(4 * width);
  pairs.set([0, 0, factors[0], factors[0]], 4 * (width - 1));
  let at = 0;
  for (let j = 0; j < factors.length; j++) {
    for (let l = j; l < factors.length; l++, at += 4) pairs.set([j, l, factors[j], factors[l]], at);
  }
  return pairs;
}

/** @param products on and above the diagonal, row-major nFeatures × nFeatures */
function addProducts(
  said: Float32Array,
  nPieces: number,
  pairs: Float32Array,
  factors: Float64Array,
  products: Float64Array,
): void {
  const nFeatures = factors.length;
  const width = pairs.length / 4;
  const nPairs = (nFeatures * (nFeatures + 1)) / 2;
  for (let p = 0; p < nPairs; p++) {
    const [j, l] = [pairs[4 * p], pairs[4 * p + 1]];
    const unit = 1 / (factors[j] * factors[l]);
    for (let i = 0; i < nPieces; i++) {
      products[j * nFeatures + l] += sumAt(said, 2 * width, i, p) * unit;
    }
  }
}

/** @returns whether the columns are centred well enough for that */
function takeOffMeans(products: Float64Array, sums: Float64Array, nSamples: number): boolean {
  const nFeatures = sums.length;
  for (let j = 0; j < nFeatures; j++) {
    for (let l = j; l < nFeatures; l++)
      products[j * nFeatures + l] -= (sums[j] * sums[l]) / nSamples;
    if (sums[j] ** 2 / nSamples > 100 * products[j * nFeatures + j]) return false;
  }
  return true;
}
