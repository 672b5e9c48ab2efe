import { describe, expect, it } from 'vitest';
import { mostTrials, type Engine } from '../../src/core/engine';
import { matrix } from '../../src/core/matrix';
import { createRandom } from '../../src/core/random';
import { createReferenceEngine } from './reference';
import { createSimdEngine } from './simd';

const engines: readonly Engine[] = [createReferenceEngine(), await createSimdEngine()];

describe.each(engines)('how near rows lie to chosen points: $id', (engine) => {
  it('adds up squared distances to the nearest point, and takes the point that lowers the sum most', () => {
    const loaded = engine.load(matrix(Float32Array.of(0, 1, 3, 10), 4, 1));
    const reach = loaded.reach();
    // From 0 on: 0, 1, 9, 100.
    expect(reach.addBest(Float64Array.of(0))).toBe(0);
    expect([...reach.cumulative()]).toEqual([0, 1, 10, 110]);
    // With 3: 0 + 1 + 0 + 49 = 50. With 10: 0 + 1 + 9 + 0 = 10.
    expect(reach.addBest(Float64Array.of(3, 10))).toBe(1);
    expect([...reach.cumulative()]).toEqual([0, 1, 10, 10]);
    reach.dispose();
    loaded.dispose();
  });

  it('takes the first of several points that are as good', () => {
    const loaded = engine.load(matrix(Float32Array.of(-2, 0, 2), 3, 1));
    const reach = loaded.reach();
    reach.addBest(Float64Array.of(0));
    // −2 and 2 both leave 4; 0 leaves 8.
    expect(reach.addBest(Float64Array.of(0, 2, -2, 2))).toBe(1);
    reach.dispose();
    loaded.dispose();
  });

  it('takes any number of points at once', () => {
    const X = matrix(Float32Array.of(0, 1, 3, 10, 20, 30, 41), 7, 1);
    const loaded = engine.load(X);
    const reach = loaded.reach();
    reach.addAll(Float64Array.of(0, 11, 21, 31, 42));
    expect([...reach.cumulative()]).toEqual([0, 1, 10, 11, 12, 13, 14]);
    reach.addAll(Float64Array.of(3));
    expect([...reach.cumulative()]).toEqual([0, 1, 1, 2, 3, 4, 5]);
    expect(reach.addBest(Float64Array.of(30, 41))).toBe(0);
    loaded.dispose();
  });

  it('keeps several apart, and begins anew after one was disposed of', () => {
    const X = matrix(Float32Array.of(0, 1, 3, 10), 4, 1);
    const loaded = engine.load(X);
    const [one, two] = [loaded.reach(), loaded.reach()];
    one.addBest(Float64Array.of(0));
    two.addBest(Float64Array.of(10));
    expect([...one.cumulative()]).toEqual([0, 1, 10, 110]);
    one.dispose();
    const three = loaded.reach();
    three.addBest(Float64Array.of(3));
    // From 3: 9, 4, 0, 49. From 10: 100, 81, 49, 0.
    expect([...three.cumulative()]).toEqual([9, 13, 13, 62]);
    expect([...two.cumulative()]).toEqual([100, 181, 230, 230]);
    loaded.dispose();
  });
});

it('has the same bits in all engines, for values of any size', () => {
  const random = createRandom(9);
  const [n, d] = [1003, 5];
  const data = Float32Array.from(
    { length: n * d },
    () => 10 ** random.integer(6) * random.normal(),
  );
  const reaches = engines.map((engine) => engine.load(matrix(data, n, d)).reach());
  for (let step = 0; step < 6; step++) {
    const nPoints = 1 + random.integer(mostTrials);
    const points = Float64Array.from({ length: nPoints * d }, () => 1000 * random.normal());
    const [expected, found] = reaches.map((reach) => [
      reach.addBest(points),
      ...reach.cumulative(),
    ]);
    expect(found).toEqual(expected);
  }
  const points = Float64Array.from({ length: 6 * d }, () => 1000 * random.normal());
  const [expected, found] = reaches.map((reach) => {
    reach.addAll(points);
    return [...reach.cumulative()];
  });
  expect(found).toEqual(expected);
});
