import { expect, test } from 'vitest';
import { matrix } from '../matrix';
import { createRandom } from '../random';
import { costOf } from './cost';
import { squaredDistance } from './lloyd';
import { squaredLengths } from './moments';

test('the squares of the rows and the cost of the sums are the inertia, about means and any other centres', () => {
  const random = createRandom(3);
  const [nSamples, nFeatures, nClusters] = [700, 5, 4];
  const data = Float32Array.from({ length: nSamples * nFeatures }, () => random.normal() ** 3);
  const X = matrix(data, nSamples, nFeatures);
  const centers = Float64Array.from({ length: nClusters * nFeatures }, () => random.normal());
  const sums = new Float64Array(nClusters * nFeatures);
  const counts = new Float64Array(nClusters);
  let inertia = 0;
  for (let i = 0; i < nSamples; i++) {
    const label = i % nClusters;
    counts[label]++;
    for (let j = 0; j < nFeatures; j++) sums[label * nFeatures + j] += data[i * nFeatures + j];
    inertia += squaredDistance(X, i, centers, label);
  }
  const { cost, size } = costOf(centers, { sums, counts });
  expect(Math.abs(squaredLengths(X) + cost - inertia)).toBeLessThan(1e-12 * (size + inertia));
});
