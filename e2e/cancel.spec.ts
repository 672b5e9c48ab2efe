import { expect, test } from './fixture';
import { watchCancel, watchSection } from './stopwatch';
import type { TesseraPage } from './tessera-page';

/** Enough starts that the search is still going on when the button is pressed. */
const manyStarts = 100;
const someStarts = 40;
/** How long the sections of a file leave the page to its first story: `longestWait` of ui/Sections.svelte. */
const waitForStory = 1800;
/** What a person takes for at once. */
const atOnce = 300;

/** Presses cancel while the page is at work, and measures how long it goes on to say so. */
async function cancel(tessera: TesseraPage): Promise<void> {
  const { page } = tessera;
  await tessera.expectState('running');
  const measured = await watchCancel(page);
  await page.getByTestId('cancel').click();
  await expect.poll(measured).toBeGreaterThanOrEqual(0);
  const milliseconds = await measured();
  const description = `${Math.round(milliseconds)} ms`;
  test.info().annotations.push({ type: 'cancel', description });
  console.log(`cancel: ${description}`);
  expect(milliseconds).toBeLessThanOrEqual(atOnce);
}

async function cancelDuringSearch(tessera: TesseraPage): Promise<void> {
  const search = tessera.page.getByRole('progressbar', { name: 'Trying numbers of segments' });
  // Looked for in every frame: it may be over between two looks of `expect`.
  await search.waitFor();
  await cancel(tessera);
}

test('cancelling the first run leads back to the empty page at once', async ({ tessera }) => {
  // Not even a worker that has stopped listening holds the page.
  await tessera.stallWorker();
  await tessera.page.getByTestId('load-sample').click();
  await cancel(tessera);
  await tessera.expectEmpty();
  await tessera.loadSample();
});

test('while a first story takes long, what has been read is shown', async ({ tessera }) => {
  await tessera.loadSample();
  await tessera.rerun(() => tessera.type('Random starts for each', manyStarts));
  await tessera.reload();
  await tessera.expectEmpty();
  const seen = await watchSection(tessera.page, 'data', waitForStory);
  await tessera.loadSample();
  // Progress, which is told all the time, does not put it off.
  expect(await seen()).toEqual({ nWaits: 1, state: 'running' });
});

test('cancelling a change takes it back, and the old answer stands', async ({ tessera }) => {
  await tessera.loadSample();
  const before = await tessera.results();
  await tessera.type('Random starts for each', manyStarts);
  await cancelDuringSearch(tessera);
  await tessera.expectReady();
  await expect(tessera.setting('spinbutton', 'Random starts for each')).toHaveValue('10');
  expect((await tessera.results()).segments).toEqual(before.segments);
  await tessera.rerun(() => tessera.select('Number of segments', '5'));
  expect((await tessera.results()).segments.nClusters).toBe(5);
});

test('cancelling a change of the cleaning leaves no half-done mixture', async ({ tessera }) => {
  await tessera.loadSample();
  await tessera.rerun(() => tessera.type('Random starts for each', someStarts));
  const before = await tessera.results();
  await tessera.select('Outliers are', 'moved to the bound');
  await cancelDuringSearch(tessera);
  await tessera.expectReady();
  const after = await tessera.results();
  // Of the machine, and what comes after the story.
  const aside = { computation: null, timings: null, trust: null, personas: null };
  expect({ ...after, ...aside }).toEqual({ ...before, ...aside });
  await expect(tessera.setting('combobox', 'Outliers are')).toHaveValue('keep');
});
