import { blobsCsv, textFile } from './files';
import { expect, test } from './fixture';
import { Guard } from './guard';
import { TesseraPage } from './tessera-page';

const corners = [
  [0, 0],
  [50, 0],
  [0, 50],
] as const;
const file = textFile('shop.csv', blobsCsv(60, corners));

test('a link opens elsewhere to what it holds, and gives the same segments; a hostile one is refused', async ({
  tessera,
  browser,
  baseURL,
}) => {
  await tessera.segment(file);
  await tessera.rerun(() => tessera.select('Number of segments', '5'));
  const { segments } = await tessera.results();
  await tessera.page.getByTestId('open-share').click();
  await tessera.page.getByRole('checkbox', { name: 'The model', exact: true }).check();
  await expect(tessera.section('Save')).toContainText('A model with five segments over 2 columns');
  const link = await tessera.page.getByTestId('share-link').inputValue();
  expect(link).toMatch(/#link=1\.[\w-]+$/);

  const context = await browser.newContext();
  const guard = new Guard(context, baseURL ?? '');
  const there = new TesseraPage(await context.newPage());
  await there.page.goto(link);
  const arrival = there.page.getByTestId('arrival');
  await expect(arrival).toContainText('Settings and a model came with this link');
  await expect(arrival).toContainText('A model with five segments over 2 columns');
  // Until it is used it is there after a reload, too.
  await there.reload();
  await expect(arrival).toBeVisible();
  await there.dropFiles(file);
  await there.expectReady();
  expect((await there.results()).segments).toEqual(segments);
  await expect(arrival).toHaveCount(0);
  expect(new URL(there.page.url()).hash).toBe('');

  await there.page.evaluate(() => (location.hash = '#link=1.AAAA'));
  await expect(there.error).toHaveAttribute('data-code', 'link-invalid');
  expect(new URL(there.page.url()).hash).toBe('');
  await there.expectReady();
  // Anchors of sections are as ever.
  await there.page.getByRole('link', { name: /Segments/ }).click();
  expect(new URL(there.page.url()).hash).toBe('#segments');
  guard.assertSilent();
  await context.close();
});
