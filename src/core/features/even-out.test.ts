import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { describe as describeColumn } from '../table/stats';
import type { Feature } from './encode-table';
import { evenOut } from './even-out';

function featureOf(name: string, values: Float64Array, from?: Feature['from']): Feature {
  const origin = from ?? { kind: 'number', column: name };
  return { name, from: origin, raw: describeColumn(values), fillValue: 0, clip: null };
}

describe('evening out', () => {
  const a = Float64Array.of(0, 3, 8);
  const b = Float64Array.of(-1, 0, 1);
  const features = [featureOf('a', a), featureOf('b', b)];

  it('changes the columns that were chosen, and leaves the others the very same', async () => {
    const { powers, values } = await evenOut(
      features,
      [a, b],
      [{ column: 'a', power: 'sqrt' }],
      ctx,
    );
    expect(powers).toEqual([
      { kind: 'sqrt', lambda: 1 },
      { kind: 'none', lambda: 1 },
    ]);
    // √0, √3, √8.
    expect(Array.from(values[0])).toEqual([0, Math.sqrt(3), Math.sqrt(8)]);
    expect(values[1]).toBe(b);
    expect(Array.from(a)).toEqual([0, 3, 8]);
  });

  it('leaves alone what has no such column, and a level that is called like one', async () => {
    const level = featureOf('a', b, { kind: 'level', column: 'c', level: 'a' });
    const { powers, values } = await evenOut([level], [b], [{ column: 'a', power: 'log1p' }], ctx);
    expect(powers).toEqual([{ kind: 'none', lambda: 1 }]);
    expect(values[0]).toBe(b);
    const lost = await evenOut(features, [a, b], [{ column: 'lost', power: 'log1p' }], ctx);
    expect(lost.values).toEqual([a, b]);
  });

  it('refuses a power that the values cannot take, naming the column', async () => {
    await expect(
      evenOut(features, [a, b], [{ column: 'b', power: 'log1p' }], ctx),
    ).rejects.toMatchObject({ code: 'setting-invalid', details: { column: 'b', min: -1 } });
  });
});
