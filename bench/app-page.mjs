/* global window, document, self, MutationObserver, addEventListener -- functions that run in the page */
import { existsSync, readFileSync } from 'node:fs';
import { build, preview } from 'vite';
import { longestTask } from './browser.mjs';
import { settings } from './stages.mjs';

/** The built page as a user has it, in dist/; built if it is not there. */
export async function startAppPage(browser, engineOptions) {
  if (!existsSync('dist/index.html')) await build({ logLevel: 'warn' });
  const server = await preview({ preview: { port: 4390 }, logLevel: 'silent' });
  const url = server.resolvedUrls.local[0];
  return {
    open: (path) => openFile(browser, url, path, engineOptions),
    close: () => server.close(),
  };
}

/**
 * A browser that has seen the file once: the page remembers the settings for it, so that on every further visit the whole
 * pipeline runs with them, in a worker that is new. Where the engine and its workers are chosen by name, they are so as a
 * user does.
 */
async function openFile(browser, url, path, { choice, nWorkers }) {
  const context = await browser.newContext();
  await context.addInitScript(watchDrop);
  const first = await context.newPage();
  await drop(first, url, path);
  await rerun(first, async () => {
    const field = first.getByLabel('Try up to (segments)');
    await field.fill(String(settings.kMax));
    await field.press('Enter');
  });
  const choose = (field, value) => rerun(first, () => field.selectOption(value));
  if (choice !== 'auto') await choose(first.getByLabel(/^Computed on/), choice);
  if (nWorkers !== undefined) {
    await choose(first.getByLabel('Workers that share the work'), String(nWorkers));
  }
  // Its settings are kept once it rests; then what comes after the story must not disturb what is timed next.
  await first.waitForTimeout(1500);
  await first.close();
  return {
    visit: () => visit(context, url, path, nWorkers),
    close: () => context.close(),
  };
}

/** Open, drop, wait until all is made, save the results file. */
async function visit(context, url, path, nWanted) {
  const tab = await context.newPage();
  const times = await drop(tab, url, path);
  const longest = await longestTask(tab, [{ from: times.begin, to: times.end }]);
  const coming = tab.waitForEvent('download');
  await tab.getByTestId('download-results').click();
  const results = JSON.parse(readFileSync(await (await coming).path(), 'utf8'));
  const nMembers = await countMembers(tab);
  await tab.close();
  if (results.recipe.sweep.kMax !== settings.kMax) throw new Error('The page forgot its settings.');
  if (nWanted !== undefined && nMembers !== (nWanted > 1 ? nWanted : 0)) {
    throw new Error(`The page was to share its work among ${nWanted}, and has ${nMembers} for it.`);
  }
  return {
    story: times.story - times.begin,
    ready: times.end - times.begin,
    longestTask: longest,
    results,
  };
}

/** Workers that share the work of the one that the page talks to; none where that one is to do it alone. */
async function countMembers(tab) {
  const names = await Promise.all(tab.workers().map((worker) => worker.evaluate(() => self.name)));
  return names.filter((name) => name === 'member').length;
}

/** @returns when the file was given, when the story stood, and when all was made, by the page's clock */
async function drop(tab, url, path) {
  await tab.goto(url, { waitUntil: 'networkidle' });
  // Nobody chooses a file in less: meanwhile the page has the browser compile its code.
  await tab.waitForTimeout(1000);
  await tab.getByTestId('file-input').setInputFiles(path);
  await tab.waitForFunction(() => !Number.isNaN(window.drop.end), undefined, { timeout: 600_000 });
  const times = await tab.evaluate(() => window.drop);
  if (times.state !== 'ready') throw new Error('The page could not segment the file.');
  return times;
}

/** Does something that makes the page compute anew, and waits until it has. */
async function rerun(tab, act) {
  await tab.evaluate(() => window.watchRun());
  await act();
  await tab.waitForFunction(() => !Number.isNaN(window.drop.end), undefined, { timeout: 600_000 });
}

/** Runs in the page: notes when a file is chosen, and after that when the story stands and when the state is final. */
function watchDrop() {
  window.watchRun = () => {
    window.drop = { begin: performance.now(), story: NaN, end: NaN, state: '' };
    const observer = new MutationObserver(() => {
      const { state } = document.body.dataset;
      if (state === 'running') window.drop.hasBegun = true;
      if (!window.drop.hasBegun || (state !== 'ready' && state !== 'failed')) return;
      observer.disconnect();
      Object.assign(window.drop, { end: performance.now(), state });
    });
    observer.observe(document.body, { attributes: true });
    const parts = new MutationObserver(() => {
      if (document.getElementById('story') === null) return;
      parts.disconnect();
      window.drop.story = performance.now();
    });
    parts.observe(document.body, { childList: true, subtree: true });
  };
  addEventListener(
    'change',
    ({ target }) => {
      if (target.type === 'file') window.watchRun();
    },
    true,
  );
}
