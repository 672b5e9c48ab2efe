import { blobsCsv, textFile } from './files';
import { expect, test } from './fixture';
import { fillRule } from './results-file';
import { hasStoredRows, storedProject } from './session-store';
import type { TesseraPage } from './tessera-page';

const corners = [
  [0, 0],
  [50, 0],
  [0, 50],
] as const;
const file = textFile('shop.csv', blobsCsv(60, corners));
/** Another file of the same name. */
const otherFile = textFile('shop.csv', blobsCsv(63, corners));

/** The part of the empty page that says what this browser remembers. */
function remembered({ page }: TesseraPage) {
  return page.getByRole('region', { name: 'On this device' });
}

function fillSetting(tessera: TesseraPage) {
  return tessera.setting('combobox', 'Missing values become');
}

/** A changed setting, and the wait until it is stored: a reload before that would lose it. */
async function fillWithMean(tessera: TesseraPage): Promise<void> {
  await tessera.select('Missing values become', 'mean');
  await expect
    .poll(async () => fillRule((await storedProject(tessera.page))?.recipe.clean.steps ?? []))
    .toBe('mean');
}

async function keepRows(tessera: TesseraPage): Promise<void> {
  await tessera.page.getByTestId('keep-rows').check();
  await expect.poll(() => hasStoredRows(tessera.page)).toBe(true);
}

test('after the sample a reload finds the empty page, which says what it remembers', async ({
  tessera,
}) => {
  await tessera.loadFewCustomers();
  await fillWithMean(tessera);
  await tessera.reload();
  await tessera.expectEmpty();
  await expect(remembered(tessera)).toContainText('Sample customers');
  await tessera.loadFewCustomers();
  await expect(fillSetting(tessera)).toHaveValue('mean');
});

test('rows are not stored unless the user says so', async ({ tessera }) => {
  await tessera.segment(file);
  await fillWithMean(tessera);
  expect(await hasStoredRows(tessera.page)).toBe(false);
  await tessera.reload();
  await tessera.expectEmpty();
  await expect(remembered(tessera)).toContainText('shop.csv');
  await expect(remembered(tessera)).toContainText('settings kept, not the file');
});

test('the same file dropped again goes on with its settings, another does not', async ({
  tessera,
}) => {
  await tessera.segment(file);
  await fillWithMean(tessera);
  await tessera.reload();
  await tessera.expectEmpty();
  await tessera.dropFiles(file);
  await tessera.expectReady();
  await expect(fillSetting(tessera)).toHaveValue('mean');

  await tessera.reload();
  await tessera.expectEmpty();
  await tessera.dropFiles(otherFile);
  await tessera.expectReady();
  await expect(fillSetting(tessera)).toHaveValue('median');
});

test('a kept file comes back by itself, with its settings', async ({ tessera }) => {
  await tessera.segment(file);
  await fillWithMean(tessera);
  await keepRows(tessera);
  await tessera.reload();
  await tessera.expectReady();
  await expect(tessera.page.getByRole('banner')).toContainText('shop.csv');
  await expect(fillSetting(tessera)).toHaveValue('mean');
  await expect(tessera.page.getByTestId('keep-rows')).toBeChecked();
});

test('rows are deleted as soon as they are no longer to be kept', async ({ tessera }) => {
  await tessera.segment(file);
  await keepRows(tessera);
  await tessera.page.getByTestId('keep-rows').uncheck();
  await expect.poll(() => hasStoredRows(tessera.page)).toBe(false);
  await tessera.reload();
  await tessera.expectEmpty();
});

test('what is to be forgotten is forgotten', async ({ tessera }) => {
  await tessera.segment(file);
  await expect.poll(() => storedProject(tessera.page)).not.toBeNull();
  await tessera.reload();
  await remembered(tessera).getByRole('button', { name: 'Delete shop' }).click();
  await expect.poll(() => storedProject(tessera.page)).toBeNull();
  await tessera.reload();
  await tessera.expectEmpty();
  await expect(remembered(tessera)).toHaveCount(0);
});

for (const [title, spoil] of [
  ['with an unknown setting', (project: object) => ({ ...project, recipe: { clean: 'all' } })],
  ['of another version', (project: object) => ({ ...project, savedAt: 'yesterday' })],
  ['that is no project', () => ({ nonsense: true })],
] as const) {
  test(`a stored project ${title} is told, and stops nobody`, async ({ tessera }) => {
    await tessera.segment(file);
    await fillWithMean(tessera);
    const project = await storedProject(tessera.page);
    await storedProject(tessera.page, { ...spoil(project ?? {}), id: project?.id ?? '' });
    await tessera.reload();
    await tessera.expectEmpty();
    await expect(remembered(tessera)).toContainText('another version of this page');
    await expect(tessera.page.getByTestId('project')).toHaveCount(0);
    await tessera.segment(file);
    await expect(fillSetting(tessera)).toHaveValue('median');
  });
}

test('a chosen engine is still the one that computes after a reload', async ({ tessera }) => {
  await tessera.segment(file);
  await tessera.rerun(() => tessera.chooseEngine('processor, plain loops'));
  expect((await tessera.results()).engine.id).toBe('reference');
  await tessera.reload();
  await tessera.expectEmpty();
  await tessera.segment(file);
  expect((await tessera.results()).engine.id).toBe('reference');
});

test('two tabs with the page do not disturb each other', async ({ tessera, guard }) => {
  guard.forgive(/^popup/);
  await tessera.segment(file);
  const page = await tessera.page.context().newPage();
  await page.goto(tessera.page.url());
  await page.getByTestId('file-input').setInputFiles({
    name: 'other.csv',
    mimeType: 'text/csv',
    buffer: otherFile.bytes,
  });
  await expect(page.locator('body')).toHaveAttribute('data-state', 'ready');
  await tessera.rerun(() => tessera.select('Number of segments', '2'));
  await expect(tessera.page.getByRole('banner')).toContainText('shop.csv');
});

test('without room, and with an older version of the page in the way, nothing is lost', async ({
  tessera,
  guard,
}) => {
  guard.forgive(/^popup|\/older$/);
  const { page } = tessera;
  const context = page.context();
  const base = page.url();
  const wait = { timeout: 5_000 };
  const nSegments = async () => (await storedProject(page))?.recipe.cluster.nClusters ?? null;

  // No room, from before the first write: the browser asks only now and then how much there is.
  const cdp = await context.newCDPSession(page);
  const setQuota = (size: { quotaSize?: number }) =>
    cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(base).origin, ...size });
  await page.goto('about:blank');
  await setQuota({ quotaSize: 1_000 });
  await page.goto(base);
  await tessera.segment(file);
  await expect(page.getByText('The browser has no room left for this page')).toBeVisible();
  expect(await nSegments()).toBeNull();
  await setQuota({});
  await tessera.rerun(() => tessera.select('Number of segments', '2'));
  await expect.poll(nSegments, wait).toBe(2);

  // A tab with a page of version 1, which does not give way.
  const name = await page.evaluate(async () => (await indexedDB.databases())[0].name ?? '');
  await page.goto('about:blank');
  const older = await context.newPage();
  await older.route('**/older', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await older.goto(new URL('older', base).href);
  await older.evaluate(async (database) => {
    const done = <T>(request: IDBRequest<T>, also: (result: IDBRequest<T>) => void = () => {}) =>
      new Promise<T>((resolve, reject) => {
        also(request);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(String(request.error)));
      });
    await done(indexedDB.deleteDatabase(database));
    const opening = indexedDB.open(database, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('entries');
      opening.result.createObjectStore('rows');
    };
    Object.assign(globalThis, { held: await done(opening) });
  }, name);
  await page.goto(base);
  await expect(
    page.getByText('An older version of this page is open in another tab'),
  ).toBeVisible();
  await tessera.segment(file);
  await tessera.rerun(() => tessera.select('Number of segments', '2'));
  await older.close();
  await expect(page.getByText('what you do here is remembered again')).toBeVisible();
  expect(await nSegments()).toBe(2);
});
