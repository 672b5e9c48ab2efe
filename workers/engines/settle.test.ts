import { describe, expect, it } from 'vitest';
import { standInCard } from '../../tests/helpers/stand-in-card';
import { nearestCenter } from '../../src/core/learn/nearest';
import { matrix, type Matrix } from '../../src/core/matrix';
import { createRandom, type Random } from '../../src/core/random';
import { assignOnCard } from './card-assign';
import { cardChunks } from './card-chunks';
import { doubtful } from './nearest-program';
import { createReferenceEngine } from './reference';
import { passOf, settleRows, spotCheck } from './settle';

type Rounding = (value: number) => number;

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** Float32 towards zero: a card may round in any direction. Results below 2^-126 become 0. */
function truncated(value: number): number {
  single[0] = value;
  if (Math.abs(single[0]) > Math.abs(value)) bits[0]--;
  return Math.abs(single[0]) < 2 ** -126 ? 0 : single[0];
}

/** Rows near the middle between two centres, and centres that differ in their last digits. */
function nearTies(random: Random, nSamples: number, nFeatures: number, scale: number) {
  const k = 9;
  const centers = Float64Array.from({ length: k * nFeatures }, () => scale * random.normal());
  for (let j = 0; j < nFeatures; j++) {
    centers[8 * nFeatures + j] = centers[j] * (1 + 1e-9 * random.normal());
    centers[7 * nFeatures + j] = centers[nFeatures + j];
    centers[6 * nFeatures + j] = centers[2 * nFeatures + j] * (1 + 1e-6 * random.normal());
  }
  const data = new Float32Array(nSamples * nFeatures);
  for (let i = 0; i < nSamples; i++) {
    const a = random.integer(k) * nFeatures;
    const b = random.integer(k) * nFeatures;
    const noise = scale * [0, 1e-8, 1e-7, 1e-6, 1e-5][i % 5];
    for (let j = 0; j < nFeatures; j++) {
      data[i * nFeatures + j] = (centers[a + j] + centers[b + j]) / 2 + noise * random.normal();
    }
  }
  return { X: matrix(data, nSamples, nFeatures), centers, k };
}

function reference(X: Matrix, centers: Float64Array, k: number): Int32Array {
  return Int32Array.from({ length: X.nSamples }, (_, i) =>
    nearestCenter(X.data, i * X.nFeatures, centers, k, X.nFeatures),
  );
}

/** The labels of a card, and what it said before anything was settled. */
async function assign(X: Matrix, centers: Float64Array, nClusters: number, rounding: Rounding) {
  let said: number[] = [];
  const card = standInCard({
    rounding,
    spoil(values) {
      said = [...values];
      return values;
    },
  });
  const labels = new Int32Array(X.nSamples).fill(-9);
  const processor = createReferenceEngine().load(X);
  const labellings = [{ centers, nClusters, labels }];
  await assignOnCard(card, X, cardChunks(card, X), labellings, processor);
  return { labels, said };
}

describe('settling what float32 cannot tell', () => {
  const roundings: [string, Rounding][] = [
    ['nearest', Math.fround],
    ['towards zero', truncated],
  ];

  it.each(roundings)('gives the labels of the reference, rounding %s', async (_name, rounding) => {
    const random = createRandom(3);
    let doubts = 0;
    for (const nFeatures of [1, 2, 7, 17, 64]) {
      for (const scale of [1e-18, 1, 1e5, 1e12]) {
        const { X, centers, k } = nearTies(random, 400, nFeatures, scale);
        const { labels, said } = await assign(X, centers, k, rounding);
        expect(labels).toEqual(reference(X, centers, k));
        doubts += said.slice(0, 400).filter((label) => label === doubtful).length;
      }
    }
    // The data are nasty enough: many rows are doubtful, and not all of them.
    expect(doubts).toBeGreaterThan(1_000);
    expect(doubts).toBeLessThan(7_000);
  });

  it('settles hardly a row of ordinary data', async () => {
    const random = createRandom(4);
    const values = Float32Array.from({ length: 17 * 5_000 }, () => random.normal());
    const X = matrix(values, 5_000, 17);
    const centers = Float64Array.from({ length: 17 * 8 }, () => random.normal());
    const { labels, said } = await assign(X, centers, 8, Math.fround);
    const doubts = said.slice(0, 5_000).filter((label) => label === doubtful).length;
    expect(doubts).toBeLessThan(10);
    expect(labels).toEqual(reference(X, centers, 8));
  });

  const X = matrix(Float32Array.of(0, 0, 5, 5), 4, 1);
  const pass = passOf(Float64Array.of(0, 5), 2, 1);

  it('writes the rows of its own chunk only, from its own set of centres', () => {
    const labels = new Int32Array(4).fill(-9);
    // Rows in pairs, sets beside each other: set 1 says 0, 1.
    const said = { said: [9, 9, 0, 1, 9, 9, 9, 9], nSets: 2, which: 1 };
    settleRows(X, pass, said, { first: 1, end: 3 }, labels);
    expect([...labels]).toEqual([-9, 0, 1, -9]);
  });

  it('settles a doubtful row in float64', () => {
    const labels = new Int32Array(4);
    const said = { said: [0, doubtful, doubtful, 1], nSets: 1, which: 0 };
    expect(settleRows(X, pass, said, { first: 0, end: 4 }, labels)).toBe(2);
    expect([...labels]).toEqual([0, 0, 1, 1]);
  });

  it.each([NaN, Infinity, -2, 2, 0.5])('refuses %f as a label', (label) => {
    const said = { said: [label, 0, 1, 1], nSets: 1, which: 0 };
    const work = () => settleRows(X, pass, said, { first: 0, end: 4 }, new Int32Array(4));
    expect(work).toThrow(expect.objectContaining({ code: 'engine-failed' }));
  });
});

describe('the spot check', () => {
  const X = matrix(
    Float32Array.from({ length: 1_000 }, (_, i) => i % 2),
    1_000,
    1,
  );
  const pass = passOf(Float64Array.of(0, 1), 2, 1);

  it('lets right labels pass', () => {
    expect(() => spotCheck(X, pass, Int32Array.from(X.data))).not.toThrow();
  });

  it('notices a card that returns nothing but zeros', () => {
    const work = () => spotCheck(X, pass, new Int32Array(1_000));
    expect(work).toThrow(expect.objectContaining({ code: 'engine-failed' }));
  });
});
