import { expect, test } from './fixture';
import type { ResultsFile } from './results-file';
import { watchRunning } from './stopwatch';

/** Random starts, more than by default. */
const otherStarts = 20;

function pick(timings: ResultsFile['timings'], steps: readonly string[]) {
  return steps.map((step) => [step, timings[step]]);
}

test('another number of segments reruns the segments and what stands on them, nothing else', async ({
  tessera,
}) => {
  await tessera.loadFewCustomers();
  const before = await tessera.results();
  const other = before.segments.nClusters === 5 ? 6 : 5;
  await tessera.rerun(() => tessera.select('Number of segments', String(other)));
  await expect(tessera.page.getByTestId('metrics').getByRole('row')).toHaveCount(other + 1);
  const after = await tessera.results();
  expect(after.segments.nClusters).toBe(other);
  // A result that is computed again takes another time to the tenth of a millisecond; one that is kept, the same.
  const kept = ['read', 'clean', 'scale', 'pca', 'sweep'];
  expect(pick(after.timings, kept)).toEqual(pick(before.timings, kept));
  expect(after.timings.tree).not.toBe(before.timings.tree);
  expect(after.sweep).toEqual(before.sweep);
  expect(after.classifier.confusion).toHaveLength(other);
});

test('a setting of the classifier leaves the segments alone', async ({ tessera }) => {
  await tessera.loadFewCustomers();
  const before = await tessera.results();
  await tessera.rerun(() => tessera.type('Questions in a row, at most', 2));
  const after = await tessera.results();
  await expect(tessera.section('Classifier')).toContainText(after.classifier.accuracy.toFixed(3));
  expect(after.segments).toEqual(before.segments);
  const kept = ['read', 'clean', 'scale', 'pca', 'sweep', 'cluster', 'profile'];
  expect(pick(after.timings, kept)).toEqual(pick(before.timings, kept));
  expect(after.classifier.accuracy).toBeLessThan(before.classifier.accuracy);
});

test('until a change is done, the old answer stands and is marked as old', async ({ tessera }) => {
  await tessera.loadFewCustomers();
  const ids = ['data', 'clean', 'segments', 'story'];
  const seen = await watchRunning(tessera.page, ids);
  await tessera.rerun(() => tessera.type('Random starts for each', otherStarts), 50_000);
  const stale = { data: 'false', clean: 'false', segments: 'true', story: 'true' };
  expect(await seen()).toContainEqual({ stale, canDownload: false });
  for (const id of ids) {
    await expect(tessera.page.locator(`#${id}`), id).toHaveAttribute('data-stale', 'false');
  }
  await expect(tessera.page.getByTestId('k-table')).toContainText(`of ${otherStarts}`);
});

test('undo and redo go from one answer to the other without computing', async ({ tessera }) => {
  await tessera.loadFewCustomers();
  // What the story does not wait for may be there or not when a file is saved.
  const told = async () => ({ ...(await tessera.results()), trust: null, personas: null });
  const first = await told();
  const other = first.segments.nClusters === 5 ? 6 : 5;
  const rows = tessera.page.getByTestId('metrics').getByRole('row');
  const undo = tessera.page.getByRole('button', { name: 'Undo' });
  await tessera.rerun(() => tessera.select('Number of segments', String(other)));
  const second = await told();

  await tessera.rerun(() => undo.click());
  await expect(rows).toHaveCount(first.segments.nClusters + 1);
  expect(await told()).toEqual(first);
  await expect(undo).toBeDisabled();

  await tessera.rerun(() => tessera.page.getByRole('button', { name: 'Redo' }).click());
  await expect(rows).toHaveCount(other + 1);
  expect(await told()).toEqual(second);
});

test('a column that is taken out is gone from the segments, and comes back', async ({
  tessera,
}) => {
  await tessera.loadFewCustomers();
  const field = tessera.field('TENURE');
  await tessera.rerun(async () => {
    await tessera.page.getByLabel('Role of TENURE').selectOption({ label: 'left out' });
  });
  await expect(field).toHaveCount(0);
  await tessera.rerun(() => tessera.page.getByRole('button', { name: 'Undo' }).click());
  await expect(field).toHaveCount(1);
});
