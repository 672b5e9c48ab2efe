import type { Worker } from '@playwright/test';
import { expect, test } from './fixture';
import type { TesseraPage } from './tessera-page';

/** Workers that share the work of the one that the page talks to; none on a machine with one processor. */
async function members(tessera: TesseraPage): Promise<Worker[]> {
  const found: Worker[] = [];
  for (const worker of tessera.page.workers()) {
    if ((await worker.evaluate(() => self.name)) === 'member') found.push(worker);
  }
  return found;
}

test('the work is shared by as many workers as there are processors', async ({ tessera }) => {
  await tessera.loadSample();
  const nProcessors = await tessera.page.evaluate(() => navigator.hardwareConcurrency);
  const expected = nProcessors > 1 ? Math.min(8, nProcessors) : 0;
  expect((await members(tessera)).length).toBe(expected);
});

test('a worker that shares the work and stops changes nothing in the answer', async ({
  tessera,
}) => {
  test.slow();
  const starts = (n: number) => tessera.rerun(() => tessera.type('Random starts for each', n));
  await tessera.loadSample();
  await starts(12);
  const before = await tessera.results();
  for (const fate of ['with an error', 'without a word'] as const) {
    await test.step(fate, async () => {
      await starts(10);
      // Another visit, with workers that remember nothing.
      await tessera.reload();
      await tessera.loadSample();
      const [member] = await members(tessera);
      test.skip(member === undefined, 'one processor: nothing is shared');
      if (fate === 'without a word') await member.evaluate(() => self.close());
      else {
        await member.evaluate(() => {
          // At the first thing that it is asked.
          self.addEventListener('message', () => {
            setTimeout(() => {
              throw new Error('out of memory');
            });
          });
        });
      }
      await starts(12);
      const after = await tessera.results();
      expect(after.sweep).toEqual(before.sweep);
      expect(after.segments).toEqual(before.segments);
      expect((await members(tessera)).length).toBeGreaterThan(1);
    });
  }
});
