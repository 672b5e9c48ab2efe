import { beforeAll, describe, expect, it } from 'vitest';
import { ctx as plain } from '../../../tests/helpers/context';
import { createSimdEngine } from '../../../workers/engines/simd';
import { matrix } from '../matrix';
import { createRandom } from '../random';
import { fitNetwork, networkDefaults, predictNetwork } from './network-classifier';

/** A ring around a disc: no line parts them. */
function rings(n: number) {
  const random = createRandom(3);
  const data = new Float32Array(2 * n);
  const labels = Int32Array.from({ length: n }, (_, i) => i % 2);
  labels.forEach((label, i) => {
    const radius = label === 0 ? random.uniform() : 2 + random.uniform();
    const angle = 2 * Math.PI * random.uniform();
    data[2 * i] = radius * Math.cos(angle);
    data[2 * i + 1] = radius * Math.sin(angle);
  });
  return { X: matrix(data, n, 2), labels };
}

describe('a small network', () => {
  const ctx = { ...plain };
  beforeAll(async () => {
    ctx.engine = await createSimdEngine();
  });
  const { X, labels } = rings(600);
  const rows = Int32Array.from(labels.keys());
  const [train, test] = [rows.filter((row) => row < 400), rows.filter((row) => row >= 400)];

  it('tells what no line parts', async () => {
    const fitted = await fitNetwork(X, labels, 2, train, networkDefaults, ctx);
    const found = await predictNetwork(fitted, X, test, ctx);
    const nRight = found.filter((label, i) => label === labels[test[i]]).length;
    expect(nRight / test.length).toBeGreaterThan(0.97);
  });

  it('is the same to the bit for the same seed, in vectors and in plain loops', async () => {
    const params = { ...networkDefaults, epochs: 3 };
    const [first, again, loops, other] = await Promise.all([
      fitNetwork(X, labels, 2, train, params, ctx),
      fitNetwork(X, labels, 2, train, params, ctx),
      fitNetwork(X, labels, 2, train, params, plain),
      fitNetwork(X, labels, 2, train, { ...params, seed: 7 }, ctx),
    ]);
    expect(again).toEqual(first);
    expect(loops).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('learns from the rows it is given alone', async () => {
    const wrong = labels.map((label, row) => (row < 400 ? label : 1 - label));
    const params = { ...networkDefaults, epochs: 2 };
    expect(await fitNetwork(X, wrong, 2, train, params, ctx)).toEqual(
      await fitNetwork(X, labels, 2, train, params, ctx),
    );
  });

  it('needs two customers', async () => {
    await expect(
      fitNetwork(X, labels, 2, Int32Array.of(1), networkDefaults, ctx),
    ).rejects.toMatchObject({ code: 'too-few-rows' });
  });
});
