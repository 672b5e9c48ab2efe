/**
 * Times the built page in headless Chromium against pandas and scikit-learn on the same file, and compares the results,
 * so that a fast wrong answer shows.
 *
 *   npm run bench -- [--file PATH | --rows N] [--runs N] [--engine auto|simd|reference|tfjs] [--json]
 *
 * Without a file the project's own sample is written to a temporary one. Runs alternate; medians are reported.
 * The peer needs a python3 with scikit-learn and pandas (Debian: apt install python3-sklearn python3-pandas;
 * elsewhere: pip install scikit-learn pandas); without one only the page is timed.
 */
import { execFileSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build, preview, runnerImport } from 'vite';
import { findBrowser } from '../scripts/browser.mjs';

const { values: options } = parseArgs({
  options: {
    file: { type: 'string' },
    rows: { type: 'string', default: '8950' },
    runs: { type: 'string', default: '3' },
    engine: { type: 'string', default: 'auto' },
    json: { type: 'boolean', default: false },
  },
});
const runs = Number(options.runs);
const file = options.file ?? (await writeSample(Number(options.rows)));
const page = await startPage();
const python = findPython();
const ours = [];
const theirs = [];
for (let run = 0; run < runs; run++) {
  ours.push(await runPage(page));
  if (python) theirs.push(runPeer(python));
}
await page.close();
const report = compare();
if (options.json) console.log(JSON.stringify(report, null, 1));
else print(report);

async function writeSample(nRows) {
  const { module } = await runnerImport('./src/core/sample.ts');
  const path = join(mkdtempSync(join(tmpdir(), 'tessera-bench-')), 'sample.csv');
  const out = createWriteStream(path);
  for (const chunk of module.sampleCsv(nRows, 1)) {
    if (!out.write(chunk)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return path;
}

async function startPage() {
  if (!existsSync('dist/index.html')) await build({ logLevel: 'warn' });
  const server = await preview({ preview: { port: 4390 }, logLevel: 'silent' });
  const browser = await chromium.launch({ executablePath: findBrowser() });
  return {
    browser,
    url: server.resolvedUrls.local[0],
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** One visit of a new user: open, drop, wait for the story, save the results file. */
async function runPage({ browser, url }) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(url, { waitUntil: 'networkidle' });
  if (options.engine !== 'auto') {
    // The engine is a setting of the device; it is found where it is chosen, under Save.
    await tab.getByTestId('load-sample').click();
    await ready(tab);
    await tab.getByLabel(/^Computed on/).selectOption(options.engine);
    await ready(tab);
  }
  const start = performance.now();
  await tab.getByTestId('file-input').setInputFiles(file);
  await tab.locator('body[data-state=running]').waitFor({ timeout: 5000 });
  await ready(tab);
  const wall = performance.now() - start;
  const download = tab.waitForEvent('download');
  await tab.getByTestId('download-results').click();
  const results = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
  await context.close();
  return { wall, results };
}

function ready(tab) {
  return tab
    .locator('body[data-state=ready], body[data-state=failed]')
    .waitFor({ timeout: 600_000 });
}

function findPython() {
  for (const candidate of ['python3', '/usr/bin/python3']) {
    try {
      execFileSync(candidate, ['-c', 'import sklearn, pandas'], { stdio: 'ignore' });
      return candidate;
    } catch {
      // Try the next one.
    }
  }
  console.error('No python3 with scikit-learn and pandas was found: only the page is timed.');
  return undefined;
}

function runPeer(command) {
  const output = execFileSync(command, ['bench/peer.py', file, '1'], { maxBuffer: 2 ** 26 });
  return JSON.parse(output.toString())[0];
}

function compare() {
  const stages = [
    ['read', ['read'], ['read']],
    ['clean', ['clean'], ['clean']],
    ['scale', ['scale'], ['scale']],
    ['PCA', ['pca'], ['pca']],
    ['sweep k = 1..10 × 10 starts, exact silhouettes', ['sweep'], ['sweep', 'silhouettes']],
    ['decision tree', ['tree'], ['tree']],
  ];
  const rows = stages.map(([stage, mine, peers]) => {
    const our = median(ours.map(({ results }) => sum(mine.map((step) => results.timings[step]))));
    const their = theirs.length
      ? median(theirs.map(({ seconds }) => 1000 * sum(peers.map((name) => seconds[name]))))
      : undefined;
    return { stage, milliseconds: our, peer: their };
  });
  const total = (pick) => rows.reduce((all, row) => all + (pick(row) ?? 0), 0);
  rows.push({
    stage: 'all of these',
    milliseconds: total((row) => row.milliseconds),
    peer: theirs.length ? total((row) => row.peer) : undefined,
  });
  const [{ results }] = ours;
  return {
    machine: `${cpus()[0].model}, ${cpus().length} cores; Node ${process.version}; ${page.browser.version()}`,
    date: new Date().toISOString().slice(0, 10),
    file: options.file ?? `the project’s sample, ${options.rows} rows`,
    runs,
    engine: results.engine,
    peer: theirs[0]?.version ?? null,
    stages: rows,
    fromDropToStory: median(ours.map(({ wall }) => wall)),
    results: {
      worstInertiaRatio: theirs.length
        ? Math.max(
            ...results.sweep.candidates
              .slice(0, 10)
              .map(({ inertia }, i) => inertia / theirs[0].inertias[i]),
          )
        : null,
      treeAccuracy: [results.classifier.accuracy, theirs[0]?.treeAccuracy ?? null],
      pcaRatio: [results.pca.explainedVarianceRatio.slice(0, 2), theirs[0]?.pcaRatio ?? null],
    },
  };
}

function print({ machine, date, file: name, engine, peer, stages, fromDropToStory, results }) {
  console.log(`${date} · ${machine}`);
  console.log(
    `${name} · median of ${runs} · engine: ${engine.id} (${engine.detail}) · peer: ${peer ?? 'none'}\n`,
  );
  const width = Math.max(...stages.map(({ stage }) => stage.length));
  console.log(`${'stage'.padEnd(width)}  ${'page'.padStart(9)}  ${'peer'.padStart(9)}  ratio`);
  for (const { stage, milliseconds, peer: their } of stages) {
    const cells = [ms(milliseconds), their === undefined ? '–' : ms(their)];
    const ratio = their === undefined ? '' : `${(their / milliseconds).toFixed(1)}×`;
    console.log(
      `${stage.padEnd(width)}  ${cells.map((cell) => cell.padStart(9)).join('  ')}  ${ratio}`,
    );
  }
  console.log(`\nFrom drop to story, wall clock: ${ms(fromDropToStory)}`);
  if (results.worstInertiaRatio !== null) {
    console.log(
      `Inertia, page / peer, worst of k = 1..10: ${results.worstInertiaRatio.toFixed(6)}; tree accuracy ${results.treeAccuracy.map((value) => value.toFixed(4)).join(' / ')}`,
    );
  }
}

function ms(value) {
  return `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US')} ms`;
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
