import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { describe as describeColumn } from '../table/stats';
import type { Feature } from './encode-table';
import { offerPowers } from './power-offer';

function featureOf(name: string, values: Float64Array, from?: Feature['from']): Feature {
  const origin = from ?? { kind: 'number', column: name };
  return { name, from: origin, raw: describeColumn(values), fillValue: 0, clip: null };
}

describe('what is offered', () => {
  /** Very skewed, not at all, and a little less skewed than the first. */
  const steep = Float64Array.from({ length: 200 }, (_, i) => Math.exp(i / 20));
  const flat = Float64Array.from({ length: 200 }, (_, i) => i);
  const softer = steep.map(Math.sqrt);

  it('are the skewed columns of numbers, most skewed first', async () => {
    const names = ['softer', 'flat', 'steep'];
    const values = [softer, flat, steep];
    const offers = await offerPowers(
      names.map((name, j) => featureOf(name, values[j])),
      values,
      ctx,
    );
    expect(offers.map(({ column }) => column)).toEqual(['steep', 'softer']);
    for (const { before, after, suggested, histogram, histograms } of offers) {
      expect(before).toBeGreaterThan(1);
      expect(after.map(({ power }) => power.kind)).toEqual(['log1p', 'sqrt', 'yeo-johnson']);
      expect(after).toContainEqual(expect.objectContaining({ power: suggested }));
      expect(histograms).toHaveLength(after.length);
      expect(histogram).not.toEqual(histograms[0]);
    }
  });

  it('are never levels, however rare', async () => {
    const rare = Float64Array.from({ length: 200 }, (_, i) => (i < 3 ? 1 : 0));
    const level = featureOf('k: x', rare, { kind: 'level', column: 'k', level: 'x' });
    expect(await offerPowers([level], [rare], ctx)).toEqual([]);
  });

  it('go by the values as cleaning left them, not as they stood in the file', async () => {
    // Gaps became −1, which a logarithm cannot take, though no value of the file was below 1.
    const filled = steep.map((value, i) => (i % 50 === 0 ? -1 : value));
    const [offer] = await offerPowers([featureOf('a', steep)], [filled], ctx);
    expect(offer.after.map(({ power }) => power.kind)).toEqual(['yeo-johnson']);
    // What was skewed in the file and is not any more is not offered.
    expect(await offerPowers([featureOf('a', steep)], [flat], ctx)).toEqual([]);
  });
});
