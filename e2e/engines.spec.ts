import {
  blobsCsv,
  creditCardAbsent,
  creditCardFile,
  lacksCreditCard,
  parseCsv,
  textFile,
} from './files';
import { expect, test } from './fixture';
import type { ResultsFile } from './results-file';
import type { TesseraPage } from './tessera-page';

/* This spec alone runs in a browser with software WebGL (playwright.config.ts): no graphics card is needed. */

const names = {
  simd: 'processor, WebAssembly SIMD',
  reference: 'processor, plain loops',
  tfjs: 'graphics card (TensorFlow.js)',
} as const;

/** A graphics card that is imitated by one or two cores is slow. */
const softwareTimeout = 90_000;

/** The answer of an engine, which must be the one that was asked for. */
async function computeOn(tessera: TesseraPage, id: keyof typeof names): Promise<ResultsFile> {
  await tessera.rerun(() => tessera.chooseEngine(names[id]), softwareTimeout);
  const results = await tessera.results();
  expect(results.engine.id).toBe(id);
  return results;
}

/** All that must not depend on the engine. */
function findings({ segments, scores, sweep }: ResultsFile) {
  return {
    labels: scores.labels.join(),
    sizes: segments.profiles.map(({ size }) => size),
    nClusters: segments.nClusters,
    suggested: sweep.suggested,
  };
}

test('a browser with WebGL is really there, in the page and in the worker', async ({ tessera }) => {
  await tessera.segment(
    textFile(
      'blobs.csv',
      blobsCsv(90, [
        [0, 0],
        [50, 0],
        [0, 50],
      ]),
    ),
  );
  const [worker] = tessera.page.workers();
  const hasWebGl = await worker.evaluate(
    () => new OffscreenCanvas(1, 1).getContext('webgl2') !== null,
  );
  expect(hasWebGl).toBe(true);
});

test('on the sample all engines find the same segments, TensorFlow.js on WebGL', async ({
  tessera,
}) => {
  test.setTimeout(240_000);
  await tessera.loadSample();
  const reference = await computeOn(tessera, 'reference');
  const simd = await computeOn(tessera, 'simd');
  const tfjs = await computeOn(tessera, 'tfjs');
  expect(tfjs.engine.detail).toMatch(/SwiftShader|WebGL/i);
  expect(findings(simd)).toEqual(findings(reference));
  expect(findings(tfjs)).toEqual(findings(reference));
});

test('on the published file all engines give every customer the same segment', async ({
  tessera,
}) => {
  test.skip(lacksCreditCard, creditCardAbsent);
  test.setTimeout(240_000);
  await tessera.segment(creditCardFile());
  const labels: string[] = [];
  for (const id of ['reference', 'simd', 'tfjs'] as const) {
    await computeOn(tessera, id);
    const rows = parseCsv((await tessera.download('download-labels')).text);
    expect(rows).toHaveLength(8950);
    labels.push(rows.map(({ segment }) => segment).join());
  }
  expect(labels[1] === labels[0], 'simd = reference').toBe(true);
  expect(labels[2] === labels[0], 'tfjs = reference').toBe(true);
});

test('the engine that computes says so, and why', async ({ tessera }) => {
  await tessera.segment(
    textFile(
      'blobs.csv',
      blobsCsv(90, [
        [0, 0],
        [50, 0],
        [0, 50],
      ]),
    ),
  );
  await computeOn(tessera, 'tfjs');
  const panel = tessera.section('Save');
  await expect(panel).toContainText('passed its self-test');
  await expect(panel).toContainText(/SwiftShader|WebGL/i);
});
