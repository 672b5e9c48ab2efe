import { parseArgs } from 'node:util';
import { groups, stageIds } from './stages.mjs';

/** What the page offers under “Workers that share the work” (ComputedPanel.svelte), besides as many as processors. */
const workersOnPage = [1, 2, 4, 8];

export const help = `Times the page in headless Chromium against pandas and scikit-learn, and compares the results.

  npm run bench -- [options]

  --rows N,…       size of the sample that is made for it, or several sizes (8950)
  --file PATH      a CSV of your own instead
  --stage A,…      ${stageIds.join(', ')},
                   or a group: ${Object.keys(groups).join(', ')} (${groups.default.length} of them, without “fit”)
  --runs N         rounds, in which all sides take turns; medians are reported (3)
  --engine E       auto, simd, reference, tfjs or webgpu (auto)
  --workers N      workers that share the work here, not the peers' (as many as there are processors, up to 8);
                   with the stage “pipeline”, which is run on the page itself, what the page offers: ${workersOnPage.join(', ')}
  --browser=ARGS   arguments for Chromium (for tfjs: an imitated graphics card, since headless has no other)
  --peers P,…      python, npm or none (python,npm)
  --json           one JSON document instead of the table
  --markdown       the table as Markdown, for docs/benchmark.md
`;

/** @throws Error with a sentence for whoever typed it */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string', default: '8950' },
      file: { type: 'string' },
      stage: { type: 'string', default: 'default' },
      runs: { type: 'string', default: '3' },
      engine: { type: 'string', default: 'auto' },
      workers: { type: 'string' },
      browser: { type: 'string' },
      peers: { type: 'string', default: 'python,npm' },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const stages = stagesOf(values.stage);
  return {
    ...values,
    rows: values.rows.split(',').map((rows) => wholeNumber('--rows', rows)),
    stages,
    runs: wholeNumber('--runs', values.runs),
    engine: oneOf('--engine', values.engine, ['auto', 'simd', 'reference', 'tfjs', 'webgpu']),
    workers: values.workers === undefined ? undefined : workersOf(values.workers, stages),
    browser: values.browser?.split(/\s+/),
    peers: values.peers.split(',').map((peer) => oneOf('--peers', peer, ['python', 'npm', 'none'])),
  };
}

/** In the order of the table, whatever the order they were asked for in. */
function stagesOf(text) {
  const wanted = new Set(
    text
      .split(',')
      .flatMap((name) => groups[name] ?? [oneOf('--stage', name, stageIds)])
      .flatMap((name) => (name === 'pipeline' ? groups.pipeline : [name])),
  );
  return stageIds.filter((id) => wanted.has(id));
}

function workersOf(text, stages) {
  const number = wholeNumber('--workers', text);
  if (!stages.includes('pipeline') || workersOnPage.includes(number)) return number;
  throw new Error(
    `--workers takes ${workersOnPage.join(', ')} with the stage “pipeline”, because the page offers no others, got “${text}”. Choose one of them, or name stages without “pipeline” (--stage).`,
  );
}

function wholeNumber(name, text) {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`${name} takes whole numbers from 1, got “${text}”.`);
}

function oneOf(name, text, choices) {
  if (choices.includes(text)) return text;
  throw new Error(`${name} takes ${choices.join(', ')}, got “${text}”.`);
}
