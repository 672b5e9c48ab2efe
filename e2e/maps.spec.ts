import { nFewCustomers } from './files';
import { expect, test } from './fixture';

test('another map, a lasso on it, outlines, and who lies in between', async ({ tessera }) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  const segments = page.locator('#segments');
  const selected = page.getByTestId('drawer').getByRole('heading');
  const nSelected = async () => {
    await expect(selected).toHaveText(/^[\d,]+ customers?: /);
    return Number(((await selected.innerText()).match(/^[\d,]+/) ?? [''])[0].replaceAll(',', ''));
  };

  // Drawn when it is near the view.
  await segments.locator('[data-map]').scrollIntoViewIfNeeded();
  await segments.getByLabel('Map of').selectOption('discriminant');
  await expect(segments).toContainText('The two directions that tell the segments apart best');
  await segments.getByLabel('Drawn as').selectOption('hull');
  const lines = segments.locator('[data-map] .scatterlayer .js-line');
  // Two for each segment: its line, and a wider one below it.
  await expect(lines.first()).toBeAttached();
  expect((await lines.count()) % 2).toBe(0);

  await segments.getByRole('button', { name: 'Lasso' }).click();
  const map = segments.getByTestId('lasso');
  await map.scrollIntoViewIfNeeded();
  const box = await map.boundingBox();
  if (box === null) throw new Error('There is no map.');
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.2, 0.2));
  await page.mouse.down();
  for (const [x, y] of [[0.6, 0.2], [0.6, 0.8], [0.2, 0.8]]) await page.mouse.move(...at(x, y), { steps: 4 }); // prettier-ignore
  await page.mouse.up();
  const inside = await nSelected();
  expect(inside).toBeGreaterThan(0);
  expect(inside).toBeLessThan(nFewCustomers);
  await expect(selected).toContainText('inside the line drawn on the map of the discriminant axes');
  await page.keyboard.press('Escape');

  await segments.getByText('How surely does everybody belong?').scrollIntoViewIfNeeded();
  const mixture = segments.getByTestId('mixture');
  await expect(mixture).toContainText(
    'normal distributions over all 17 columns that begin at the segments',
  );
  const all = mixture.locator('tr.all').getByRole('button');
  const nBetween = Number((await all.innerText()).replace(/\D/g, ''));
  await all.click();
  expect(await nSelected()).toBe(nBetween);
});
