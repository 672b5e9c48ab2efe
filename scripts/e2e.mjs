/**
 * Runs the tests in a browser against the built page, building it if it is not there. Arguments go to Playwright:
 * `npm run test:e2e -- journey --headed`. The last line says how many passed and failed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'vite';
import { findBrowser } from './browser.mjs';

/** Where playwright.config.ts has the results written. */
const report = 'test-results/e2e.json';

if (!existsSync('dist/index.html')) await build({ logLevel: 'warn' });
console.log(`Testing in ${findBrowser()}`);
rmSync(report, { force: true });
const { status } = spawnSync(
  process.execPath,
  ['node_modules/@playwright/test/cli.js', 'test', ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
if (existsSync(report)) console.log(`\n${summary(JSON.parse(readFileSync(report, 'utf8')))}`);
else console.log('The tests did not run.');

/** Errors outside of any test (a spec that does not load) count as failures too. */
function summary({ stats: { expected, unexpected, flaky, skipped }, errors }) {
  const counts = [`${expected + flaky} passed`, `${unexpected + errors.length} failed`];
  if (skipped > 0) counts.push(`${skipped} skipped`);
  return counts.join(', ');
}
