/* global window -- functions that run in the page */
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { inlineWorkers } from '../scripts/inline-workers-plugin.mjs';
import { kernels } from '../scripts/kernels-plugin.mjs';
import { longestTask, temporaryFolder } from './browser.mjs';
import { settings } from './stages.mjs';

const root = fileURLToPath(new URL('page', import.meta.url));

/**
 * The page in bench/page, built as the app is: its worker runs the app's engines and steps one by one. It is no part of
 * dist/.
 */
export async function startStagePage(browser, engineOptions) {
  const { folder, remove } = temporaryFolder();
  try {
    const server = await serve(folder);
    const url = server.resolvedUrls.local[0];
    return {
      open: (path) => openFile(browser, url, path, engineOptions),
      close: async () => {
        await server.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function serve(folder) {
  const shared = { root, configFile: false, base: './', logLevel: 'error' };
  await build({
    ...shared,
    plugins: [kernels(), inlineWorkers()],
    worker: { format: 'iife', plugins: () => [kernels()] },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 6000,
    },
  });
  return preview({ ...shared, build: { outDir: folder }, preview: { port: 4391 } });
}

/** A tab of its own for each file, so that memory is counted from nothing. */
async function openFile(browser, url, path, engineOptions) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(url);
  const engine = await tab.evaluate((options) => window.bench.api.start(options), engineOptions);
  await tab.locator('input').setInputFiles(path);
  await tab.evaluate((given) => window.bench.open(given), settings);
  const watched = await browser.watchMemory();
  const call = (method) => (stage) =>
    tab.evaluate(([name, id]) => window.bench.api[name](id), [method, stage]);
  return {
    engine,
    // Memory and the main thread are watched while a stage runs, not while its results are handed to this script.
    async run(stage) {
      const work = () => tab.evaluate((id) => window.bench.run(id), stage);
      const { value: milliseconds, peakBytes } = await watched(work);
      return { milliseconds, peakBytes };
    },
    outcome: call('outcome'),
    input: call('input'),
    forget: call('forget'),
    matrix: call('matrix'),
    /** @returns milliseconds */
    async longestTask() {
      return longestTask(tab, await tab.evaluate(() => window.bench.spans));
    },
    close: () => context.close(),
  };
}
