import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from './random';

const draw = (random: Random, n: number) => Array.from({ length: n }, () => random.uniform());

describe('the random stream', () => {
  it('is decided by its seed and its number', () => {
    expect(draw(createRandom(7), 100)).toEqual(draw(createRandom(7), 100));
    const streams = [createRandom(7), createRandom(8), createRandom(7, 1), createRandom(7, -1)];
    const texts = streams.map((random) => draw(random, 4).join());
    expect(new Set(texts).size).toBe(4);
  });

  it('is uniform in [0, 1)', () => {
    const n = 100_000;
    const values = draw(createRandom(1), n);
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(values.every((value) => value < 1)).toBe(true);
    // Chi-squared over 100 cells, 99 degrees of freedom: beyond 160 once in 10,000 fair streams; the seed is fixed.
    const cells = new Array<number>(100).fill(0);
    for (const value of values) cells[Math.floor(100 * value)]++;
    const chi = cells.reduce((sum, count) => sum + (count - n / 100) ** 2 / (n / 100), 0);
    expect(chi).toBeLessThan(160);
    expect(chi).toBeGreaterThan(50);
  });

  it('does not remember its last value', () => {
    const values = draw(createRandom(3), 100_000).map((value) => value - 0.5);
    const lagged = values.slice(1).reduce((sum, value, i) => sum + value * values[i], 0);
    // Correlation of neighbours: sd 1/√n = 0.0032.
    expect(Math.abs(lagged / (values.length / 12))).toBeLessThan(0.013);
  });

  it('has unrelated neighbours: streams of one seed, and seeds that follow each other', () => {
    const of = (random: Random) => draw(random, 20_000).map((value) => value - 0.5);
    const base = of(createRandom(42, 0));
    for (const other of [createRandom(42, 1), createRandom(43, 0)]) {
      const product = of(other).reduce((sum, value, i) => sum + value * base[i], 0);
      expect(Math.abs(product / (base.length / 12))).toBeLessThan(0.03);
    }
  });

  it('gives whole numbers below n, all of them', () => {
    const random = createRandom(5);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) counts[random.integer(6)]++;
    // 10,000 each, sd 91.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(60_000);
  });

  it('gives normal values: mean 0, variance 1, 68 % within one deviation', () => {
    const random = createRandom(9);
    const values = Array.from({ length: 50_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const within = values.filter((value) => Math.abs(value) < 1).length / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
    expect(Math.abs(within - 0.6827)).toBeLessThan(0.01);
  });

  it('shuffles in place, into every order equally often', () => {
    const counts = new Map<string, number>();
    const random = createRandom(11);
    for (let i = 0; i < 12_000; i++) {
      const items = [1, 2, 3];
      expect(random.shuffle(items)).toBe(items);
      const order = items.join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    // 3! = 6 orders, 2,000 each, sd 41.
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(180);
  });

  it('shuffles nothing into nothing', () => {
    expect(createRandom(1).shuffle([])).toEqual([]);
    expect(createRandom(1).shuffle([4])).toEqual([4]);
  });
});
