import { readFile } from 'node:fs/promises';
import { expectAccessible } from './axe';
import { blobsCsv, parseCsv, textFile } from './files';
import { expect, test } from './fixture';
import type { TesseraPage } from './tessera-page';

const corners = [
  [1000, 1],
  [5000, 1],
  [1000, 50],
] as const;
const plainRows = blobsCsv(60, corners).trimEnd().split('\n').slice(1);
const plain = (rows: readonly string[]) =>
  textFile('shop.csv', `spend,visits\n${rows.join('\n')}\n`);

/** 1234.5 as it is written in much of Europe: 1.234,50 */
function european(number: number): string {
  const [whole, cents] = number.toFixed(2).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, '.')},${cents}`;
}

function data(tessera: TesseraPage) {
  return tessera.section('Data');
}

/** The cells of a line of the preview, without the line itself. */
async function previewLine(tessera: TesseraPage, line: number): Promise<string[]> {
  const rows = data(tessera).getByRole('region', { name: 'The first rows' }).getByRole('row');
  const row = rows.filter({
    has: tessera.page.getByRole('cell', { name: String(line), exact: true }),
  });
  const cells = await row.first().getByRole('cell').allInnerTexts();
  return cells.slice(1).map((cell) => cell.trim());
}

async function paste(tessera: TesseraPage, text: string): Promise<void> {
  await tessera.page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

function missingTokens(tessera: TesseraPage) {
  return data(tessera).getByRole('list', { name: 'Read as missing' });
}

test('title lines, semicolons, decimal commas and a total row are read right, with one correction that is proposed', async ({
  tessera,
}) => {
  const numbers = plainRows.map((row) => row.split(',').map(Number));
  const sums = [0, 1].map((j) => numbers.reduce((sum, row) => sum + row[j], 0));
  const lines = [
    'Customers of the shop',
    'as of 31 March',
    'customer;spend;visits',
    ...numbers.map((row, i) => `C${i};${row.map(european).join(';')}`),
    `Total;${sums.map(european).join(';')}`,
  ];
  await tessera.segment(textFile('shop.csv', `${lines.join('\r\n')}\r\n`));

  await expect(tessera.setting('combobox', 'Separator')).toHaveText(/as found: semicolon/);
  await expect(tessera.setting('combobox', 'Decimal mark')).toHaveText(/as found: comma/);
  await expect(tessera.setting('combobox', 'Thousands mark')).toHaveText(/as found: point/);
  await expect(tessera.setting('spinbutton', 'Lines to skip, as found')).toHaveValue('2');
  const [spend, visits] = numbers[0].map((number) => String(Number(number.toFixed(2))));
  expect(await previewLine(tessera, 4)).toEqual(['C0', spend, visits]);
  await expect(tessera.page.getByLabel('Role of customer')).toHaveValue('id');
  await expect(data(tessera)).toContainText('a different value in every row');

  await expect(data(tessera)).toContainText('61 rows in the file, all of them kept');
  await tessera.rerun(() =>
    data(tessera).getByRole('button', { name: 'Set the last row aside' }).click(),
  );
  await expect(data(tessera)).toContainText('61 rows in the file = 60 kept + 1 set aside');
  await expect(data(tessera).getByRole('region', { name: 'Rows set aside' })).toContainText(
    'Total;',
  );
  await expect(data(tessera).getByRole('button', { name: 'Set the last row aside' })).toHaveCount(
    0,
  );
});

test('rows that do not fit are told by line, and all of them are downloaded', async ({
  tessera,
}) => {
  // One of three cells after each third row: lines 5, 9, 13, …
  const rows = plainRows.flatMap((row, i) => (i % 3 === 2 ? [row, `7,8,=extra${i}`] : [row]));
  await tessera.segment(plain(rows));
  await expect(data(tessera)).toContainText('80 rows in the file = 60 kept + 20 set aside');
  const table = data(tessera).getByRole('region', { name: 'Rows set aside' });
  await expect(table.getByRole('row').nth(1)).toContainText('7,8,=extra2');

  const coming = tessera.page.waitForEvent('download');
  await data(tessera)
    .getByRole('button', { name: 'Download all 20 rows that were set aside' })
    .click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('shop.set-aside.csv');
  const written = parseCsv(await readFile(await download.path(), 'utf8'));
  expect(written).toHaveLength(20);
  expect(written.map(({ line }) => Number(line))).toEqual(
    Array.from({ length: 20 }, (_, i) => 5 + 4 * i),
  );
  expect(written[0].text).toBe('7,8,=extra2');
  expect(written[0].reason).not.toBe('');
});

test('a token is taken out of what counts as missing, and another added', async ({ tessera }) => {
  // Every tenth customer has no plan ("none"), every twelfth an unknown one.
  const plan = (i: number) =>
    i % 10 === 0 ? 'none' : i % 12 === 1 ? 'unknown' : i % 2 ? 'a' : 'b';
  const rows = plainRows.map((row, i) => `${row},${plan(i)}`);
  await tessera.segment(textFile('plans.csv', `spend,visits,plan\n${rows.join('\n')}\n`));
  await expect(missingTokens(tessera)).toContainText(/none\s*6/);

  await tessera.rerun(() =>
    data(tessera).getByRole('button', { name: '“none” is a value' }).click(),
  );
  await expect(missingTokens(tessera)).not.toContainText('none');
  expect((await previewLine(tessera, 2))[2]).toBe('none');

  const field = data(tessera).getByRole('textbox', { name: 'Also missing' });
  await field.fill('unknown');
  await tessera.rerun(() => field.press('Enter'));
  await expect(missingTokens(tessera)).toContainText(/unknown\s*5/);
  expect((await previewLine(tessera, 3))[2]).toBe('missing');

  await tessera.rerun(() =>
    data(tessera).getByRole('button', { name: 'Back to the usual list' }).click(),
  );
  await expect(missingTokens(tessera)).toContainText(/none\s*6/);
});

test('type and role are corrected at the head of the preview', async ({ tessera }) => {
  const rows = plainRows.map((row, i) => `${row},${['Bern', 'Basel', 'Genf'][i % 3]},${i % 2}`);
  await tessera.segment(textFile('towns.csv', `spend,visits,town,member\n${rows.join('\n')}\n`));
  const town = tessera.page.getByLabel('Role of town');
  await expect(town).toHaveValue('describe');
  await tessera.rerun(() => town.selectOption({ label: 'forms segments' }).then(() => undefined));
  await expect(town).toHaveValue('cluster');

  await tessera.rerun(() => tessera.select('Type of town', 'text'));
  await expect(town).toHaveValue('describe');
  await expect(town.getByRole('option', { name: 'forms segments' })).toBeDisabled();
  await tessera.rerun(() => tessera.select('Type of town', 'as found'));
  await expect(tessera.page.getByLabel('Type of town')).toHaveValue('category');
});

test('a table of spreadsheet cells is pasted', async ({ tessera }) => {
  const rows = plainRows.map((row) => row.replace(',', '\t'));
  await paste(tessera, `spend\tvisits\n${rows.join('\n')}\n`);
  await tessera.expectReady();
  await expect(tessera.page.getByRole('banner')).toContainText('Pasted table.csv');
  await expect(tessera.setting('combobox', 'Separator')).toHaveText(/as found: tab/);
});

test('while a file is dragged over the page it says what will become of it', async ({
  tessera,
}) => {
  const { page } = tessera;
  const dragOver = async (nFiles: number) => {
    const dataTransfer = await page.evaluateHandle((n) => {
      const transfer = new DataTransfer();
      for (let i = 0; i < n; i++) transfer.items.add(new File(['a'], `${i}.csv`));
      return transfer;
    }, nFiles);
    await page.locator('#app').dispatchEvent('dragover', { dataTransfer });
  };
  const offer = page.getByTestId('drop-offer');
  await dragOver(1);
  await expect(offer).toContainText('Drop the file anywhere');
  await dragOver(3);
  await expect(offer).toContainText('One at a time');
  await page.locator('body').dispatchEvent('dragleave');
  await expect(offer).toHaveCount(0);
});

test('a wide file is shown in parts, and every column of it is found', async ({ tessera }) => {
  const names = Array.from({ length: 60 }, (_, j) => `c${j}`);
  const rows = Array.from({ length: 30 }, (_, i) =>
    names.map((_name, j) => (i % 3) * 100 + ((i * (j + 7)) % 17)).join(','),
  );
  await tessera.segment(textFile('wide.csv', `${names.join(',')}\n${rows.join('\n')}\n`));
  const preview = data(tessera).getByRole('region', { name: 'The first rows' });
  await expect(preview.getByRole('columnheader')).toHaveCount(41);
  await data(tessera).getByRole('button', { name: 'Show all 60 columns' }).first().click();
  await expect(preview.getByRole('columnheader')).toHaveCount(61);
  await data(tessera).getByRole('searchbox', { name: 'Find a column' }).fill('c59');
  await expect(preview.getByRole('columnheader')).toHaveCount(2);
  await expect(tessera.page.getByLabel('Type of c59')).toHaveValue('number');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('the section Data has no serious barrier, with all it can tell', async ({ tessera }) => {
      const rows = plainRows.map(
        (row, i) => `C${i},${row},${i % 9 ? 'x' : 'None'},03/0${1 + (i % 9)}/2024`,
      );
      const text = `id,spend,visits,plan,since\n${rows.join('\n')}\n1,2\n1,2,3,4,5,6,7\n`;
      await tessera.segment(textFile('odd.csv', text));
      await expect(data(tessera).getByRole('list', { name: 'Remarks on the file' })).toBeVisible();
      await expect(data(tessera).getByRole('region', { name: 'Rows set aside' })).toBeVisible();
      await expectAccessible(tessera.page, '#data');
    });
  });
}
