import type { Context } from '../context';
import { histogramOf, type Histogram } from '../explore/histogram';
import { describe } from '../table/stats';
import type { Feature } from './encode-table';
import { applyPower } from './power';
import { skewOffer, type SkewOffer } from './skew-offer';

/** What would even out a skewed column, with its picture before and after. */
export interface PowerOffer extends SkewOffer {
  readonly column: string;
  readonly histogram: Histogram;
  /** By power of `after`. */
  readonly histograms: readonly Histogram[];
}

const maxBins = 24;

/**
 * The columns that are worth evening out, most skewed first.
 *
 * @param values by feature, cleaned
 */
export async function offerPowers(
  features: readonly Feature[],
  values: readonly Float64Array[],
  ctx: Context,
): Promise<PowerOffer[]> {
  const offers: PowerOffer[] = [];
  for (const [j, { name, from }] of features.entries()) {
    ctx.progress(j, features.length);
    if (from.kind !== 'number') continue;
    // As cleaning left them: what was filled in or moved to a bound may be another smallest value.
    const offer = await skewOffer(values[j], describe(values[j]), ctx);
    if (offer === null) continue;
    offers.push({
      ...offer,
      column: name,
      histogram: histogramOf(values[j], { maxBins }),
      histograms: offer.after.map(({ power }) =>
        histogramOf(
          values[j].map((value) => applyPower(value, power)),
          { maxBins },
        ),
      ),
    });
    await ctx.breathe();
  }
  return offers.sort((a, b) => Math.abs(b.before) - Math.abs(a.before));
}
