import { readFile } from 'node:fs/promises';
import { contentSecurityPolicy } from '../scripts/policy.mjs';
import { blobsCsv, nFewCustomers, textFile } from './files';
import { expect, test } from './fixture';
import { Outside } from './outside';
import { openWays } from './ways-out';

/** What the browser says when the policy refuses something: what these tests are after. */
const refusals = /content security policy|refused to|violates/i;

test('the page carries exactly the policy of the project, before anything else', async ({
  tessera,
}) => {
  const first = tessera.page.locator('head > :first-child');
  await expect(first).toHaveAttribute('http-equiv', 'Content-Security-Policy');
  await expect(first).toHaveAttribute('content', contentSecurityPolicy);
  expect(contentSecurityPolicy).toContain("connect-src 'none'");
  expect(contentSecurityPolicy).toContain("default-src 'none'");
  expect(contentSecurityPolicy).not.toContain("'unsafe-eval'");
});

test('from the page no connection can be opened, to anywhere', async ({
  tessera,
  guard,
  baseURL,
}) => {
  const outside = await Outside.open();
  guard.forgive(refusals);
  // Playwright also tells of requests that were refused before they left; what left, `hits` counts.
  guard.forgive(new RegExp(outside.url));
  expect(await tessera.page.evaluate(openWays, outside.url)).toEqual([]);
  expect(await tessera.page.evaluate(openWays, `${baseURL}index.html`)).toEqual([]);
  await tessera.page.evaluate((url) => {
    navigator.sendBeacon(url, 'data');
    new Image().src = url;
    const script = Object.assign(document.createElement('script'), { src: url });
    const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url });
    const frame = Object.assign(document.createElement('iframe'), { src: url });
    const link = Object.assign(document.createElement('a'), { href: '#ping', ping: url });
    const form = Object.assign(document.createElement('form'), { action: url, method: 'post' });
    document.body.append(script, style, frame, link, form);
    link.click();
    form.submit();
  }, outside.url);
  const imported = tessera.page.evaluate((url) => import(/* @vite-ignore */ url), outside.url);
  await expect(imported).rejects.toThrow();
  expect(outside.hits).toBe(0);
  await outside.close();
});

test('from the worker, which holds the data, no connection can be opened either', async ({
  tessera,
  guard,
  baseURL,
}) => {
  const outside = await Outside.open();
  guard.forgive(refusals);
  guard.forgive(new RegExp(outside.url));
  await tessera.loadFewCustomers();
  const [worker] = tessera.page.workers();
  expect(worker.url()).toMatch(/^blob:/);
  expect(await worker.evaluate(openWays, outside.url)).toEqual([]);
  expect(await worker.evaluate(openWays, `${baseURL}index.html`)).toEqual([]);
  const loaded = await worker.evaluate((url) => {
    const scope = globalThis as unknown as { importScripts(url: string): void };
    try {
      scope.importScripts(url);
      return true;
    } catch {
      return false;
    }
  }, outside.url);
  expect(loaded, 'importScripts').toBe(false);
  expect(outside.hits).toBe(0);
  await outside.close();
});

test('the other origin of these tests can be reached, so that they could fail', async ({
  request,
}) => {
  const outside = await Outside.open();
  expect((await request.get(outside.url)).ok()).toBe(true);
  expect(outside.hits).toBe(1);
  await outside.close();
});

test('once loaded, the page works without a network', async ({ tessera, context }) => {
  // plotly is fetched while the page is idle; from then on nothing is needed.
  await tessera.page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await tessera.loadFewCustomers();
  await expect(tessera.story.locator('.main-svg').first()).toBeVisible();
  expect((await tessera.results()).segments.nClusters).toBeGreaterThan(1);
});

const canary = 'CANARY-7f3a';
const hostileNames = [
  `<img src=x onerror="globalThis.hacked=1">${canary}`,
  '__proto__',
  `%{x} <a href="//evil.example/">${canary}</a>`,
  `<b style="background:url(//evil.example/${canary})">bold</b>`,
];

/** The hostile names as headers of numbers that form segments, and as words in cells. */
function hostileCsv(): string {
  const [header, ...rows] = blobsCsv(60, [
    [0, 0],
    [50, 0],
    [0, 50],
  ])
    .trimEnd()
    .split('\n');
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row, i) => {
    const [x, y] = row.split(',').map(Number);
    return [x, y, x + y, x - y, x * 2 + y, y * 3, quote(hostileNames[i % 4])].join(',');
  });
  return [`${header},${hostileNames.map(quote).join(',')},note`, ...lines].join('\n');
}

test('hostile names of columns, cells and files are shown as text, run nothing and go nowhere', async ({
  tessera,
  guard,
  context,
}) => {
  const { page } = tessera;
  const prototypeKeys = () => page.evaluate(() => Reflect.ownKeys(Object.prototype).length);
  const before = await prototypeKeys();
  await tessera.segment(textFile(`<img src=x onerror="hacked=1">${canary}.csv`, hostileCsv()));
  await expect(page.getByRole('banner')).toContainText('<img src=x onerror="hacked=1">');
  for (const name of hostileNames) {
    await expect(page.getByRole('rowheader', { name, exact: true }).first()).toBeVisible();
  }
  await expect(tessera.section('Data')).toContainText(hostileNames[0]);
  await expect(page.getByTestId('predict-form')).toContainText('<img src=x onerror=');
  // Charts too: their titles are SVG text, drawn by a library that would take HTML.
  const charts = page.locator('.js-plotly-plot');
  for (const chart of await page.locator('.canvas').all()) {
    await chart.scrollIntoViewIfNeeded();
    await expect(chart.locator('.main-svg').first()).toBeVisible();
  }
  expect(await charts.count()).toBeGreaterThanOrEqual(4);
  await expect(page.locator('img, iframe, object, embed')).toHaveCount(0);
  await expect(page.locator('[onerror], [onclick], [style*="evil"]')).toHaveCount(0);
  await expect(page.locator('a[href]:not([href^="#"])')).toHaveCount(0);
  expect(await page.evaluate(() => 'hacked' in globalThis || 'leaked' in globalThis)).toBe(false);
  expect(await prototypeKeys()).toBe(before);

  await tessera.download('download-labels');
  await tessera.download('download-model');
  for (const request of guard.requests) {
    expect(JSON.stringify([request.url(), await request.allHeaders()])).not.toContain(canary);
    expect(request.postData()).toBeNull();
  }
  expect(context.pages()).toHaveLength(1);
});

test('a hostile model names its segments as text', async ({ tessera }) => {
  await tessera.segment(textFile('hostile.csv', hostileCsv()));
  const { text } = await tessera.download('download-model');
  const model = JSON.parse(text) as { segments: { name: string }[] };
  model.segments.forEach((segment, c) => (segment.name = hostileNames[c % hostileNames.length]));
  await tessera.openModel(JSON.stringify(model));
  await expect(tessera.section('Which segment is this customer?')).toContainText('from a file');
  const answer = tessera.prediction.getByRole('heading');
  await expect(answer).toHaveText(/<img src=x|__proto__|%\{x\}|<b style/);
  await expect(tessera.page.locator('img, [onerror]')).toHaveCount(0);
});

test('no chart offers to share itself: what it offers is to be saved, here', async ({
  tessera,
  guard,
}) => {
  const { page } = tessera;
  await tessera.loadFewCustomers();
  for (const chart of await page.locator('.canvas').all()) {
    await chart.scrollIntoViewIfNeeded();
    await expect(chart.locator('.main-svg').first()).toBeVisible();
    // The map is covered by what selects from it: the mouse is moved there whatever lies on top.
    await chart.hover({ force: true });
  }
  await expect(page.locator('.modebar, .modebar-btn')).toHaveCount(0);
  await expect(page.locator('a[href^="http"], a[href^="//"]')).toHaveCount(0);
  await expect(page.locator('[data-title]')).toHaveCount(0);
  // Of plotly's own there is no button at all; ours stand beside its pictures.
  await expect(page.locator('.js-plotly-plot').locator('button, a, [role="button"]')).toHaveCount(
    0,
  );
  const nRequests = guard.requests.length;
  const menu = page.getByRole('button', { name: /^Save the chart: Scatter of customers/ }).first();
  const begins = { PNG: '\x89PNG', SVG: '<svg', CSV: 'More ' };
  for (const [kind, begin] of Object.entries(begins)) {
    await menu.press('Enter');
    const choice = page.getByRole('group', { name: 'Save as' }).getByRole('button');
    await expect(choice).toHaveCount(3);
    const coming = page.waitForEvent('download');
    await choice.filter({ hasText: kind }).press('Enter');
    const content = (await readFile(await (await coming).path())).toString('latin1');
    expect(content.startsWith(begin), `${kind}: ${content.slice(0, 40)}`).toBe(true);
    await expect(menu).toBeFocused();
    // The points on the canvas are in the drawing, and nothing in it is fetched from anywhere.
    if (kind === 'SVG') expect(content).toContain('data:image/png;base64,');
    if (kind === 'SVG') expect(content).not.toMatch(/(?:href|src)="(?!data:|#)/);
    if (kind === 'CSV') expect(content.trimEnd().split('\r\n').length).toBe(nFewCustomers + 1);
  }
  // A picture that is none of plotly's is drawn from what is on the page, and stands for itself.
  const table = page.getByRole('button', { name: /^Save the chart: Confusion matrix/ });
  for (const [kind, begin] of Object.entries({ PNG: '\x89PNG', SVG: '<svg', CSV: 'segment,' })) {
    await table.press('Enter');
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: `(${kind})` }).press('Enter');
    const content = (await readFile(await (await coming).path())).toString('latin1');
    expect(content.startsWith(begin), `${kind}: ${content.slice(0, 40)}`).toBe(true);
    if (kind === 'PNG') expect(content.length).toBeGreaterThan(5_000);
    if (kind !== 'SVG') continue;
    expect(content.match(/<text /g)?.length).toBeGreaterThan(20);
    expect(content).not.toMatch(/var\(|NaN|class=|style=|<script|(?:href|src)=|url\(/);
  }
  const fetched = guard.requests.slice(nRequests).map((request) => request.url());
  expect(fetched.filter((url) => !/^(?:data|blob):/.test(url))).toEqual([]);
});
