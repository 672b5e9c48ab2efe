import { expectAccessible } from './axe';
import { blobsCsv, textFile } from './files';
import { expect, test } from './fixture';

test('limits choose a number, and a cut is moved by keyboard', async ({ tessera }) => {
  const { page } = tessera;
  const csv = blobsCsv(240, [
    [0, 0],
    [0, 3],
    [30, 0],
    [0, 40],
  ]);
  await tessera.segment(textFile('shop.csv', csv));
  const free = (await tessera.results()).segments.nClusters;
  expect(free).toBeGreaterThan(2);

  await tessera.rerun(() => tessera.type('Segments, at most', 2));
  await expect(page.getByTestId('limits-line')).toHaveText(/^Two is what your limits leave/);
  await expect(tessera.story).toContainText('Two is what your limits leave');
  expect((await tessera.results()).segments.nClusters).toBe(2);
  await tessera.rerun(() => page.getByRole('button', { name: 'Undo' }).click());
  await expect(page.getByTestId('limits-line')).toHaveText('No limits are set.');

  const cut = page.getByLabel('Components that are kept');
  await cut.focus();
  await cut.press('Home');
  await expect(page.getByTestId('cut-line')).toHaveText(/^One component keeps/);
  await cut.press('ArrowRight');
  await expect(cut).toHaveAttribute('aria-valuetext', /^Two components keep 100/);
  await cut.press('ArrowLeft');
  await tessera.rerun(() => page.getByTestId('form-from-cut').click());
  await expect(page.getByTestId('space')).toHaveAttribute('data-space', 'components');
  await expectAccessible(page, '#reduce');
});
