/* global window -- functions that run in the page */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';

const sampleInterval = 50;

/** A graphics card that is imitated is refused by default; who asks for one by name gets it. */
const softwareGraphics = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/**
 * Headless Chromium, and what it takes of memory.
 *
 * @param args for Chromium, where those for the engine do not do
 */
export async function startBrowser(engine, args = engine === 'tfjs' ? softwareGraphics : []) {
  const browser = await chromium.launch({ executablePath: findBrowser(), args });
  return {
    version: `Chromium ${browser.version()}`,
    newContext: async () => {
      const context = await browser.newContext();
      await context.addInitScript(collectLongTasks);
      return context;
    },
    watchMemory: () => watchMemory(browser),
    close: () => browser.close(),
  };
}

/** Runs in the page: tasks of its own thread that took more than 50 ms. */
function collectLongTasks() {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      window.longTasks.push({ startTime, duration });
    }
  }).observe({ type: 'longtask', buffered: true });
}

/**
 * @param spans { from, to } by the page's clock
 * @returns the longest task that touched one of the spans, in milliseconds; 0 when none was over 50 ms
 */
export function longestTask(tab, spans) {
  return tab.evaluate(
    (watched) =>
      Math.max(
        0,
        ...window.longTasks
          .filter(({ startTime, duration }) =>
            watched.some(({ from, to }) => startTime < to && startTime + duration > from),
          )
          .map(({ duration }) => duration),
      ),
    spans,
  );
}

/**
 * Looks again and again how much memory the largest renderer holds: that of the tab and its workers.
 *
 * @returns a function that watches while it runs some work, and gives its value and the most that was seen, in bytes:
 *   null where there is no /proc
 */
async function watchMemory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  return async (work) => {
    let peakBytes = 0;
    const look = () => (peakBytes = Math.max(peakBytes, ...pids.map(residentBytes)));
    look();
    const timer = setInterval(look, sampleInterval);
    const value = await work();
    clearInterval(timer);
    look();
    return { value, peakBytes: peakBytes || null };
  };
}

/** 0 where it cannot be told. */
function residentBytes(pid) {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return 1024 * Number(kilobytes);
  } catch {
    return 0;
  }
}

/** A folder that is gone when the benchmark ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-bench-page-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
