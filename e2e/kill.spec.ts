import { createRandom } from '../src/core/random';
import { blobsCsv, textFile } from './files';
import { expect, test } from './fixture';
import { storedProject } from './session-store';

const file = textFile(
  'shop.csv',
  blobsCsv(60, [
    [0, 0],
    [50, 0],
    [0, 50],
  ] as const),
);
/** The unit test of the Workbench takes forty moments; here it is a real tab. */
const nKills = 6;
/** At most this much work may be lost, in milliseconds. */
const mostLost = 2000;

test('a tab that is killed at any moment loses no more than two seconds, and its project opens', async ({
  tessera,
  guard,
}) => {
  // Many visits.
  test.setTimeout(240_000);
  guard.forgive(/^popup/);
  const context = tessera.page.context();
  await tessera.segment(file);
  await tessera.page.getByTestId('keep-rows').check();
  await expect(tessera.section('Save')).toContainText('Kept');
  const random = createRandom(20);
  /** What was chosen when, over all tabs. */
  const chosen = [{ at: 0, k: 'auto' }];
  let { page } = tessera;
  for (let kill = 0; kill < nKills; kill++) {
    const setting = page.getByRole('combobox', { name: 'Number of segments', exact: true });
    // The project is there, with its file, whatever happened to the tab before.
    await setting.waitFor();
    // Now and then so late that there is something that must have been stored.
    const isLate = kill % 4 === 3;
    const until = Date.now() + random.integer(500) + (isLate ? mostLost : 0);
    while (Date.now() < until) {
      const k = String(2 + random.integer(5));
      await setting.selectOption(k);
      if (k !== chosen[chosen.length - 1].k) chosen.push({ at: Date.now(), k });
      await page.waitForTimeout(random.integer(250));
    }
    const killed = Date.now();
    const session = await context.newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    await page.close();
    page = await context.newPage();
    await page.goto('./');
    const stored = (await storedProject(page))?.recipe.cluster.nClusters;
    const kept = chosen.findLastIndex(({ k }) => k === String(stored));
    expect(kept, `what is stored (${String(stored)}) was chosen`).toBeGreaterThanOrEqual(0);
    const lost = chosen.at(kept + 1);
    expect(lost === undefined ? 0 : killed - lost.at, 'milliseconds lost').toBeLessThan(mostLost);
    // From here on it is what counts.
    chosen.push({ at: Date.now(), k: String(stored) });
  }
});
