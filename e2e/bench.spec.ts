import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';

interface Turn {
  readonly kind: string;
  readonly name: string;
  readonly milliseconds: number;
  /** null where it took less here than the clock tells. */
  readonly ratio: number | null;
  readonly compared: string;
  readonly isSame: boolean;
  readonly error: string | null;
}

interface Stage {
  readonly id: string;
  readonly milliseconds: number;
  readonly peers: readonly Turn[];
}

interface Report {
  readonly format: string;
  readonly peers: readonly { readonly kind: string; readonly version: string }[];
  readonly sizes: readonly {
    readonly rows: number;
    readonly engine: string;
    readonly stages: readonly Stage[];
    readonly pipeline: {
      readonly isSame: boolean;
      readonly nWorkers: number;
      readonly steps: { readonly milliseconds: number; readonly ratio: number | null };
      readonly story: { readonly milliseconds: number };
      readonly ready: { readonly milliseconds: number };
      readonly peer: { readonly milliseconds: number | null; readonly without: readonly string[] };
    };
  }[];
}

/** Not as many as the page takes by itself. */
const nWorkers = availableParallelism() === 2 ? 4 : 2;

let report: Report;
let exitCode: number;

/** Only that it runs: how fast is not a test's business. Fewer rows would not be worth sharing among workers. */
test.describe('the benchmark on small data', () => {
  test.beforeAll(async () => {
    // It builds a page of its own first, and starts a browser of its own.
    test.setTimeout(180_000);
    const options = `--rows 1000 --runs 1 --stage default,fit --workers ${nWorkers} --json`;
    const { stdout, stderr, code } = await bench(options);
    expect(stdout, stderr).not.toBe('');
    report = JSON.parse(stdout) as Report;
    exitCode = code;
  });

  test('measures every stage, and the page finds what its stages find', () => {
    expect(report.format).toBe('tessera-bench');
    expect(report.sizes).toHaveLength(1);
    const [{ rows, stages, pipeline }] = report.sizes;
    expect(rows).toBe(1000);
    expect(stages.map(({ id }) => id)).toEqual([
      'read',
      'clean',
      'scale',
      'pca',
      'sweep',
      'silhouettes',
      'indices',
      'kmeans',
      'fit',
      'iteration',
      'ward',
      'tree',
      'forest',
      'profile',
    ]);
    for (const { milliseconds } of stages) expect(Number.isFinite(milliseconds)).toBe(true);
    expect(pipeline.isSame).toBe(true);
    expect(pipeline.story.milliseconds).toBeGreaterThan(0);
    expect(pipeline.ready.milliseconds).toBeGreaterThan(pipeline.story.milliseconds);
  });

  test('shares the work among as many workers as are asked for, on the page itself, too', () => {
    const [{ engine, pipeline }] = report.sizes;
    expect(engine).toMatch(new RegExp(`^simd .*, ${nWorkers} workers$`));
    expect(pipeline.nWorkers).toBe(nWorkers);
  });

  test('has packages from npm do the same, and compares what they find', () => {
    expect(turnsOf('npm').map(({ id, turn }) => [id, turn.name])).toEqual([
      ['read', 'papaparse'],
      ['pca', 'ml-pca'],
      ['fit', 'ml-kmeans'],
      ['tree', 'ml-cart'],
    ]);
    const compared = {
      read: '18 of 18 columns equal to the last bit',
      pca: /^shares of variance to (1e-\d+|the last bit)$/,
      fit: /^inertia ÷ theirs \d\.\d+$/,
      tree: /^accuracy [\d.]+ % \/ [\d.]+ %$/,
    };
    expectTurns('npm', compared, ['read', 'pca', 'fit']);
  });

  test('has pandas and scikit-learn do the same, and compares what they find', () => {
    const python = report.peers.find(({ kind }) => kind === 'python');
    test.skip(
      python === undefined,
      'no Python with scikit-learn, pandas and SciPy: install them, or name one that has them in PYTHON',
    );
    expect(python?.version).toMatch(/^scikit-learn \d.*, pandas \d.*, SciPy \d.*, NumPy \d/);
    const compared = {
      read: '18 of 18 columns equal to the last bit',
      clean: /^1,000 \/ 1,000 rows, means to /,
      scale: /^values to /,
      pca: /^shares of variance to /,
      sweep: /^inertia ÷ theirs: \d\.\d+ … \d\.\d+$/,
      silhouettes: /^on the same labels to /,
      indices: /^on the same labels to /,
      kmeans: /^inertia ÷ theirs \d\.\d+, 100 % of labels confirmed$/,
      fit: /^inertia ÷ theirs \d\.\d+, 100 % of labels confirmed$/,
      iteration: /^inertia after the last one to .* \(theirs in float(32|64)\)$/,
      ward: /^999 merge heights to /,
      tree: /^accuracy [\d.]+ % \/ [\d.]+ %$/,
      forest: /^accuracy [\d.]+ % \/ [\d.]+ %$/,
      profile: /^means of the segments to /,
    };
    // What begins at random, or draws lots between equal splits, may end elsewhere on so few rows.
    const lots = ['sweep', 'kmeans', 'tree', 'forest'];
    expectTurns(
      'python',
      compared,
      Object.keys(compared).filter((id) => !lots.includes(id)),
    );
    const { steps, peer } = report.sizes[0].pipeline;
    expect(peer.without).toEqual([]);
    expect(steps.ratio).toBeCloseTo(Number(peer.milliseconds) / steps.milliseconds);
  });

  test('ends with an error when somebody found something else, and only then', () => {
    const verdicts = report.sizes[0].stages.flatMap(({ peers }) => peers.map((p) => p.isSame));
    expect(exitCode).toBe(verdicts.includes(false) ? 1 : 0);
  });
});

test('the benchmark claims no number of workers that the page does not offer', async () => {
  const { stdout, stderr, code } = await bench('--workers 3');
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('--workers takes 1, 2, 4, 8 with the stage “pipeline”');
});

/** Also what it says when it ends with an error. */
async function bench(options: string): Promise<{ stdout: string; stderr: string; code: number }> {
  const args = ['bench/run.mjs', ...options.split(' ')];
  try {
    return { ...(await promisify(execFile)(process.execPath, args)), code: 0 };
  } catch (error) {
    return error as { stdout: string; stderr: string; code: number };
  }
}

function turnsOf(kind: string) {
  return report.sizes[0].stages.flatMap(({ id, milliseconds, peers }) =>
    peers.filter((turn) => turn.kind === kind).map((turn) => ({ id, milliseconds, turn })),
  );
}

/**
 * A peer's time, its ratio, and what was compared.
 *
 * @param same stages whose results are the same on however few rows
 */
function expectTurns(
  kind: string,
  compared: Readonly<Record<string, string | RegExp>>,
  same: readonly string[],
) {
  const turns = turnsOf(kind);
  expect(turns.map(({ id }) => id)).toEqual(Object.keys(compared));
  for (const { id, milliseconds, turn } of turns) {
    expect(turn.error, id).toBeNull();
    expect(turn.milliseconds, id).toBeGreaterThan(0);
    if (milliseconds === 0) expect(turn.ratio, id).toBeNull();
    else expect(turn.ratio, id).toBeCloseTo(turn.milliseconds / milliseconds);
    expect(turn.compared, id).toMatch(compared[id]);
    if (same.includes(id)) expect(turn.isSame, id).toBe(true);
    else expect([true, false], id).toContain(turn.isSame);
  }
}
