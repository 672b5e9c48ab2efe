/**
 * npm packages at the stages that they have, in Node. Reads one request a line, { stage, input, check }, and answers each
 * with one line, { seconds, result } or { error }. Typed arrays come as { type, base64 }.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { crc32 } from 'node:zlib';
import { DecisionTreeClassifier } from 'ml-cart';
import { kmeans } from 'ml-kmeans';
import { PCA } from 'ml-pca';
import Papa from 'papaparse';

let path;
let settings;
/** Rows of the scaled matrix. */
let X = [];

const stages = {
  open(given) {
    ({ path, settings } = given);
    return untimed();
  },
  /** What the packages below work on: reading and scaling are the business of others. */
  take({ X: values, nFeatures }) {
    X = Array.from({ length: values.length / nFeatures }, (_, i) =>
      Array.from(values.subarray(i * nFeatures, (i + 1) * nFeatures)),
    );
    return untimed();
  },
  read: () =>
    timed(
      () =>
        Papa.parse(readFileSync(path, 'utf8'), {
          header: false,
          dynamicTyping: true,
          skipEmptyLines: true,
        }).data,
      cellsOf,
    ),
  pca: () =>
    timed(
      () => new PCA(X, { method: 'covarianceMatrix' }).getExplainedVariance(),
      (ratios) => ({ ratios }),
    ),
  fit({ centers, labels }) {
    const { nClusters, seed } = settings;
    return timed(
      () => kmeans(X, nClusters, { initialization: 'kmeans++', seed }),
      (fit) => ({
        inertia: inertiaOf(fit.centroids.flat(), fit.clusters),
        inertiaOfYours: inertiaOf(centers, labels),
      }),
    );
  },
  tree({ labels, train, test }) {
    const rows = Array.from(train, (i) => X[i]);
    const classes = Array.from(train, (i) => labels[i]);
    return timed(
      () => {
        const tree = new DecisionTreeClassifier({
          gainFunction: 'gini',
          maxDepth: 12,
          minNumSamples: 5,
        });
        tree.train(rows, classes);
        return tree;
      },
      (tree) => {
        const predicted = tree.predict(Array.from(test, (i) => X[i]));
        const nRight = predicted.filter((label, i) => label === labels[test[i]]).length;
        return { accuracy: nRight / test.length };
      },
    );
  },
};

function untimed() {
  return { seconds: 0, result: () => ({}) };
}

function timed(work, resultOf) {
  const start = performance.now();
  const value = work();
  return { seconds: (performance.now() - start) / 1000, result: () => resultOf(value) };
}

/** The checksums that bench/page/checksum.ts describes. */
function cellsOf([header, ...rows]) {
  const columns = header.map((name, j) => {
    const values = rows.map((row) => row[j]);
    if (values.every((value) => value === null || typeof value === 'number')) {
      const bytes = Buffer.from(Float64Array.from(values, (value) => value ?? NaN).buffer);
      return { name, kind: 'number', checksum: crc32(bytes) };
    }
    const text = values.map((value) => `${value ?? ''}\n`).join('');
    return { name, kind: 'text', checksum: crc32(text) };
  });
  return { nRows: rows.length, columns };
}

function inertiaOf(centers, labels) {
  const nFeatures = X[0].length;
  return X.reduce((total, row, i) => {
    const from = labels[i] * nFeatures;
    return row.reduce((sum, value, j) => sum + (value - centers[from + j]) ** 2, total);
  }, 0);
}

const arrays = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint8: Uint8Array,
};

function decode(_, value) {
  if (typeof value?.base64 !== 'string') return value;
  const bytes = Uint8Array.from(Buffer.from(value.base64, 'base64'));
  return new arrays[value.type](bytes.buffer);
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { stage, input, check } = JSON.parse(line, decode);
    const { seconds, result } = stages[stage](input ?? {});
    answer = { seconds, result: check ? result() : null };
  } catch (error) {
    answer = { error: error.stack };
  }
  console.log(JSON.stringify(answer));
}
