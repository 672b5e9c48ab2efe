import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { nFewCustomers, parseCsv } from './files';
import { expect, test } from './fixture';

const drawer = (page: Page) => page.getByTestId('drawer');
const title = (page: Page) => drawer(page).getByRole('heading');
const rows = (page: Page) => page.getByTestId('selected-rows').locator('tbody tr');
const map = (page: Page) => page.locator('#story').getByTestId('map-glass');

/** The cells of one column of the list. */
async function columnOf(page: Page, name: string): Promise<string[]> {
  const headers = await page.getByTestId('selected-rows').locator('thead th').allInnerTexts();
  const index = headers.findIndex((header) => header.trim() === name);
  expect(index, name).toBeGreaterThanOrEqual(0);
  return rows(page)
    .locator(`> :nth-child(${index + 1})`)
    .allInnerTexts();
}

/** The number that a text begins with. */
async function numberOf(locator: Locator): Promise<number> {
  const [digits = ''] = (await locator.innerText()).match(/^[\d,]+/) ?? [];
  return Number(digits.replaceAll(',', ''));
}

/** How many customers are selected, when that is known. */
async function nSelected(page: Page): Promise<number> {
  await expect(title(page)).toHaveText(/^[\d,]+ customers?: /);
  return numberOf(title(page));
}

test('a cell of the confusion matrix lists as many customers as it says', async ({ tessera }) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  const cells = page.getByTestId('confusion-matrix').locator('tbody td button');
  for (const cell of [cells.first(), cells.nth(1)]) {
    const count = await numberOf(cell);
    expect(count).toBeGreaterThan(0);
    await cell.click();
    expect(await nSelected(page)).toBe(count);
    await expect(rows(page)).toHaveCount(Math.min(50, count));
  }
});

test('the customers of a segment are listed, sorted and paged', async ({ tessera }) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  const { segments } = await tessera.results();
  const [{ name, size }] = segments.profiles;
  await page
    .getByRole('button', { name: `Show customers of ${name}` })
    .first()
    .click();
  await expect(title(page)).toHaveText(`${size.toLocaleString('en-US')} customers: ${name}`);
  await expect(rows(page)).toHaveCount(50);
  expect(new Set(await columnOf(page, 'Segment'))).toEqual(new Set([name]));

  const header = drawer(page).getByRole('columnheader', { name: 'CREDIT_LIMIT' });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  const least = (await columnOf(page, 'CREDIT_LIMIT')).map(Number);
  expect(least).toEqual([...least].sort((a, b) => a - b));
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  const most = (await columnOf(page, 'CREDIT_LIMIT')).map(Number);
  expect(most).toEqual([...most].sort((a, b) => b - a));
  expect(most[0]).toBeGreaterThanOrEqual(least[0]);

  const nPages = Math.ceil(size / 50);
  const place = (first: number) =>
    drawer(page).getByText(
      `${first.toLocaleString('en-US')} to ${Math.min(first + 49, size).toLocaleString('en-US')} of ${size.toLocaleString('en-US')}`,
    );
  const firstLines = await columnOf(page, 'Line');
  await drawer(page).getByRole('button', { name: 'Next page' }).click();
  await expect(place(51)).toBeVisible();
  await expect.poll(() => columnOf(page, 'Line')).not.toEqual(firstLines);
  await drawer(page).getByRole('button', { name: 'Last page' }).click();
  await expect(place(50 * (nPages - 1) + 1)).toBeVisible();
  await expect(rows(page)).toHaveCount(size - 50 * (nPages - 1));
  await expect(drawer(page).getByRole('button', { name: 'Next page' })).toBeDisabled();
  const field = drawer(page).getByRole('spinbutton', { name: 'Page' });
  await field.fill('2');
  await field.press('Enter');
  await expect(place(51)).toBeVisible();
  // A page that is not there is the nearest one that is.
  await field.fill('9999');
  await field.press('Enter');
  await expect(field).toHaveValue(String(nPages));
  await drawer(page).getByRole('button', { name: 'First page' }).click();
  await expect.poll(() => columnOf(page, 'Line')).toEqual(firstLines);
});

test('the selected customers are saved as CSV, all of them and no others', async ({ tessera }) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  const { segments } = await tessera.results();
  const { name, size } = segments.profiles[segments.nClusters - 1];
  await page
    .getByRole('button', { name: `Show customers of ${name}` })
    .first()
    .click();
  expect(await nSelected(page)).toBe(size);
  const coming = page.waitForEvent('download');
  await page.getByTestId('download-selected').click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('Sample customers.selected.csv');
  const saved = parseCsv(await readFile(await download.path(), 'utf8'));
  expect(saved).toHaveLength(size);
  expect(new Set(saved.map((row) => row.segment_name))).toEqual(new Set([name]));
});

test('the keyboard opens the list, goes into it, and Escape takes it back', async ({ tessera }) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  const cell = page.getByTestId('confusion-matrix').locator('tbody td button').first();
  await cell.focus();
  await page.keyboard.press('Enter');
  await nSelected(page);
  await expect(title(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(drawer(page).getByRole('button', { name: /these on the map/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toHaveCount(0);
  await expect(cell).toBeFocused();
});

test('a box drawn on the map selects who is in it, by drag or by two clicks', async ({
  tessera,
}) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  await map(page).scrollIntoViewIfNeeded();
  const shown = page.locator('#story [data-map] canvas');
  await expect(shown).toBeVisible();
  const before = await shown.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const area = await map(page).boundingBox();
  if (area === null) throw new Error('There is no map.');
  const corners = [
    { x: area.x + 0.3 * area.width, y: area.y + 0.15 * area.height },
    { x: area.x + 0.9 * area.width, y: area.y + 0.85 * area.height },
  ];
  await page.mouse.move(corners[0].x, corners[0].y);
  await page.mouse.down();
  await page.mouse.move(corners[1].x, corners[1].y, { steps: 5 });
  await page.mouse.up();
  await expect(title(page)).toHaveText(/customers: in the box on the map$/);
  const dragged = await nSelected(page);
  expect(dragged).toBeLessThan(nFewCustomers);
  // They stand out: the points are drawn otherwise.
  await expect
    .poll(() => shown.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL()))
    .not.toBe(before);
  await page.keyboard.press('Escape');
  await expect(drawer(page)).toHaveCount(0);
  await expect
    .poll(() => shown.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL()))
    .toBe(before);

  await page.mouse.click(corners[1].x, corners[1].y);
  await page.mouse.click(corners[0].x, corners[0].y);
  expect(await nSelected(page)).toBe(dragged);
});

test('a click on the middle of a segment on the map selects it', async ({ tessera }) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  const { segments } = await tessera.results();
  const centre = page.locator('#story [data-map] .scatterlayer .points path').first();
  await map(page).scrollIntoViewIfNeeded();
  await expect(centre).toBeVisible();
  const box = await centre.boundingBox();
  if (box === null) throw new Error('There is no centre on the map.');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const [{ name, size }] = segments.profiles;
  await expect(title(page)).toHaveText(`${size.toLocaleString('en-US')} customers: ${name}`);
});

test('what is selected follows the settings, and ends with the file', async ({ tessera }) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  await page.locator('#story .cards').getByRole('button', { name: /^Show/ }).last().click();
  await nSelected(page);
  await tessera.rerun(() => tessera.select('Number of segments', '3'));
  const { segments } = await tessera.results();
  // The fourth of four is not there any more, or is another.
  await expect(title(page)).toHaveText(/^No customers: a segment that is no longer there$/);
  expect(segments.nClusters).toBe(3);
  await page.getByTitle('Start over').click();
  await tessera.expectEmpty();
  await expect(drawer(page)).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('the list has no serious barrier', async ({ tessera }) => {
      const { page } = tessera;
      await tessera.loadFewCustomers();
      await page.locator('#story .cards').getByRole('button').first().click();
      await nSelected(page);
      await expect(rows(page)).toHaveCount(50);
      // The page around it is looked at elsewhere (look.spec.ts).
      await expectAccessible(page, '[data-testid="drawer"]');
    });
  });
}

test('the list does not widen the page, and the end of the page is in reach, at any width', async ({
  tessera,
}) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  await page.locator('#story .cards').getByRole('button').first().click();
  await nSelected(page);
  await expect(rows(page)).toHaveCount(50);
  for (const width of [1920, 1280, 360, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const overflow = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(overflow, `${width} px`).toBeLessThanOrEqual(0);
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
    const covered = await page.evaluate(() => {
      const last = document.querySelector('main')?.getBoundingClientRect().bottom ?? NaN;
      const list = document.querySelector('[data-testid="drawer"]')?.getBoundingClientRect().top;
      return last - (list ?? NaN);
    });
    expect(covered, `${width} px`).toBeLessThanOrEqual(1);
  }
});
