import type { Locator } from '@playwright/test';
import { expectAccessible } from './axe';
import { textFile, type TestFile } from './files';
import { expect, test } from './fixture';
import type { TesseraPage } from './tessera-page';

/** Waits until the columns have been looked at: the story does not. */
async function explored(tessera: TesseraPage): Promise<Locator> {
  const section = tessera.section('Explore');
  await section.scrollIntoViewIfNeeded();
  await expect(section.getByTestId('explore-columns')).toBeVisible({ timeout: 30_000 });
  await section.getByTestId('pair-page').scrollIntoViewIfNeeded();
  await expect(section.getByTestId('pair')).toBeVisible({ timeout: 15_000 });
  return section;
}

/** The drawer says how many customers are selected, and whom. */
async function expectSelected(tessera: TesseraPage, count: string, whom: string): Promise<void> {
  const words = `${count} ${count === '1' ? 'customer' : 'customers'}: ${whom}`;
  await expect(tessera.page.getByRole('heading', { name: words })).toBeVisible();
}

/** 240 customers of two plans in three towns: the dear plan buys for ten times as much, and only in Graz. */
function plans(): TestFile {
  const rows = Array.from({ length: 240 }, (_, i) => {
    const isDear = i % 4 === 0;
    const town = isDear ? 'Graz' : ['Linz', 'Wels', '<b>Ried</b>'][i % 3];
    const month = String(1 + (i % 12)).padStart(2, '0');
    const spend = (isDear ? 1000 : 100) + ((i * 7) % 50);
    return `${isDear ? 'dear' : 'cheap'},${town},${spend},${(i * 11) % 30},2021-${month}-15`;
  });
  return textFile('plans.csv', `plan,town,spend,visits,since\n${rows.join('\n')}\n`);
}

test('findings open their pictures, and a bar lists the customers it counts', async ({
  tessera,
}) => {
  await tessera.loadFewCustomers();
  const section = await explored(tessera);
  const findings = section.getByTestId('findings').getByRole('button');
  expect(await findings.count()).toBeGreaterThanOrEqual(4);
  // The strongest one is the section's sentence.
  const strongest = await findings.first().locator('.sentence').innerText();
  await expect(section.locator('.finding')).toContainText(strongest);

  await section
    .getByTestId('explore-columns')
    .getByRole('button', { name: 'CREDIT_LIMIT' })
    .click();
  const column = section.getByRole('region', { name: 'Column CREDIT_LIMIT' });
  await expect(column.getByRole('heading')).toHaveText(['CREDIT_LIMIT', 'Most frequent values']);
  const bar = column
    .getByRole('group')
    .getByRole('button', { name: /: [1-9]/ })
    .first();
  const [, range, count] = /^(.*): ([\d,]+) customers?$/.exec(
    (await bar.getAttribute('aria-label')) ?? '',
  ) ?? ['', '', ''];
  await bar.click();
  await expectSelected(tessera, count, `credit limit from ${range}`);
  await expect(bar).toHaveAttribute('aria-pressed', 'true');
});

test('two columns are chosen from a list, a matrix or by name', async ({ tessera }) => {
  await tessera.loadFewCustomers();
  const section = await explored(tessera);
  const page = section.getByTestId('pair-page');
  await page.getByRole('combobox', { name: 'Column' }).selectOption('BALANCE');
  await page.getByRole('combobox', { name: 'beside' }).selectOption('CREDIT_LIMIT');
  await expect(page.getByText('↑ CREDIT_LIMIT')).toBeVisible();
  await expect(page.getByText(/correlation [\d.-]+, of the ranks/)).toBeVisible();

  const cell = section.getByTestId('correlations').getByRole('button', { name: /^PAYMENTS and/ });
  const [, other] = /and (.*):/.exec((await cell.first().getAttribute('aria-label')) ?? '') ?? [];
  await cell.first().click();
  await expect(page.getByText('↑ PAYMENTS')).toBeVisible();
  await expect(page.getByText(`${other} →`)).toBeVisible();

  // A tenth lists its customers.
  const tenth = page
    .getByRole('row')
    .filter({ has: tessera.page.getByRole('button') })
    .last();
  const [words, count] = await tenth.locator('th, td').allInnerTexts();
  await tenth.getByRole('button').click();
  await expect(
    tessera.page.getByRole('heading', {
      name: new RegExp(`^${count} customers: .* from ${words}, payments known$`),
    }),
  ).toBeVisible();
});

test('by keyboard a bar and a cell of the picture are found and listed', async ({ tessera }) => {
  await tessera.loadFewCustomers();
  const section = await explored(tessera);
  const { keyboard } = tessera.page;
  const bars = section.getByTestId('column-page').getByRole('group').getByRole('button');
  await bars.first().focus();
  await keyboard.press('End');
  await expect(bars.last()).toBeFocused();
  await keyboard.press('ArrowLeft');
  await expect(bars.nth(-2)).toBeFocused();
  await keyboard.press('Home');
  await expect(bars.first()).toBeFocused();

  const picture = section.getByTestId('pair').getByRole('button', { name: /arrows go/ });
  await picture.focus();
  // The fullest cell.
  await keyboard.press('ArrowRight');
  const said = await section.getByTestId('pair').locator('.readout').innerText();
  const [count] = /^[\d,]+/.exec(said) ?? [''];
  expect(count).not.toBe('');
  await keyboard.press('Enter');
  await expect(
    tessera.page.getByRole('heading', { name: new RegExp(`^${count} customers?: `) }),
  ).toBeVisible();
});

test('categories and dates have pictures, too, and their names stay text', async ({ tessera }) => {
  await tessera.chooseFile(plans());
  await tessera.expectReady();
  const section = await explored(tessera);
  const list = section.getByTestId('explore-columns');
  const column = section.getByTestId('column-page');

  await list.getByRole('button', { name: 'town' }).click();
  await expect(column.getByRole('button', { name: /<b>Ried<\/b> 60 customers, 25/ })).toBeVisible();
  await column.getByRole('button', { name: /Graz/ }).click();
  await expectSelected(tessera, '60', 'town "Graz"');

  await list.getByRole('button', { name: 'since' }).click();
  await column.getByRole('button', { name: 'March 2021: 20 customers' }).click();
  await expectSelected(tessera, '20', 'since in March 2021');

  const pair = section.getByTestId('pair-page');
  await pair.getByRole('combobox', { name: 'Column' }).selectOption('plan');
  await pair.getByRole('combobox', { name: 'beside' }).selectOption('spend');
  await expect(section.getByTestId('pair')).toHaveAttribute('data-kind', 'groups');
  await pair.getByRole('button', { name: 'dear' }).click();
  await expectSelected(tessera, '60', 'plan "dear", spend known');

  await pair.getByRole('combobox', { name: 'beside' }).selectOption('town');
  await expect(section.getByTestId('pair')).toHaveAttribute('data-kind', 'levels');
  // The dear plan is sold in Graz and nowhere else.
  await expect(pair.getByText('Cramér’s V is 1.00')).toBeVisible();
  await pair.getByRole('button', { name: '60: dear, Graz' }).click();
  await expectSelected(tessera, '60', 'plan "dear" and town "Graz"');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('the section has no serious barrier', async ({ tessera }) => {
      await tessera.chooseFile(plans());
      await tessera.expectReady();
      const section = await explored(tessera);
      await expectAccessible(tessera.page, '#explore');
      const pair = section.getByTestId('pair-page');
      for (const [a, b] of [
        ['plan', 'spend'],
        ['plan', 'town'],
      ]) {
        await pair.getByRole('combobox', { name: 'Column' }).selectOption(a);
        await pair.getByRole('combobox', { name: 'beside' }).selectOption(b);
        await expect(pair.getByText('240 rows have both values')).toBeVisible();
        await section.getByTestId('explore-columns').getByRole('button', { name: a }).click();
        await expectAccessible(tessera.page, '#explore');
      }
    });
  });
}
