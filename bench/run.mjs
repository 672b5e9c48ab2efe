/** Times the built page against its peers, and compares the results: `npm run bench -- --help`. */
import { statSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename } from 'node:path';
import { startAppPage } from './app-page.mjs';
import { startBrowser } from './browser.mjs';
import { appRounds, measure } from './measure.mjs';
import { help, readOptions } from './options.mjs';
import { startPeers } from './peer.mjs';
import { asMarkdown, asText } from './report.mjs';
import { countRows, sampleFile } from './sample-file.mjs';
import { startStagePage } from './stage-page.mjs';
import { settings } from './stages.mjs';

const options = optionsOrExit();
const closing = [];
try {
  await main();
} finally {
  for (const close of closing.reverse()) await close();
}

async function main() {
  const engine = { choice: options.engine, nWorkers: options.workers };
  const browser = await startBrowser(options.engine, options.browser);
  closing.push(() => browser.close());
  const stagePage = await startStagePage(browser, engine);
  closing.push(() => stagePage.close());
  const appPage = options.stages.includes('pipeline') && (await startAppPage(browser, engine));
  if (appPage) closing.push(() => appPage.close());
  const peers = startPeers(options.peers);
  closing.push(() => peers.forEach((peer) => peer.close()));

  const sizes = [];
  for (const file of await files()) {
    sizes.push(await measureFile(file, { stagePage, appPage, peers }));
  }
  const report = {
    format: 'tessera-bench',
    version: 1,
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0].model}, ${cpus().length} cores; ${browser.version}; Node ${process.version}`,
    command: commandLine(),
    runs: options.runs,
    settings,
    peers: peers.map(({ kind, version }) => ({ kind, version })),
    sizes,
  };
  if (options.json) console.log(JSON.stringify(report, null, 1));
  else console.log(options.markdown ? asMarkdown(report) : asText(report));
  if (sizes.some(isWrong)) process.exitCode = 1;
}

async function files() {
  if (options.file !== undefined) return [{ path: options.file, name: basename(options.file) }];
  const samples = [];
  for (const rows of options.rows)
    samples.push({ path: await sampleFile(rows), name: 'The sample' });
  return samples;
}

async function measureFile({ path, name }, { stagePage, appPage, peers }) {
  const size = { rows: await countRows(path), bytes: statSync(path).size };
  console.error(`${name}, ${size.rows.toLocaleString('en-US')} rows …`);
  for (const peer of peers) await peer.open(path, settings);
  const page = await stagePage.open(path);
  const app = appPage ? await appPage.open(path) : undefined;
  const rounds = app && appRounds(app);
  const { stages: wanted, runs } = options;
  const stages = await measure({ wanted, runs, size, page, app: rounds, peers });
  const longestTask = await page.longestTask();
  await app?.close();
  await page.close();
  const peaks = stages.map(({ peakBytes }) => peakBytes).filter((bytes) => bytes !== null);
  return {
    file: name,
    ...size,
    engine: page.engine,
    stages,
    pipeline: rounds?.summary() ?? null,
    peakBytes: peaks.length > 0 ? Math.max(...peaks) : null,
    longestTask,
  };
}

/** As it was typed, without what concerns the form of the report and the folders of this machine. */
function commandLine() {
  return process.argv
    .slice(2)
    .filter((part) => part !== '--json' && part !== '--markdown')
    .map((part) => (part === options.file ? `'${basename(part)}'` : part))
    .join(' ');
}

/** A result that is not the peer's, however fast. */
function isWrong({ stages, pipeline }) {
  if (pipeline?.isSame === false) return true;
  return stages.some(({ peers }) => peers.some(({ isSame }) => isSame === false));
}

function optionsOrExit() {
  try {
    const read = readOptions(process.argv.slice(2));
    if (!read.help) return read;
    console.log(help);
    return process.exit(0);
  } catch (error) {
    console.error(`${error.message}\n\n${help}`);
    return process.exit(2);
  }
}
