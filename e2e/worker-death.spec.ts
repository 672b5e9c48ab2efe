import type { Worker } from '@playwright/test';
import { expect, test } from './fixture';
import type { TesseraPage } from './tessera-page';

const manyStarts = 80;

async function startSearch(tessera: TesseraPage): Promise<void> {
  await tessera.loadSample();
  // What comes after the story would be what the worker is at when it fails: nobody waits for that.
  await tessera.expectAllDone();
  await tessera.type('Random starts for each', manyStarts);
  const search = tessera.page.getByRole('progressbar', { name: 'Trying numbers of segments' });
  await expect(search).toBeVisible();
}

/** The worker that the page talks to: not one that shares its work, and not one that was just replaced. */
async function engineWorker({ page }: TesseraPage): Promise<Worker> {
  for (const worker of page.workers().toReversed()) {
    const name = await worker.evaluate(() => self.name).catch(() => 'ended');
    if (name === '') return worker;
  }
  throw new Error('There is no such worker.');
}

test('a worker that fails in the middle is told of, and the next try starts a new one', async ({
  tessera,
  guard,
}) => {
  guard.forgive(/out of memory/);
  await startSearch(tessera);
  const worker = await engineWorker(tessera);
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of memory');
    });
  });
  await expect(tessera.error).toHaveAttribute('data-code', 'worker-failed');
  await expect(tessera.error).toContainText('Nothing is lost');
  await tessera.expectState('failed');
  await expect(tessera.story).toBeVisible();
  await tessera.page.getByRole('button', { name: 'Undo the last change' }).click();
  await tessera.expectReady();
  await tessera.rerun(() => tessera.select('Number of segments', '3'));
  expect((await tessera.results()).segments.nClusters).toBe(3);
});

test('memory that cannot be had is told of, and the story stays', async ({ tessera }) => {
  await tessera.loadSample();
  await tessera.expectAllDone();
  const worker = await engineWorker(tessera);
  await worker.evaluate(() => {
    // The browser itself refuses: no array is that long.
    self.Float64Array = new Proxy(Float64Array, { construct: (array) => new array(2 ** 40) });
  });
  await tessera.type('Random starts for each', manyStarts);
  await expect(tessera.error).toHaveAttribute('data-code', 'out-of-memory');
  await expect(tessera.error).toContainText('drop a sample of the rows');
  await expect(tessera.story).toBeVisible();
  await tessera.page.getByRole('button', { name: 'Undo the last change' }).click();
  await tessera.expectReady();
});

test('a worker that vanishes without a word can be cancelled, and replaced', async ({
  tessera,
}) => {
  await startSearch(tessera);
  const worker = await engineWorker(tessera);
  // As when the system takes its memory: no event tells the page.
  await worker.evaluate(() => self.close());
  await tessera.page.getByTestId('cancel').click();
  await tessera.expectReady();
  await tessera.rerun(() => tessera.select('Number of segments', '3'));
  expect((await tessera.results()).segments.nClusters).toBe(3);
});

test('a worker that vanishes without a word is noticed, and started again it goes on', async ({
  tessera,
}) => {
  test.slow();
  await startSearch(tessera);
  const worker = await engineWorker(tessera);
  await worker.evaluate(() => self.close());
  await expect(tessera.page.getByText('The engine has not answered for a while')).toBeVisible({
    timeout: 20_000,
  });
  await tessera.expectState('running');
  await tessera.page.getByTestId('restart').click();
  await tessera.expectReady(60_000);
  expect((await tessera.results()).recipe.sweep.nInit).toBe(manyStarts);
});
