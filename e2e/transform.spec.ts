import { readFile } from 'node:fs/promises';
import { expectAccessible } from './axe';
import { blobsCsv, textFile } from './files';
import { expect, test } from './fixture';

/** Three groups far apart, with a skewed column that says nothing about them. */
function shop(header = 'spend,visits,debt'): string {
  const [, ...rows] = blobsCsv(180, [
    [0, 0],
    [20, 0],
    [0, 20],
  ])
    .trim()
    .split('\n');
  const debts = rows.map((row, i) => `${row},${(1.09 ** (i % 90)).toFixed(2)}`);
  return `${header}\n${debts.join('\n')}\n`;
}

test('a computed column takes part in the segments, in the form and in the labelled file', async ({
  tessera,
}) => {
  const { page } = tessera;
  await tessera.segment(textFile('shop.csv', shop()));
  const transform = tessera.section('Transform');
  await transform.getByRole('button', { name: 'Write a formula…' }).click();
  await transform.getByLabel('Name', { exact: true }).fill('Debt per visit');
  await transform.getByLabel('Formula').fill('debt / (visits');
  await expect(transform.getByText(/not closed/)).toBeVisible();
  await transform.getByLabel('Formula').fill('Debt / (visits + 1)');
  await expect(transform.getByText(/^From/)).toBeVisible();
  await tessera.rerun(() => transform.getByRole('button', { name: 'Add the column' }).click());
  await expect(transform.getByText('a value for every row')).toBeVisible();

  const results = await tessera.results();
  expect(results.segments.overall.map(({ name }) => name)).toContain('Debt per visit');
  const labels = await tessera.download('download-labels');
  expect(labels.text.split('\r\n')[0]).toContain('Debt per visit');
  // The form asks for what it is computed from, not for itself.
  await expect(tessera.field('debt')).toHaveCount(1);
  await expect(tessera.field('Debt per visit')).toHaveCount(0);

  await tessera.rerun(() => page.getByRole('button', { name: 'Undo' }).click());
  await expect(transform.getByText('a value for every row')).toHaveCount(0);
});

test('a skewed column is offered to be evened out, and that can be taken back', async ({
  tessera,
}) => {
  await tessera.segment(textFile('shop.csv', shop()));
  const transform = tessera.section('Transform');
  await transform.scrollIntoViewIfNeeded();
  const power = transform.getByLabel('Power of debt');
  await power.scrollIntoViewIfNeeded();
  await tessera.rerun(() => power.selectOption({ value: 'log1p' }).then(() => undefined));
  await expect(transform).toContainText('1 of them evened out');
  const back = transform.getByRole('button', { name: 'Back to as they are' });
  await tessera.rerun(() => back.click());
  await expect(power).toHaveValue('none');
});

test('what another choice would change is told before it is made', async ({ tessera }) => {
  await tessera.segment(textFile('shop.csv', shop()));
  const transform = tessera.section('Transform');
  const heading = transform.getByRole('heading', { name: 'What would change' });
  await heading.scrollIntoViewIfNeeded();
  const item = transform.getByRole('listitem').filter({ hasText: 'Other random starts' });
  await item.getByRole('button', { name: 'Compare' }).click();
  await expect(item).toContainText('nobody would move');
  await expectAccessible(tessera.page, '#transform');
});

test('a recipe is used on another file, and what does not fit is told', async ({ tessera }) => {
  const { page } = tessera;
  await tessera.segment(textFile('shop.csv', shop()));
  await tessera.rerun(() => tessera.select('Number of segments', '4'));
  await tessera.rerun(() =>
    page
      .getByLabel('Role of debt')
      .first()
      .selectOption({ label: 'describes only' })
      .then(() => undefined),
  );
  const coming = page.waitForEvent('download');
  await page.getByTestId('download-recipe').click();
  const recipe = await readFile(await (await coming).path());
  expect(recipe.toString()).not.toContain('0.4117');

  await tessera.segment(textFile('next.csv', shop('Spend,VISITS,arrears')));
  await tessera.rerun(() =>
    page
      .getByTestId('recipe-input')
      .setInputFiles({ name: 'r.json', mimeType: 'application/json', buffer: recipe }),
  );
  await expect(page.getByTestId('replayed')).toContainText('“debt” is not in this file');
  expect((await tessera.results()).segments.nClusters).toBe(4);
});

test('a recipe on its own file gives the same results, to the byte', async ({ tessera }) => {
  const { page } = tessera;
  const file = textFile('shop.csv', shop());
  await tessera.segment(file);
  await tessera.rerun(() => tessera.select('Missing values become', 'mean'));
  await tessera.rerun(() => tessera.select('Number of segments', '4'));
  const stable = async () => {
    await tessera.expectAllDone();
    const results = await tessera.results();
    // Of the machine, not of the recipe.
    return JSON.stringify({ ...results, timings: null, computation: null });
  };
  const before = await stable();
  const coming = page.waitForEvent('download');
  await page.getByTestId('download-recipe').click();
  const recipe = await readFile(await (await coming).path());

  await tessera.segment(textFile('other.csv', shop('a,b,c')));
  await tessera.segment(file);
  await tessera.rerun(() => tessera.select('Number of segments', '2'));
  await tessera.rerun(() =>
    page
      .getByTestId('recipe-input')
      .setInputFiles({ name: 'r.json', mimeType: 'application/json', buffer: recipe }),
  );
  await expect(page.getByTestId('replayed')).toContainText('All of it fits');
  expect(await stable()).toBe(before);
});

test('a verdict is told, and an autoencoder and other classifiers are set beside', async ({
  tessera,
}) => {
  const { page } = tessera;
  await tessera.segment(textFile('shop.csv', shop()));
  await expect(page.getByTestId('verdict')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByTestId('trust').getByRole('row')).not.toHaveCount(0);

  await page.getByRole('button', { name: 'Train and compare' }).click();
  await expect(page.getByTestId('autoencoder')).toContainText('Told by', { timeout: 40_000 });

  await page.getByRole('button', { name: 'Compare classifiers' }).click();
  const table = page.getByTestId('classifiers');
  await expect(table).toContainText('Always the largest segment', { timeout: 40_000 });
  await expect(table.getByRole('row')).toHaveCount(9);
});

test('a personas section tells a rule and advice for each segment', async ({ tessera }) => {
  await tessera.segment(textFile('shop.csv', shop()));
  const personas = tessera.section('Personas');
  await expect(personas.getByText('How to recognise them')).toHaveCount(
    (await tessera.results()).segments.nClusters,
  );
  await expectAccessible(tessera.page, '#personas');
});
