import { expect, test } from './fixture';
import type { ResultsFile } from './results-file';
import type { TesseraPage } from './tessera-page';

/** Enough starts that one can look at the page while it works. */
const manyStarts = 40;

function pick(timings: ResultsFile['timings'], steps: readonly string[]) {
  return steps.map((step) => [step, timings[step]]);
}

async function expectStale(tessera: TesseraPage, stale: Record<string, boolean>): Promise<void> {
  for (const [id, isStale] of Object.entries(stale)) {
    const section = tessera.page.locator(`#${id}`);
    await expect(section, id).toHaveAttribute('data-stale', String(isStale));
  }
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
  await tessera.type('Random starts for each', manyStarts);
  await tessera.expectState('running');
  await expect(tessera.story).toBeVisible();
  await expectStale(tessera, { data: false, clean: false, segments: true, story: true });
  await expect(tessera.page.getByTestId('download-results')).toBeDisabled();
  await tessera.expectReady(50_000);
  await expectStale(tessera, { data: false, clean: false, segments: false, story: false });
  await expect(tessera.page.getByTestId('k-table')).toContainText(`of ${manyStarts}`);
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
