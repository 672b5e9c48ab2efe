import type { Worker } from '@playwright/test';
import { fewCustomers } from './files';
import { expect, test } from './fixture';
import type { ResultsFile } from './results-file';
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

/** Few, as trust is worked out by every number of workers; but so many that K-Means is shared (`pooled-engine.ts`). */
const nCustomers = 600;

test('one worker, two and four give the same results and the same labelled file, byte for byte', async ({
  tessera,
}) => {
  test.slow();
  await tessera.segment(fewCustomers(nCustomers));
  const answers: { results: string; labels: string }[] = [];
  for (const nWorkers of [1, 2, 4]) {
    await test.step(`${nWorkers} at work`, async () => {
      await tessera.rerun(() => tessera.select('Workers that share the work', String(nWorkers)));
      // One works alone: there is nobody to share with the worker that the page talks to.
      const nMembers = nWorkers > 1 ? nWorkers : 0;
      // Those of the time before may still be ending.
      await expect(async () => {
        expect(tessera.page.workers().length).toBe(1 + nMembers);
        expect((await members(tessera)).length).toBe(nMembers);
      }).toPass({ timeout: 10_000 });
      await tessera.expectAllDone();
      const { text } = await tessera.download('download-results');
      const labels = await tessera.download('download-labels');
      const { computation } = JSON.parse(text) as ResultsFile;
      const sweep = computation.find(({ step }) => step === 'sweep');
      expect(sweep).toMatchObject({ engine: 'simd', nWorkers });
      // What is of the machine stands last.
      answers.push({ results: text.slice(0, text.indexOf('"computation"')), labels: labels.text });
    });
  }
  const [alone, ...shared] = answers;
  expect(alone.results).toContain('"trust"');
  expect(alone.labels.split('\r\n').length).toBeGreaterThan(nCustomers);
  for (const { results, labels } of shared) {
    expect(results === alone.results, 'equal bytes of the results').toBe(true);
    expect(labels === alone.labels, 'equal bytes of the labelled file').toBe(true);
  }
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
