import { describe, expect, it } from 'vitest';
import { maximise } from './maximise';

describe('the top of a function', () => {
  const bounds = { low: -1000, high: 1000 };
  const top = (f: (x: number) => number, from = -2, to = 2, within = bounds) =>
    maximise((x) => Promise.resolve(f(x)), from, to, within);

  it('is found inside of where the search begins, and far outside', async () => {
    for (const at of [0.3, -1.9, 25, -700, 999]) {
      expect(Math.abs((await top((x) => -((x - at) ** 2))) - at)).toBeLessThan(1e-5 * Math.abs(at));
    }
    // x·e^−x has its top at 1, −|x − 3| has no parabola, log x − x has a pole.
    expect(await top((x) => x * Math.exp(-x))).toBeCloseTo(1, 5);
    expect(await top((x) => -Math.abs(x - 3))).toBeCloseTo(3, 5);
    expect(await top((x) => Math.log(x) - x, 0.1, 10)).toBeCloseTo(1, 5);
  });

  it('is at a bound where the function rises up to it', async () => {
    const near = { low: -3, high: 4 };
    expect(await top((x) => x, -2, 2, near)).toBeCloseTo(4, 4);
    expect(await top((x) => -x, -2, 2, near)).toBeCloseTo(-3, 4);
  });

  it('takes some twenty looks', async () => {
    let looks = 0;
    await top((x) => {
      looks++;
      return -Math.cosh(x - 0.7);
    });
    expect(looks).toBeLessThan(20);
  });

  it('ends where the function is flat, or nowhere finite', async () => {
    expect(await top(() => 0)).toSatisfy(Number.isFinite);
    expect(await top(() => -Infinity)).toSatisfy(Number.isFinite);
  });
});
