import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { textFile } from './files';
import { expect, test } from './fixture';

/** Columns whose names would like to be more than names. */
const hostile = ['<img src=x onerror="globalThis.hacked=1">', '</style><script>hacked=1</script>'];

function hostileCsv(): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = Array.from({ length: 90 }, (_, i) => {
    const [x, y] = [
      [0, 0],
      [50, 0],
      [0, 50],
    ][i % 3];
    return [x + (i % 7), y + (i % 5), x - y + (i % 11)].join();
  });
  return [[...hostile, 'spend'].map(quote).join(), ...rows].join('\n');
}

test('segments are named by hand; the report opens from disk without a network, runs nothing and prints', async ({
  tessera,
  browser,
}, testInfo) => {
  await tessera.segment(textFile('hostile.csv', hostileCsv()));

  // A segment gets a name by keyboard, which is back where it was afterwards; the report has that name.
  const rename = tessera.story.getByRole('button', { name: /^Rename/ }).first();
  await rename.press('Enter');
  const name = tessera.story.getByRole('textbox', { name: 'Name' });
  await expect(name).toBeFocused();
  const generated = await name.inputValue();
  await name.fill('Regulars & <friends>');
  await tessera.rerun(() => name.press('Enter'));
  await expect(tessera.story.getByRole('heading', { name: 'Regulars & <friends>' })).toBeVisible();
  await expect(rename).toBeFocused();
  const card = tessera.section('Personas').getByRole('listitem').filter({ hasText: 'Regulars' });
  await expect(card.first()).toContainText(`its numbers say: ${generated}`);

  const coming = tessera.page.waitForEvent('download');
  await tessera.page.getByTestId('download-report').click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('hostile.report.html');
  const file = testInfo.outputPath('report.html');
  await download.saveAs(file);

  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const noticed: string[] = [];
  page.on('console', (message) => noticed.push(message.text()));
  page.on('pageerror', (error) => noticed.push(error.message));
  page.on('request', (request) => noticed.push(request.url()));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('90 customers fall into');
  for (const text of [...hostile, 'Regulars & <friends>']) {
    await expect(page.locator('body')).toContainText(text);
  }
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
  await expect(page.locator('script, img, link, iframe, a')).toHaveCount(0);
  expect(noticed).toEqual([url]);
  const printed = await page.pdf({ preferCSSPageSize: true });
  expect(printed.subarray(0, 5).toString()).toBe('%PDF-');
  // A4, and more than the first page of it.
  expect(
    printed.toString('latin1').match(/\/MediaBox\s*\[0 0 59\d[.\d]* 84\d/g)?.length ?? 0,
  ).toBeGreaterThan(1);
  expect((await readFile(file, 'utf8')).startsWith('<!doctype html>')).toBe(true);
  await context.close();
});
