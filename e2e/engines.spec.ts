import { CardWatch } from './card-watch';
import {
  blobsCsv,
  creditCardFile,
  fewCustomers,
  lacksCreditCard,
  parseCsv,
  textFile,
} from './files';
import { expect, test } from './fixture';
import type { ResultsFile } from './results-file';
import type { TesseraPage } from './tessera-page';

/* This spec alone runs in a browser with software graphics (playwright.config.ts): no graphics card is needed. */

const names = {
  simd: 'processor, WebAssembly SIMD',
  reference: 'processor, plain loops',
  tfjs: 'graphics card (TensorFlow.js)',
  webgpu: 'graphics card (TensorFlow.js on WebGPU)',
} as const;

/** A graphics card that is imitated by one or two cores is slow. */
const softwareTimeout = 180_000;

/** The sample and the published file have as many columns of numbers. */
const nFeatures = 17;
const segmentPrograms = ['bins', 'distances', 'nearest', 'products', 'project'].map(
  (name) => `${name} ${nFeatures}`,
);
const networkKinds = [
  ...['layer', 'activate', 'errors', 'slopes', 'back', 'gradients', 'moments', 'step'],
];
/** Of the small network that an engine learns in its self-test: seven columns, filled up to eight. */
const networkPrograms = networkKinds.map((name) => `${name} 8`);
const allPrograms = [...segmentPrograms, ...networkPrograms];

/** What networks other than that of the self-test had the card do. */
function networksIn(programs: readonly string[]): string[] {
  const kinds = programs
    .filter((name) => !networkPrograms.includes(name))
    .map((name) => name.split(' ')[0])
    .filter((kind) => networkKinds.includes(kind));
  return [...new Set(kinds)].sort();
}

const blobs = textFile(
  'blobs.csv',
  blobsCsv(90, [
    [0, 0],
    [50, 0],
    [0, 50],
  ]),
);

/** The answer of an engine, which must be the one that was asked for. */
async function computeOn(tessera: TesseraPage, id: keyof typeof names): Promise<ResultsFile> {
  await tessera.rerun(() => tessera.chooseEngine(names[id]), softwareTimeout);
  const results = await tessera.results();
  expect(results.engine.id).toBe(id);
  return results;
}

/** All that must have the same bits on every engine. */
function findings({ segments, scores, sweep, classifier }: ResultsFile) {
  return {
    labels: scores.labels.join(),
    sizes: segments.profiles.map(({ size }) => size),
    names: segments.profiles.map(({ name }) => name),
    nClusters: segments.nClusters,
    inertias: sweep.candidates.map(({ inertia }) => inertia),
    suggested: sweep.suggested,
    accuracy: classifier.accuracy,
    confusion: classifier.confusion,
  };
}

/** The same answer as that of plain loops; what a card may round agrees to the promised digits. */
function expectSame(found: ResultsFile, reference: ResultsFile): void {
  expect(findings(found)).toEqual(findings(reference));
  reference.sweep.candidates.forEach(({ silhouette }, i) => {
    const other = found.sweep.candidates[i].silhouette;
    if (silhouette === null) expect(other).toBeNull();
    else expect(Math.abs((other ?? NaN) - silhouette)).toBeLessThan(1e-5);
  });
  reference.pca.explainedVarianceRatio.forEach((ratio, m) => {
    expect(Math.abs(found.pca.explainedVarianceRatio[m] - ratio)).toBeLessThan(1e-8);
  });
}

test('a browser with WebGL is really there, in the page and in the worker', async ({ tessera }) => {
  await tessera.segment(blobs);
  const [worker] = tessera.page.workers();
  const hasWebGl = await worker.evaluate(
    () => new OffscreenCanvas(1, 1).getContext('webgl2') !== null,
  );
  expect(hasWebGl).toBe(true);
});

/** Fewer starts than usual: what is tested here is not their number; but enough customers for every kernel. */
async function loadCustomers(tessera: TesseraPage): Promise<void> {
  await tessera.segment(fewCustomers(5000));
  await tessera.rerun(() => tessera.type('Random starts for each', 2));
}

test('all engines give every customer the same segment, TensorFlow.js with every kernel on WebGL', async ({
  tessera,
}) => {
  test.setTimeout(2 * softwareTimeout);
  // The published file where it is at hand: no other is as awkward.
  if (lacksCreditCard) await loadCustomers(tessera);
  else await tessera.segment(creditCardFile());
  const watch = new CardWatch(tessera.page);
  const answers: { results: ResultsFile; labels: string }[] = [];
  for (const id of ['reference', 'simd', 'tfjs'] as const) {
    const results = await computeOn(tessera, id);
    const rows = parseCsv((await tessera.download('download-labels')).text);
    answers.push({ results, labels: rows.map(({ segment }) => segment).join() });
  }
  const [reference, simd, tfjs] = answers;
  expect(tfjs.results.engine.detail).toMatch(/SwiftShader|WebGL/i);
  expect(await watch.programs()).toEqual(expect.arrayContaining(allPrograms));
  expect(simd.labels === reference.labels, 'simd = reference').toBe(true);
  expect(tfjs.labels === reference.labels, 'tfjs = reference').toBe(true);
  expectSame(simd.results, reference.results);
  expectSame(tfjs.results, reference.results);
});

test('on WebGPU the sample gets the same segments, with every kernel', async ({ tessera }) => {
  test.setTimeout(2 * softwareTimeout);
  await loadCustomers(tessera);
  const [worker] = tessera.page.workers();
  const hasWebGpu = await worker.evaluate(
    async () => 'gpu' in navigator && (await navigator.gpu.requestAdapter()) !== null,
  );
  test.skip(!hasWebGpu, 'This browser offers no WebGPU.');
  const reference = await computeOn(tessera, 'reference');
  const watch = new CardWatch(tessera.page);
  const webgpu = await computeOn(tessera, 'webgpu');
  expect(webgpu.engine.detail).toMatch(/WebGPU/);
  expect(await watch.programs()).toEqual(expect.arrayContaining(allPrograms));
  expectSame(webgpu, reference);
});

test('a graphics card that is taken away in the middle of a fit does no harm, and is told of', async ({
  tessera,
  guard,
}) => {
  test.setTimeout(2 * softwareTimeout);
  guard.forgive(/WebGL|CONTEXT_LOST/);
  await loadCustomers(tessera);
  const reference = await computeOn(tessera, 'reference');
  const watch = new CardWatch(tessera.page, { program: `nearest ${nFeatures}`, draws: 10 });
  await tessera.rerun(() => tessera.chooseEngine(names.tfjs), softwareTimeout);
  expect(await watch.programs()).toContain(`nearest ${nFeatures}`);
  const results = await tessera.results();
  expect(results.engine.id).toBe('simd');
  expectSame(results, reference);
  const panel = tessera.section('Save');
  await expect(panel).toContainText('The graphics card was taken away from this page');
  await expect(panel).toContainText('The work went on without it');
});

test('segments from the codes of an autoencoder are the same on TensorFlow.js, which leaves the network to the processor', async ({
  tessera,
}) => {
  test.setTimeout(softwareTimeout);
  await tessera.segment(fewCustomers(400));
  await tessera.rerun(() => tessera.type('Random starts for each', 2));
  await tessera.rerun(() => tessera.page.getByRole('radio', { name: /^The codes of an/ }).check());
  const reference = await computeOn(tessera, 'reference');
  const watch = new CardWatch(tessera.page);
  const tfjs = await computeOn(tessera, 'tfjs');
  // The losses of the network too, to the last bit: no other network has these codes.
  expect(tfjs.space).toEqual(reference.space);
  expect(tfjs.space.training?.losses.length).toBeGreaterThan(1);
  expectSame(tfjs, reference);
  const programs = await watch.programs();
  // Before the network learns, and of the segments that are formed from its four numbers.
  expect(programs).toEqual(expect.arrayContaining(['products 17', 'nearest 4', 'distances 4']));
  expect(networksIn(programs)).toEqual([]);
});

test('a network that recognises segments learns on the card, through TensorFlow.js, and is never wrong', async ({
  tessera,
}) => {
  test.setTimeout(softwareTimeout);
  const { page } = tessera;
  const watch = new CardWatch(page);
  await tessera.segment(blobs);
  await computeOn(tessera, 'tfjs');
  expect(networksIn(await watch.programs())).toEqual([]);
  await page.getByRole('button', { name: 'Compare classifiers' }).click();
  const table = page.getByTestId('classifiers');
  const network = table.getByRole('row').filter({ hasText: 'Small neural network' });
  await expect(network).toBeVisible({ timeout: 60_000 });
  // Three groups so far apart that nobody has to be taken for another.
  await expect(network.getByRole('cell')).toHaveText(['100.0 %', '100.0 %', '100.0 %', '100.0 %']);
  // Outputs that are linear have no slopes.
  const expected = networkKinds.filter((kind) => kind !== 'slopes');
  expect(networksIn(await watch.programs())).toEqual(expected.sort());
  expect((await tessera.results()).engine.id).toBe('tfjs');
});

test('the engine that computes says so, and why', async ({ tessera }) => {
  await tessera.segment(blobs);
  await computeOn(tessera, 'tfjs');
  const panel = tessera.section('Save');
  await expect(panel).toContainText('passed its self-test');
  await expect(panel).toContainText(/SwiftShader|WebGL/i);
});
