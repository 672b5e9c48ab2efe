import { blobsCsv, textFile } from './files';
import { fillRule } from './results-file';
import { expect, test } from './fixture';

/** Three groups far apart; some customers have not said how often they come, and tiers are numbered. */
const customers = textFile(
  'customers.csv',
  blobsCsv(120, [
    [0, 0],
    [20, 0],
    [0, 20],
  ])
    .split('\n')
    .filter((row) => row !== '')
    .map((row, i) => (i % 17 === 3 ? `${row.split(',')[0]},` : row))
    .map((row, i) => `${row},${i === 0 ? 'tier' : (i * 7) % 3}`)
    .join('\n'),
);

test('by keyboard alone: import, mend a separator, change a type, fill a column, undo', async ({
  tessera,
}) => {
  const { page } = tessera;
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).focus();
  await page.keyboard.press('Enter');
  const { name, bytes } = customers;
  await (await choosing).setFiles({ name, mimeType: 'text/csv', buffer: bytes });
  await tessera.expectReady();

  // A wrong separator: the page says what is wrong, keeps the section, and takes the right one again.
  const separator = tessera.setting('combobox', 'Separator');
  await separator.focus();
  await page.keyboard.type('semi');
  await tessera.expectState('failed');
  await expect(tessera.error).toBeVisible();
  await separator.focus();
  await page.keyboard.press('Home');
  await tessera.expectReady();
  await expect(separator).toHaveValue('auto');

  // A type, in the head of the preview.
  const type = page.getByLabel('Type of tier');
  await type.focus();
  await tessera.rerun(() => page.keyboard.type('category'));
  await expect(type).toHaveValue('category');

  const missing = tessera.setting('combobox', 'Missing values become');
  await missing.focus();
  await tessera.rerun(() => page.keyboard.press('ArrowDown'));
  expect(fillRule((await tessera.results()).recipe.clean.steps)).toBe('mean');

  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.focus();
  await tessera.rerun(() => page.keyboard.press('Enter'));
  expect(fillRule((await tessera.results()).recipe.clean.steps)).toBe('median');
});

test('a column gets another name, and everything speaks of it by that name', async ({
  tessera,
}) => {
  const { page } = tessera;
  await tessera.segment(customers);
  await page.getByRole('button', { name: 'Rename visits' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('New name of visits').fill('Visits a month');
  await tessera.rerun(() => page.keyboard.press('Enter'));
  await expect(tessera.field('Visits a month')).toHaveCount(1);
  expect((await tessera.results()).segments.overall.map(({ name }) => name)).toEqual([
    'spend',
    'Visits a month',
    'tier',
  ]);
  await tessera.rerun(() => page.getByRole('button', { name: 'Undo' }).click());
  await expect(tessera.field('visits')).toHaveCount(1);
});
