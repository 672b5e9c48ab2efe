import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/browser.mjs';

/** A folder below the root of its host, because that is where static hosts put a page. */
const base = '/some/where/';
const port = Number(process.env.E2E_PORT ?? 4399);
const url = `http://localhost:${port}${base}`;

const executablePath = findBrowser();
/** WebGL 2 and WebGPU without a graphics card, for the one spec that needs them. */
const softwareGraphics = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--enable-unsafe-webgpu',
];

/** What measures time, or counts on an answer in time: one after the other, when nothing else runs. */
const alone = ['**/credit-card.spec.ts', '**/kill.spec.ts'];

export default defineConfig({
  testDir: 'e2e',
  forbidOnly: process.env.CI !== undefined,
  // Two pages at a time keep two cores busy: one computes while the other is looked at.
  workers: 2,
  fullyParallel: true,
  // A machine of a CI may stall for seconds; a test that needed its second try is listed as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  // A trace copies the page at every step, which takes longer than the step on a page of this size.
  use: { baseURL: url, trace: 'on-first-retry', viewport: { width: 1280, height: 800 } },
  projects: [
    {
      name: 'page',
      testIgnore: ['**/engines.spec.ts', ...alone],
      use: { launchOptions: { executablePath } },
    },
    {
      name: 'graphics',
      testMatch: '**/engines.spec.ts',
      use: { launchOptions: { executablePath, args: softwareGraphics } },
    },
    {
      name: 'alone',
      testMatch: alone,
      workers: 1,
      // After them: `--no-deps` for these alone.
      dependencies: ['page', 'graphics'],
      use: { launchOptions: { executablePath } },
    },
  ],
  webServer: {
    command: `npx vite preview --base ${base} --port ${port} --strictPort`,
    url,
    reuseExistingServer: false,
  },
});
