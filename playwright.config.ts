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

export default defineConfig({
  testDir: 'e2e',
  forbidOnly: process.env.CI !== undefined,
  // One after the other: some tests measure, and two cores are one page and its worker.
  workers: 1,
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
      testIgnore: '**/engines.spec.ts',
      use: { launchOptions: { executablePath } },
    },
    {
      name: 'graphics',
      testMatch: '**/engines.spec.ts',
      use: { launchOptions: { executablePath, args: softwareGraphics } },
    },
  ],
  webServer: {
    command: `npx vite preview --base ${base} --port ${port} --strictPort`,
    url,
    reuseExistingServer: false,
  },
});
