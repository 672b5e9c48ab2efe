import { expect, test } from './fixture';
import { watchCancel } from './stopwatch';
import type { TesseraPage } from './tessera-page';

/** Enough starts that the search is still going on when the button is pressed. */
const manyStarts = 100;
/** What a person takes for at once. */
const atOnce = 300;

async function cancelDuringSearch(tessera: TesseraPage): Promise<void> {
  const { page } = tessera;
  const measured = await watchCancel(page);
  await expect(page.getByRole('progressbar', { name: 'Trying numbers of segments' })).toBeVisible();
  await page.getByTestId('cancel').click();
  await expect.poll(measured).toBeGreaterThanOrEqual(0);
  const milliseconds = await measured();
  test.info().annotations.push({ type: 'cancel', description: `${Math.round(milliseconds)} ms` });
  console.log(`measured: cancel ${Math.round(milliseconds)} ms`);
  expect(milliseconds).toBeLessThanOrEqual(atOnce);
}

test('cancelling the first run leads back to the empty page at once', async ({ tessera }) => {
  await tessera.page.getByTestId('load-sample').click();
  await cancelDuringSearch(tessera);
  await tessera.expectEmpty();
  await tessera.loadSample();
});

test('cancelling a change takes it back, and the old answer stands', async ({ tessera }) => {
  await tessera.loadSample();
  const before = await tessera.results();
  await tessera.type('Random starts for each', manyStarts);
  await cancelDuringSearch(tessera);
  await tessera.expectReady();
  await expect(tessera.setting('spinbutton', 'Random starts for each')).toHaveValue('10');
  expect((await tessera.results()).segments).toEqual(before.segments);
});

test('cancelling a change of the cleaning leaves no half-done mixture', async ({ tessera }) => {
  await tessera.loadSample();
  const before = await tessera.results();
  await tessera.select('Outliers are', 'moved to the bound');
  await cancelDuringSearch(tessera);
  await tessera.expectReady();
  const after = await tessera.results();
  expect({ ...after, timings: null }).toEqual({ ...before, timings: null });
});

test('after a cancel the page can be used on', async ({ tessera }) => {
  await tessera.loadSample();
  await tessera.type('Random starts for each', manyStarts);
  await cancelDuringSearch(tessera);
  await tessera.expectReady();
  await tessera.rerun(() => tessera.select('Number of segments', '5'));
  expect((await tessera.results()).segments.nClusters).toBe(5);
});
