import { describe, expect, it } from 'vitest';
import { standInCard, type StandInOptions } from '../../tests/helpers/stand-in-card';
import type { LoadedMatrix } from '../../src/core/engine';
import { matrix, type Matrix } from '../../src/core/matrix';
import { createRandom } from '../../src/core/random';
import { createCardEngine } from './card-engine';
import { createReferenceEngine } from './reference';
import { selfTest } from './self-test';

const reference = createReferenceEngine();
const noRest = () => Promise.resolve();

async function engineOf(options?: StandInOptions) {
  const card = standInCard(options);
  return { card, engine: await createCardEngine(card, reference) };
}

/** Four clouds around the origin, on a grid. */
function clouds(nSamples: number, nFeatures: number): Matrix {
  const random = createRandom(nSamples + nFeatures);
  const data = Float32Array.from({ length: nSamples * nFeatures }, (_, at) => {
    const i = Math.floor(at / nFeatures);
    return Math.round((random.normal() + 2 * ((i % 4) - 1.5)) * 2 ** 16) / 2 ** 16;
  });
  return matrix(data, nSamples, nFeatures);
}

function startsOf({ data, nFeatures }: Matrix, nStarts: number, nClusters: number): Float64Array[] {
  const size = nClusters * nFeatures;
  return Array.from({ length: nStarts }, (_, s) =>
    Float64Array.from(data.subarray(s * size, (s + 1) * size)),
  );
}

/** Rows in three runs, the middle one longer than what a card adds up in one go. */
function someRuns(nSamples: number) {
  return {
    rows: Int32Array.from({ length: nSamples }, (_, i) => (i * 7) % nSamples),
    ends: Int32Array.of(5, nSamples - 8, nSamples),
    slots: Int32Array.of(0, 3, 1, 2, 0, 2),
    nSlots: 4,
  };
}

const failed = expect.objectContaining({ code: 'engine-failed' }) as unknown;

describe('an engine on a card', () => {
  it('passes the self-test, frees all it took, and ran every program', async () => {
    const { card, engine } = await engineOf();
    await expect(selfTest(engine)).resolves.toBeUndefined();
    const ofNetworks = ['layer', 'activate', 'errors', 'slopes', 'back', 'gradients', 'moments'];
    expect(new Set(card.ran)).toEqual(
      new Set(['nearest', 'distances', 'products', 'project', ...ofNetworks, 'step']),
    );
    expect(card.nTensors).toBe(0);
  });

  it('is refused where the card computes in 16 bits', async () => {
    // Eleven bits of the fraction.
    const half = (value: number) => {
      const unit = 2 ** (Math.floor(Math.log2(Math.abs(value) || 1)) - 10);
      return Math.round(value / unit) * unit;
    };
    await expect(engineOf({ rounding: half })).rejects.toEqual(failed);
  });

  it.each([1, 3, 10, 16, 17])('descends from %i starts as the reference does', async (nStarts) => {
    const X = clouds(400, 3);
    const { card, engine } = await engineOf();
    const starts = startsOf(X, nStarts, 4);
    const stop = { tolerance: 0, maxIter: 50 };
    const loaded = engine.load(X);
    const found = await loaded.descend(starts, stop, noRest);
    loaded.dispose();
    expect(found).toEqual(await reference.load(X).descend(starts, stop, noRest));
    expect(card.nTensors).toBe(0);
  });

  it('takes starts in step: as many passes as the longest descent has iterations', async () => {
    const X = clouds(400, 3);
    const starts = startsOf(X, 10, 4);
    const stop = { tolerance: 0, maxIter: 50 };
    const alone = await Promise.all(
      starts.map(async (start) => (await reference.load(X).descend([start], stop, noRest)).best),
    );
    const { card, engine } = await engineOf();
    const before = card.ran.length;
    await engine.load(X).descend(starts, stop, noRest);
    const most = Math.max(...alone.map(({ nIter }) => nIter));
    expect(card.ran.length - before).toBeLessThanOrEqual(most + 1);
  });

  it('stops all starts when it is cancelled, and frees what it took', async () => {
    const X = clouds(400, 3);
    const { card, engine } = await engineOf();
    let rests = 0;
    const cancel = () => (++rests < 5 ? Promise.resolve() : Promise.reject(new Error('enough')));
    const loaded = engine.load(X);
    const work = loaded.descend(startsOf(X, 4, 4), { tolerance: 0, maxIter: 50 }, cancel);
    await expect(work).rejects.toThrow('enough');
    loaded.dispose();
    expect(card.nTensors).toBe(0);
  });

  it.each([2, 3, 17])('sums distances of %i columns within 1e-6', async (nFeatures) => {
    const X = clouds(1_100, nFeatures);
    const { card, engine } = await engineOf();
    const runs = someRuns(1_100);
    const loaded = engine.load(X);
    const expected = await reference.load(X).distanceSums(runs, noRest);
    const found = await loaded.distanceSums(runs, noRest);
    loaded.dispose();
    expect(worstRatio(expected, found)).toBeLessThan(1e-6);
    expect(card.ran).toContain('distances');
    expect(card.nTensors).toBe(0);
  });

  it('sums distances of some rows as of all', async () => {
    const X = clouds(300, 4);
    const loaded = (await engineOf()).engine.load(X);
    const runs = someRuns(300);
    const all = await loaded.distanceSums(runs, noRest);
    const some = await loaded.distanceSums(runs, noRest, { first: 104, end: 207 });
    expect(some).toEqual(all.slice(104 * 4, 207 * 4));
  });

  it('sums distances far below the longest within 1e-6, too', async () => {
    // Two heaps: neighbours are 2^-36 apart, the heaps a million.
    const data = Float32Array.from({ length: 128 }, (_, at) => {
      const i = at >> 1;
      return at & 1 ? (i % 2) * 2 ** 20 : i * 2 ** -36;
    });
    const X = matrix(data, 64, 2);
    const runs = {
      rows: Int32Array.from({ length: 64 }, (_, i) => (i < 32 ? 2 * i : 2 * i - 63)),
      ends: Int32Array.of(32, 64),
      slots: Int32Array.of(0, 1),
      nSlots: 2,
    };
    const { card, engine } = await engineOf();
    const expected = await reference.load(X).distanceSums(runs, noRest);
    const found = await engine.load(X).distanceSums(runs, noRest);
    expect(card.ran).toContain('distances');
    expect(worstRatio(expected, found)).toBeLessThan(1e-6);
  });

  it('computes covariances as float64 does', async () => {
    const X = centred(clouds(3_000, 5));
    const { card, engine } = await engineOf();
    const loaded = engine.load(X);
    const expected = await reference.load(X).covariance(noRest);
    const found = await loaded.covariance(noRest);
    loaded.dispose();
    found.forEach((value, at) => {
      const [j, l] = [Math.floor(at / 5), at % 5];
      const size = Math.sqrt(expected[j * 6] * expected[l * 6]);
      expect(Math.abs(value - expected[at])).toBeLessThan(1e-12 * size);
    });
    expect(card.ran).toContain('products');
    expect(card.nTensors).toBe(0);
  });

  it.each([2 ** 51, 2 ** -4, Infinity])(
    'leaves rows as long as %d to the processor',
    async (size) => {
      const { card, engine } = await engineOf();
      const before = card.ran.length;
      const X = matrix(Float32Array.of(0, size, 0, -size), 4, 1);
      const labels = new Int32Array(4);
      await engine.load(X).assign(Float64Array.of(0, size), 2, labels);
      expect(card.ran.length).toBe(before);
      const expected = new Int32Array(4);
      await reference.load(X).assign(Float64Array.of(0, size), 2, expected);
      expect(labels).toEqual(expected);
    },
  );
});

describe('a card that computes wrongly', () => {
  const X = clouds(600, 3);
  const stop = { tolerance: 0, maxIter: 50 };
  const descend = (loaded: LoadedMatrix) => loaded.descend(startsOf(X, 2, 4), stop, noRest);
  const measure = (loaded: LoadedMatrix) => loaded.distanceSums(someRuns(600), noRest);

  const faults: [
    string,
    NonNullable<StandInOptions['spoil']>,
    (l: LoadedMatrix) => Promise<unknown>,
  ][] = [
    ['returns zeros', (values) => values.fill(0), descend],
    ['returns labels that are none', (values) => values.fill(7), descend],
    ['returns NaN', (values) => values.fill(NaN), descend],
    ['is off by four rows', (values) => values.copyWithin(4, 0), descend],
    ['returns zeros for distances', (values) => values.fill(0), measure],
    ['returns distances that are off by 1e-5', (values) => values.map((v) => v * 1.00001), measure],
    [
      'returns zeros for scores',
      (values) => values.fill(0),
      (l) => l.project(Float64Array.of(1, 1, 1), 1),
    ],
  ];

  it.each(faults)('and %s is noticed', async (_name, spoil, work) => {
    // Sound while it proves itself.
    const { card, engine } = await engineOf({
      spoil: (values, _program, nRead) => (nRead < 1 ? values : spoil(values, '', nRead)),
    });
    const loaded = engine.load(X);
    await expect(work(loaded)).rejects.toEqual(failed);
    loaded.dispose();
    expect(card.nTensors).toBe(0);
  });

  it('in the middle of a fit is noticed, and the fit ends nowhere else', async () => {
    const { engine } = await engineOf({
      spoil: (values, _program, nRead) => (nRead < 4 ? values : values.fill(0)),
    });
    await expect(descend(engine.load(X))).rejects.toEqual(failed);
  });
});

function worstRatio(expected: Float64Array, found: Float64Array): number {
  return expected.reduce(
    (worst, value, at) => Math.max(worst, Math.abs(found[at] - value) / (value || 1)),
    0,
  );
}

function centred({ data, nSamples, nFeatures }: Matrix): Matrix {
  const means = new Float64Array(nFeatures);
  data.forEach((value, at) => (means[at % nFeatures] += value / nSamples));
  return matrix(
    data.map((value, at) => value - means[at % nFeatures]),
    nSamples,
    nFeatures,
  );
}
