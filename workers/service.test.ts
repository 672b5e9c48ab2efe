import { proxy, type Remote } from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cleaning } from '../tests/helpers/cleaning';
import { failureOf } from '../tests/helpers/failure';
import { watched } from '../tests/helpers/members';
import {
  connect,
  evaluateAll,
  evaluateStep,
  fileOf,
  labelledText,
  requestOf,
  valueOf,
} from '../tests/helpers/service';
import { quickRecipe, sampleText } from '../tests/helpers/pipeline';
import { startThread, type FakeThread } from '../tests/helpers/threads';
import type {
  Evaluation,
  Progress,
  Request,
  Source,
  WireError,
  WorkerApi,
} from '../src/contract/api';
import type { Recipe } from '../src/core/recipe';
import { stepOrder, type StepId } from '../src/core/plan';
import { steps } from '../src/core/steps';
import { plainScoring } from '../src/contract/scoring';
import { createSimdEngine } from './engines/simd';
import { createService } from './service';

const quiet = proxy(() => undefined);
let api: Remote<WorkerApi>;
let close: () => void;
beforeEach(() => ({ api, close } = connect()));
afterEach(() => close());

/** As the bridge does it: comlink loses which view belongs to which step. */
const evaluateRequest = <Id extends StepId>(
  request: Request,
  step: Id,
  listener: (progress: Progress) => void = quiet,
) => evaluateStep(api, request, step, listener);

const evaluate = <Id extends StepId>(source: Source, step: Id, recipe: Recipe = quickRecipe) =>
  evaluateRequest(requestOf(source, recipe), step);

/** The whole way: the last step needs all others. */
const evaluateModel = (source: Source, recipe?: Recipe) => evaluate(source, 'model', recipe);

async function refusal(source: Source, recipe?: Recipe): Promise<WireError & { code: string }> {
  const result = await evaluateModel(source, recipe);
  if (result.ok || result.error.cancelled) throw new Error('It was not refused.');
  return result.error;
}

describe('the service behind a wire', () => {
  it('says which engine computes', async () => {
    const report = valueOf(await api.start('reference'));
    expect(report).toEqual({
      engine: { id: 'reference', detail: 'plain loops', reason: 'Chosen by you.', nWorkers: 1 },
      graphicsCard: null,
    });
  });

  it('shows every step of a file', async () => {
    const source = fileOf(sampleText(300));
    const read = valueOf(await evaluate(source, 'read'));
    expect(read.view).toMatchObject({ nRows: 300, delimiter: ',', encoding: 'utf-8' });
    expect(read.view.columns).toHaveLength(18);
    expect(read.view.preview).toHaveLength(12);
    expect(read.view.preview[0]).toMatchObject({ line: 2 });
    const cluster = valueOf(await evaluate(source, 'cluster'));
    expect(cluster.view.labels).toHaveLength(300);
    expect(cluster.view.silhouette?.clusterMeans).toHaveLength(cluster.view.nClusters);
    expect(cluster.engine.id).toBe('reference');
    const pca = valueOf(await evaluate(source, 'pca'));
    expect(pca.view.scores).toHaveLength(600);
  });

  it('guesses the same role of a column when it reads and when it cleans', async () => {
    // The last row stands there twice: the key is a key all the same.
    const rows = rowsOf(30, (i) => `${i},${i % 9},${(i * 7) % 11},x${i % 2}\n`);
    const source = fileOf(`customer_id,a,b,c\n${rows}29,2,5,x1\n`);
    const read = valueOf(await evaluate(source, 'read')).view;
    const clean = valueOf(await evaluate(source, 'clean')).view;
    expect(clean.nDuplicates).toBe(1);
    expect(clean.roles.map(({ role }) => role)).toEqual(['id', 'cluster', 'cluster', 'describe']);
    expect(read.columns.map(({ guess }) => guess.role)).toEqual(
      clean.roles.map(({ role }) => role),
    );
  });

  it('keeps the table to itself', async () => {
    const canary = 'CANARY-7f3a';
    const rows = sampleText(60).replaceAll('S00050', canary);
    const seen: unknown[] = [];
    for (const step of stepOrder) {
      seen.push(valueOf(await evaluate(fileOf(rows), step)).view);
    }
    // The preview has the first rows only.
    expect(JSON.stringify(seen)).not.toContain(canary);
    expect(rows).toContain(canary);
  });

  it('gives the same views twice, whatever was done with the first', async () => {
    // Without a wire in between, which would copy them.
    const service = createService({});
    const source = fileOf(sampleText(120));
    const look = async () => {
      const { views } = await evaluateAll(service, source, quickRecipe);
      return [views.cluster.labels, views.pca.scores];
    };
    const first = await look();
    const before = first.map((values) => values.slice());
    for (const values of first) values.fill(99);
    expect(await look()).toEqual(before);
  });

  it('tells how the error of a network falls while it learns: the beginning of what comes of it', async () => {
    const service = createService({});
    const heard: Progress[] = [];
    const reduce = {
      ...quickRecipe.reduce,
      space: 'codes' as const,
      autoencoder: { ...quickRecipe.reduce.autoencoder, epochs: 40 },
    };
    const request = requestOf(fileOf(sampleText(1500)), { ...quickRecipe, reduce });
    const { view } = valueOf(
      await evaluateStep(service, request, 'space', (progress) => void heard.push(progress)),
    );
    const losses = view.training?.losses ?? [];
    const told = heard.flatMap((progress) => (progress.losses ? [progress.losses] : []));
    expect(told.length).toBeGreaterThan(0);
    for (const soFar of told) expect(soFar).toEqual(losses.slice(0, soFar.length));
    for (const { step, losses: of } of heard) if (of !== undefined) expect(step).toBe('space');
    // Asked beside the steps, too.
    const shares: number[] = [];
    const other = { ...reduce.autoencoder, seed: 5 };
    valueOf(
      await service.ask(request, 'autoencoder', other, (_, soFar) => {
        if (soFar !== undefined) shares.push(soFar.length);
      }),
    );
    expect(shares.length).toBeGreaterThan(0);
  });

  it('tells how far it is: known steps, shares from 0 to 1, at most ten a second', async () => {
    const heard: Progress[] = [];
    const started = performance.now();
    const request = requestOf(fileOf(sampleText(1500)), quickRecipe);
    const listener = proxy((progress: Progress) => void heard.push(progress));
    valueOf(await evaluateRequest(request, 'model', listener));
    const seconds = (performance.now() - started) / 1000;
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.length).toBeLessThanOrEqual(10 * seconds + 1);
    for (const { step, share } of heard) {
      expect(stepOrder).toContain(step);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
  });
});

describe('several steps in one go', () => {
  it('are told one by one, all of them before the answer', async () => {
    const heard: StepId[] = [];
    const request = requestOf(fileOf(sampleText(150)), quickRecipe);
    const onEvaluation = proxy(({ step }: Evaluation) => void heard.push(step));
    const answer = await api.evaluate(request, ['read', 'clean', 'tree'], quiet, onEvaluation);
    expect(answer).toEqual({ ok: true, value: null });
    expect(heard).toEqual(['read', 'clean', 'tree']);
  });

  it('end with the first that fails', async () => {
    const heard: StepId[] = [];
    const request = requestOf(fileOf('a,b\n1,2\n'), quickRecipe);
    const onEvaluation = proxy(({ step }: Evaluation) => void heard.push(step));
    const answer = await api.evaluate(request, ['read', 'cluster', 'tree'], quiet, onEvaluation);
    expect(answer).toMatchObject({ ok: false });
    expect(heard).toEqual(['read']);
  });
});

describe('the service remembers', () => {
  /** Steps that ran once more for the second recipe. */
  async function recomputed(before: Recipe, after: Recipe): Promise<StepId[]> {
    const service = createService({});
    const source = fileOf(sampleText(200));
    await evaluateAll(service, source, before);
    const runs = new Map(stepOrder.map((id) => [id, vi.spyOn(steps[id], 'run')]));
    await evaluateAll(service, source, after);
    const ran = stepOrder.filter((id) => (runs.get(id)?.mock.calls.length ?? 0) > 0);
    vi.restoreAllMocks();
    return ran;
  }

  it('everything, when nothing has changed', async () => {
    expect(await recomputed(quickRecipe, structuredClone(quickRecipe))).toEqual([]);
  });

  it('what a change does not touch', async () => {
    const { tree } = quickRecipe;
    expect(
      await recomputed(quickRecipe, { ...quickRecipe, tree: { ...tree, maxDepth: 2 } }),
    ).toEqual(['tree', 'model']);
    expect(await recomputed(quickRecipe, { ...quickRecipe, cluster: { nClusters: 2 } })).toEqual([
      'cluster',
      'profile',
      'tree',
      'model',
      'agreement',
      'personas',
    ]);
    const mean: Recipe = { ...quickRecipe, clean: cleaning({ fill: 'mean' }) };
    expect(await recomputed(quickRecipe, mean)).toEqual(
      stepOrder.filter((step) => !['read', 'derive', 'explore'].includes(step)),
    );
  });

  it('nothing of another file', async () => {
    const service = createService({});
    const one = await evaluateAll(service, fileOf(sampleText(100)), quickRecipe);
    const two = await evaluateAll(service, fileOf(sampleText(101)), quickRecipe);
    expect(two.sourceKey).not.toBe(one.sourceKey);
    expect([one.views.read.nRows, two.views.read.nRows]).toEqual([100, 101]);
  });

  it('and computes a step once for two requests at a time', async () => {
    const source = fileOf(sampleText(200));
    const [one, two] = await Promise.all([evaluate(source, 'sweep'), evaluate(source, 'sweep')]);
    expect(valueOf(two).milliseconds).toBe(valueOf(one).milliseconds);
  });
});

describe('a cancel', () => {
  it('is answered long before the work would be done, and the same request can be made again', async () => {
    // Many seconds of work on plain loops.
    const source: Source = { kind: 'sample', name: 'sample', nRows: 6000, seed: 1 };
    const request = requestOf(source, { ...quickRecipe, sweep: { kMax: 20, nInit: 100, seed: 1 } });
    let cancelledAt = NaN;
    const listener = proxy(({ step }: Progress) => {
      if (step !== 'sweep' || !Number.isNaN(cancelledAt)) return;
      cancelledAt = performance.now();
      void api.cancel(request.id);
    });
    const result = await evaluateRequest(request, 'model', listener);
    expect(result).toEqual({ ok: false, error: { cancelled: true } });
    expect(performance.now() - cancelledAt).toBeLessThan(1500);
    // What was done before is still there, and the number of the request can be used again.
    const small = { ...quickRecipe, sweep: { kMax: 2, nInit: 1, seed: 1 } };
    const again = await evaluateRequest({ ...request, recipe: small }, 'cluster');
    expect(valueOf(again).view.labels).toHaveLength(6000);
  });

  it('of a request that is over does not concern the next', async () => {
    const source = fileOf(sampleText(50));
    const request = requestOf(source, quickRecipe);
    valueOf(await evaluateRequest(request, 'read'));
    await api.cancel(request.id);
    valueOf(await evaluateModel(source));
  });
});

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const rowsOf = (n: number, row: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => row(i)).join('');

describe('a file that cannot be segmented is refused by name, with its numbers', () => {
  it.for([
    { what: 'nothing at all', content: '', code: 'file-empty', says: 'empty' },
    { what: 'a header only', content: 'a,b,c\n', code: 'file-header-only', says: 'header' },
    { what: 'one row', content: 'a,b\n1,2\n', code: 'too-few-rows', says: 'one row' },
    {
      what: 'one column',
      content: `spend\n${rowsOf(20, (i) => `${i % 7}.5\n`)}`,
      code: 'too-few-columns',
      says: '“spend”',
    },
    {
      what: 'words only',
      content: `city,plan\n${rowsOf(20, (i) => `${'ABC'[i % 3]}x,${'PQ'[i % 2]}y\n`)}`,
      code: 'no-numeric-column',
      says: 'No column holds numbers',
    },
    {
      what: 'one customer, 40 times',
      content: `a,b\n${'3,4\n'.repeat(40)}`,
      code: 'rows-identical',
      says: '40 rows',
    },
    {
      what: 'a value of 1e308',
      content: `a,b\n${rowsOf(20, (i) => `${i === 7 ? '1e308' : i},${i % 5}\n`)}`,
      code: 'not-finite',
      says: '“a” holds 1e+308',
    },
    {
      what: 'a PNG',
      content: bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\b\x06\0\0\0'),
      code: 'file-not-a-table',
      says: 'image',
    },
    {
      what: 'an Excel file called .csv',
      content: bytes(`PK\x03\x04\x14\0\x06\0\b\0\0\0!\0[Content_Types].xml${'\0'.repeat(40)}xl/`),
      code: 'file-not-a-table',
      says: 'Excel',
    },
    {
      what: 'an old Excel file called .csv',
      content: bytes(`\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${'\0'.repeat(64)}`),
      code: 'file-not-a-table',
      says: 'Excel',
    },
  ])('$what', async ({ content, code, says }) => {
    const error = await refusal(fileOf(content));
    expect(error).toMatchObject({ code });
    expect(error).toHaveProperty('message', expect.stringContaining(says));
    // Told twice: a refusal is not remembered as a result.
    expect(await refusal(fileOf(content))).toEqual(error);
  });

  it('more segments than customers that differ, with both numbers', async () => {
    const content = `a,b\n${rowsOf(30, (i) => `${i % 3},${(i % 3) * 2}\n`)}`;
    const clean = cleaning({ duplicates: 'keep' });
    const error = await refusal(fileOf(content), {
      ...quickRecipe,
      clean,
      cluster: { nClusters: 4 },
    });
    expect(error).toMatchObject({ code: 'k-too-large', details: { nClusters: 4, limit: 3 } });
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(/4 segments .* only 3 customers/),
    );
  });

  it('more segments than the search goes to, with both numbers', async () => {
    const error = await refusal(fileOf(sampleText(50)), {
      ...quickRecipe,
      cluster: { nClusters: 7 },
    });
    expect(error).toMatchObject({ code: 'k-too-large', details: { nClusters: 7, limit: 4 } });
    expect(error).toHaveProperty('message', expect.stringContaining('the search ends at 4'));
  });
});

describe('memory', () => {
  it('is told with the columns: what the table takes, and what is made of it', async () => {
    const source = fileOf(`a,b\n${rowsOf(40, (i) => `${i},${(i * 7) % 11}\n`)}`);
    const { bytes } = valueOf(await evaluate(source, 'clean')).view;
    const { memory } = valueOf(await evaluate(source, 'encode')).view;
    // Scaled, in the kernels, and twice that in up to eight workers; a place on the map, ten segments.
    expect(memory.bytes).toBe(bytes + 40 * (2 * (4 + 4 + 8 * 8) + 8 + 10 * 4));
    expect(memory.memoryBytes).toBe(4.5 * 2 ** 30);
  });

  it('that cannot be had for a step is named, and the steps before are still there', async () => {
    const source = fileOf(sampleText(60));
    const cleaned = valueOf(await evaluate(source, 'clean'));
    const transform = vi.spyOn(steps.scale, 'run').mockImplementation(() => {
      throw failureOf(() => new ArrayBuffer(Number.MAX_SAFE_INTEGER));
    });
    expect(await refusal(source)).toMatchObject({ code: 'out-of-memory' });
    transform.mockRestore();
    // The same time to the last digit: it was not computed anew.
    expect(valueOf(await evaluate(source, 'clean')).milliseconds).toBe(cleaned.milliseconds);
    valueOf(await evaluateModel(source));
  });
});

describe('a file that is odd but can be segmented goes on', () => {
  it('with a column that is wholly missing: left out, and said', async () => {
    const content = `a,gone,b\n${rowsOf(40, (i) => `${i % 9},,${(i * 7) % 11}\n`)}`;
    const read = valueOf(await evaluate(fileOf(content), 'read')).view;
    expect(read).toHaveProperty(
      'warnings',
      expect.arrayContaining([expect.objectContaining({ code: 'empty-column', column: 'gone' })]),
    );
    const clean = valueOf(await evaluate(fileOf(content), 'clean')).view;
    expect(clean).toMatchObject({ columns: [{ name: 'a' }, { name: 'b' }] });
    valueOf(await evaluateModel(fileOf(content)));
  });

  it('with a constant column: ignored, with the reason', async () => {
    const content = `a,same,b\n${rowsOf(40, (i) => `${i % 9},5,${(i * 7) % 11}\n`)}`;
    const clean = valueOf(await evaluate(fileOf(content), 'clean')).view;
    expect(clean).toMatchObject({
      roles: [{}, { role: 'ignore', reason: 'the same value in every row' }, {}],
    });
    valueOf(await evaluateModel(fileOf(content)));
  });

  it('with two customers: two segments, and a tree that was tested on nobody', async () => {
    const content = 'a,b\n1,2\n3,5\n';
    const model = valueOf(await evaluateModel(fileOf(content))).view;
    expect(model).toMatchObject({ nCustomers: 2 });
  });
});

describe('files from the service', () => {
  it('hold every row, labelled', async () => {
    const source = fileOf(sampleText(80));
    const csv = await labelledText(createService({}), requestOf(source, quickRecipe));
    const lines = csv.trim().split('\r\n');
    expect(lines).toHaveLength(81);
    expect(lines[0]).toMatch(/,TENURE,segment,segment_name,segment_note$/);
  });

  it('hold every row of another file, scored', async () => {
    const source = fileOf(sampleText(80));
    const model = valueOf(await evaluate(source, 'model')).view;
    const score = (id: number, file: Source) =>
      api.scoreCsv(
        id,
        file,
        model,
        plainScoring,
        null,
        proxy(() => undefined),
      );
    const scored = valueOf(await score(1000, fileOf(sampleText(30, 5))));
    expect(scored.nRows).toBe(30);
    expect(scored.counts.reduce((sum, count) => sum + count, 0)).toBe(30);
    expect((await scored.csv?.text())?.trim().split('\n')).toHaveLength(31);
    const refused = await score(1001, fileOf('a,b\n1,2\n3,4\n'));
    expect(refused).toMatchObject({ ok: false, error: { code: 'model-columns-missing' } });
  });
});

describe('workers that share the work', () => {
  const source = fileOf(sampleText(600));
  const members: { thread: FakeThread; calls: string[] }[] = [];
  /** Those that were started since. */
  const ended = () => {
    for (const { thread } of members) thread.terminate();
    return members.splice(0);
  };
  afterEach(() => {
    ended();
    vi.unstubAllGlobals();
  });

  const sharing = () =>
    createService({ simd: createSimdEngine }, () => {
      const calls: string[] = [];
      members.push({ thread: startThread(watched(calls)), calls });
      return members[members.length - 1].thread;
    });
  const labelsOf = async (service: WorkerApi) =>
    valueOf(await evaluateStep(service, requestOf(source, quickRecipe), 'cluster')).view.labels;

  it('are as many as were asked for, each has a share in it, and the segments are the same', async () => {
    const expected = await labelsOf(createService({}));
    for (const nWorkers of [1, 2, 4]) {
      const service = sharing();
      const { engine } = valueOf(await service.start('simd', { nWorkers }));
      expect(engine).toMatchObject({ id: 'simd', nWorkers });
      expect(await labelsOf(service)).toEqual(expected);
      // One alone starts nobody.
      const own = ended();
      expect(own).toHaveLength(nWorkers === 1 ? 0 : nWorkers);
      for (const { calls } of own) expect(calls).toContain('descend');
    }
  });

  it('are as many as there are processors, up to eight, where nobody says', async () => {
    for (const [hardwareConcurrency, nMembers] of [
      [1, 0],
      [3, 3],
      [32, 8],
    ]) {
      vi.stubGlobal('navigator', { hardwareConcurrency });
      const service = sharing();
      valueOf(await service.start('simd'));
      valueOf(await evaluateStep(service, requestOf(source, quickRecipe), 'read'));
      expect(ended()).toHaveLength(nMembers);
    }
  });

  it('end when another number is asked for', async () => {
    const service = sharing();
    for (const nWorkers of [2, 4]) {
      valueOf(await service.start('simd', { nWorkers }));
      valueOf(await evaluateStep(service, requestOf(source, quickRecipe), 'read'));
    }
    const isTerminated = members.map(({ thread }) => thread.isTerminated);
    expect(isTerminated).toEqual([true, true, false, false, false, false]);
  });
});
