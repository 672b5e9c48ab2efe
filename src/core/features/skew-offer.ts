import type { Context } from '../context';
import { extent } from '../table/order-statistics';
import { moments, observed, type ColumnStatistics } from '../table/stats';
import { applyPower, canTake, fitPower, powerKinds, type Power } from './power';

/** From here on a column is worth evening out. */
export const notableSkew = 1;
/** Nobody would notice less. */
const noticeable = 0.1;
/** A simpler power is suggested unless another one leaves less skew by this. */
const worthwhile = 0.25;

/** What each power would make of a skewed column. */
export interface SkewOffer {
  /** Third standardised moment g1 of the values as they are. */
  readonly before: number;
  /** The powers that can be taken, simple ones first; never `none`. */
  readonly after: readonly { readonly power: Power; readonly skewness: number }[];
  /** The one that leaves the least skew, or a simpler one that leaves hardly more. */
  readonly suggested: Power;
}

/**
 * @param values of the column; NaN is missing
 * @param known skewness of the column before it was cleaned, or of these values: a column that had none is not looked at
 * @returns null where the column is not skewed enough, or where no power makes it noticeably less so
 */
export async function skewOffer(
  values: Float64Array,
  known: Pick<ColumnStatistics, 'skewness'>,
  ctx: Pick<Context, 'breathe'>,
): Promise<SkewOffer | null> {
  if (!(Math.abs(known.skewness) > notableSkew)) return null;
  const present = observed(values);
  const before = skewnessOf(present);
  if (!(Math.abs(before) > notableSkew)) return null;
  const { min } = extent(present);
  const after: { power: Power; skewness: number }[] = [];
  for (const kind of powerKinds) {
    if (kind === 'none' || !canTake(kind, min)) continue;
    const power = await fitPower(present, kind, ctx, '');
    after.push({ power, skewness: skewnessOf(present.map((x) => applyPower(x, power))) });
    await ctx.breathe();
  }
  const best = after.reduce((best, other) =>
    Math.abs(other.skewness) < Math.abs(best.skewness) - worthwhile ? other : best,
  );
  return Math.abs(best.skewness) < Math.abs(before) - noticeable
    ? { before, after, suggested: best.power }
    : null;
}

/** 0 where all values are the same. */
function skewnessOf(values: Float64Array): number {
  const { squares, cubes } = moments(values);
  const n = values.length;
  return squares > 0 ? cubes / n / (squares / n) ** 1.5 : 0;
}
