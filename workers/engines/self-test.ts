import { nobody, type Descent, type Engine, type LoadedMatrix } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import { activations, startLayers } from '../../src/core/learn/dense-layer';
import { nearestCenter } from '../../src/core/learn/nearest';
import { matrix, type Matrix } from '../../src/core/matrix';
import { createRandom, type Random } from '../../src/core/random';
import { plainCovariance } from './plain-covariance';
import { plainNetwork } from './plain-dense';
import { plainReach } from './plain-reach';
import { plainSearch } from './plain-search';
import { inertiasOf, plainDistanceSums, sumRows } from './plain-sums';
import { createReferenceEngine, projectRows } from './reference';

const nSamples = 600;
const nFeatures = 7;
const nClusters = 5;
const nComponents = 3;

/**
 * Proves an engine at start-up, in some milliseconds: a small problem with the cases that float32 gets wrong (exact
 * ties, duplicates, rows far from the origin), large enough that a graphics card really computes it.
 *
 * @throws AppError `engine-failed` naming the first difference
 */
export async function selfTest(engine: Engine): Promise<void> {
  const random = createRandom(20_240_229);
  const centers = someCenters(random);
  const X = someRows(random, centers);
  const components = Float64Array.from({ length: nComponents * nFeatures }, () => random.normal());
  const loaded = engine.load(X);
  try {
    const labels = new Int32Array(nSamples).fill(-1);
    await loaded.assign(centers, nClusters, labels);
    compareLabels(engine, X, centers, labels);
    compareSums(engine, X, loaded, centers, labels);
    await compareDescents(engine, X, loaded);
    await compareCovariances(engine, X, loaded);
    await compareDistances(engine, X, loaded);
    const scores = await loaded.project(components, nComponents);
    compareScores(engine, projectRows(X, components, nComponents), scores);
    await compareNeighbours(engine, X);
    await compareNetworks(engine, random);
  } finally {
    loaded.dispose();
  }
}

/** Multiples of 1/8, so that a row half-way between two of them is an exact tie; the last centre is the second's twin. */
function someCenters(random: Random): Float64Array {
  const centers = new Float64Array(nClusters * nFeatures);
  for (let at = 0; at < centers.length; at++) centers[at] = (random.integer(65) - 32) / 8;
  centers.copyWithin((nClusters - 1) * nFeatures, nFeatures, 2 * nFeatures);
  return centers;
}

function someRows(random: Random, centers: Float64Array): Matrix {
  const data = new Float32Array(nSamples * nFeatures);
  for (let i = 0; i < nSamples; i++) {
    const a = random.integer(nClusters) * nFeatures;
    const b = random.integer(nClusters) * nFeatures;
    const kind = i % 4;
    for (let j = 0; j < nFeatures; j++) {
      const between = (centers[a + j] + centers[b + j]) / 2;
      if (kind === 0) data[i * nFeatures + j] = 3 * random.normal();
      else if (kind === 1) data[i * nFeatures + j] = between;
      else if (kind === 2) data[i * nFeatures + j] = between + 1e-7 * random.normal();
      else data[i * nFeatures + j] = data[(i - 3) * nFeatures + j] + (i % 8 === 3 ? 0 : 1e6);
    }
  }
  // On a grid, so that sums are exact in any order.
  for (let at = 0; at < data.length; at++) data[at] = Math.round(data[at] * 2 ** 22) / 2 ** 22;
  return matrix(data, nSamples, nFeatures);
}

function compareLabels(engine: Engine, X: Matrix, centers: Float64Array, labels: Int32Array): void {
  for (let i = 0; i < nSamples; i++) {
    const expected = nearestCenter(X.data, i * nFeatures, centers, nClusters, nFeatures);
    if (labels[i] === expected) continue;
    throw new AppError(
      'engine-failed',
      `The engine “${engine.detail}” failed its start-up test: row ${i} is nearest to centre ${expected}, not ${labels[i]}.`,
      { row: i, expected, got: labels[i] },
    );
  }
}

/** What is float64 has to be right to the last bit. */
function compareSums(
  engine: Engine,
  X: Matrix,
  loaded: LoadedMatrix,
  centers: Float64Array,
  labels: Int32Array,
): void {
  const { sums, counts } = loaded.sums(labels, nClusters);
  const expected = sumRows(X, labels, nClusters);
  compareValues(engine, 'a sum of a cluster', expected.sums, sums, 0);
  compareValues(engine, 'the size of a cluster', expected.counts, counts, 0);
  const inertia = loaded.inertias(labels, centers);
  const sameInertia = inertiasOf(X, labels, centers);
  compareValues(engine, 'the inertia', sameInertia, inertia, 0);
  const [reach, sameReach] = [loaded.reach(), plainReach(X)];
  for (const points of [centers.subarray(0, nFeatures), centers.subarray(nFeatures)]) {
    const best = [sameReach, reach].map((each) => Float64Array.of(each.addBest(points)));
    compareValues(engine, 'a choice of a start', best[0], best[1], 0);
    compareValues(engine, 'a sum of distances', sameReach.cumulative(), reach.cumulative(), 0);
  }
  reach.dispose();
}

/** From two starts at once: whoever shares them among workers, or takes them in step, has to end where one alone does. */
async function compareDescents(engine: Engine, X: Matrix, loaded: LoadedMatrix): Promise<void> {
  const starts = [0, 1].map((first) =>
    Float64Array.from({ length: nClusters * nFeatures }, (_, at) => {
      const row = first + 4 * Math.floor(at / nFeatures);
      return X.data[row * nFeatures + (at % nFeatures)];
    }),
  );
  const stop = { tolerance: 0, maxIter: 10 };
  const noRest = () => Promise.resolve();
  const expected = await createReferenceEngine().load(X).descend(starts, stop, noRest);
  const found = await loaded.descend(starts, stop, noRest);
  const numbers = ({ best, inertias }: Descent) => [best.centers, best.labels, inertias];
  const [same, theirs] = [expected, found].map((descent) =>
    Float64Array.from(numbers(descent).flatMap((values) => [...values])),
  );
  compareValues(engine, 'a result of K-Means', same, theirs, 0);
}

/** Within 1e-9 of the deviations of the two columns. */
async function compareCovariances(engine: Engine, X: Matrix, loaded: LoadedMatrix): Promise<void> {
  const noRest = () => Promise.resolve();
  const expected = await plainCovariance(X, noRest);
  const found = await loaded.covariance(noRest);
  const relative = (values: Float64Array) =>
    values.map((value, at) => {
      const [j, l] = [Math.floor(at / nFeatures), at % nFeatures];
      return 2 + value / Math.sqrt(expected[j * (nFeatures + 1)] * expected[l * (nFeatures + 1)]);
    });
  // The two that is added makes a bound of the deviations out of a relative one.
  compareValues(engine, 'a covariance', relative(expected), relative(found), 5e-10);
}

/** A third of the rows, in three runs of different lengths. */
async function compareDistances(engine: Engine, X: Matrix, loaded: LoadedMatrix): Promise<void> {
  const rows = Int32Array.from({ length: nSamples / 3 }, (_, i) => 3 * i);
  const ends = Int32Array.of(1, 101, rows.length);
  const runs = { rows, ends, slots: Int32Array.of(0, 1, 0), nSlots: 2 };
  const noRest = () => Promise.resolve();
  const expected = await plainDistanceSums(X, runs, noRest);
  const found = await loaded.distanceSums(runs, noRest);
  compareValues(engine, 'a sum of distances', expected, found, 1e-6);
}

/** Of rows with twins, before and after some have vanished and others have grown. */
async function compareNeighbours(engine: Engine, X: Matrix): Promise<void> {
  const centers = Float64Array.from(X.data);
  const sizes = Float64Array.from({ length: nSamples }, (_, i) => 1 + (i % 5));
  const searches = [
    await engine.searchClusters(centers, sizes, nFeatures),
    plainSearch(centers, sizes, nFeatures),
  ];
  const distances = searches.map((search) => {
    const found: number[] = [];
    for (let i = 0; i < nSamples; i += 2) {
      const { cluster, distance } = search.nearest(i, nobody);
      found.push(cluster, distance);
      if (i % 3 === 0) search.replace(i, centers.subarray(0, nFeatures), 7);
      search.remove(i + 1);
    }
    search.dispose();
    return Float64Array.from(found);
  });
  compareValues(engine, 'a nearest cluster, or its distance,', distances[1], distances[0], 0);
}

/**
 * All activations, in layers whose widths are no multiples of four, through some steps and a batch that is not full. On a card
 * all are of one width, so that there are few programs to compile.
 */
async function compareNetworks(engine: Engine, random: Random): Promise<void> {
  const isCard = engine.id === 'tfjs' || engine.id === 'webgpu';
  const sizes = isCard ? Array<number>(6).fill(nFeatures) : [nFeatures, 9, 6, 10, nFeatures];
  const activationOf = (layer: number) => activations[layer % activations.length];
  const layers = startLayers(sizes, activationOf, random);
  const data = Float32Array.from({ length: 60 * nFeatures }, () => random.normal());
  const X = matrix(data, 60, nFeatures);
  const [found, expected] = await Promise.all(
    [engine.network(layers, 16), plainNetwork(layers, 16)].map(async (network) => {
      try {
        const loss = await network.train(X, X, 0.01);
        const outputs = await network.forward(X);
        const layers = await network.layers();
        const learned = layers.flatMap(({ weights, biases }) => [...weights, ...biases]);
        return Float64Array.of(loss, ...learned, ...outputs);
      } finally {
        network.dispose();
      }
    }),
  );
  // The ten that is added makes a bound of differences, a tenth of a step of Adam, out of a relative one.
  const shifted = (values: Float64Array) => (isCard ? values.map((value) => value + 10) : values);
  const tolerance = isCard ? 1e-4 : 0;
  compareValues(engine, 'a number of a network', shifted(expected), shifted(found), tolerance);
}

/** @param tolerance relative */
function compareValues(
  engine: Engine,
  what: string,
  expected: Float64Array,
  found: Float64Array,
  tolerance: number,
): void {
  for (let at = 0; at < expected.length; at++) {
    const difference = Math.abs(found[at] - expected[at]);
    if (difference <= tolerance * Math.abs(expected[at])) continue;
    throw new AppError(
      'engine-failed',
      `The engine “${engine.detail}” failed its start-up test: ${what} is ${expected[at]}, not ${found[at]}.`,
      { expected: expected[at], got: found[at] },
    );
  }
}

/** To 1e-4, relative to the score where that is above 1. */
function compareScores(engine: Engine, expected: Float32Array, scores: Float32Array): void {
  for (let at = 0; at < expected.length; at++) {
    const difference = Math.abs(scores[at] - expected[at]);
    if (difference <= 1e-4 * Math.max(1, Math.abs(expected[at]))) continue;
    const row = Math.floor(at / nComponents);
    throw new AppError(
      'engine-failed',
      `The engine “${engine.detail}” failed its start-up test: a score of row ${row} is ${expected[at]}, not ${scores[at]}.`,
      { row, expected: expected[at], got: scores[at] },
    );
  }
}
