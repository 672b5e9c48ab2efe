import type { Context } from '../context';
import type { Feature } from './encode-table';
import { applyPower, fitPower, noPower, type Power, type PowerKind } from './power';

/** What evens out a skewed column. */
export interface PowerChoice {
  readonly column: string;
  readonly power: PowerKind;
}

/**
 * Applies the chosen power to each feature that has one; the others are the very same arrays.
 *
 * @param values by feature, no NaN
 * @throws AppError `setting-invalid` where a column has values that its power cannot take
 */
export async function evenOut(
  features: readonly Feature[],
  values: readonly Float64Array[],
  choices: readonly PowerChoice[],
  ctx: Context,
): Promise<{ powers: Power[]; values: Float64Array[] }> {
  const chosen = new Map(choices.map(({ column, power }) => [column, power]));
  const powers: Power[] = [];
  const evened: Float64Array[] = [];
  for (const [j, { name, from }] of features.entries()) {
    const kind = from.kind === 'number' ? (chosen.get(name) ?? 'none') : 'none';
    const power = kind === 'none' ? noPower : await fitPower(values[j], kind, ctx, name);
    powers.push(power);
    evened.push(kind === 'none' ? values[j] : values[j].map((value) => applyPower(value, power)));
    await ctx.breathe();
  }
  return { powers, values: evened };
}
