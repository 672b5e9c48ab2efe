import { describe, expect, it, vi } from 'vitest';
import type { Bridge, CallOptions } from '../bridge/bridge';
import type { EngineChoice, Evaluation, Source } from '../contract/api';
import { AppError, CancelledError } from '../core/errors';
import type { SegmentModel } from '../core/model';
import { createRandom } from '../core/random';
import { defaultRecipe, type Recipe } from '../core/recipe';
import { cleaning } from '../../tests/helpers/cleaning';
import { stepOrder, storySteps, type StepId } from '../core/plan';
import { remove } from '../storage/project-changes';
import type { Arrival } from './arrival';
import { longestWait } from './autosave';
import { openDB } from 'idb';
import { browserStore, emptyBrowser } from '../../tests/helpers/browser-store';
import { ProjectStore } from '../storage/project-store';
import type { Project } from '../contract/project-schema';
import {
  deleteProject,
  duplicateProject,
  keepRows,
  putBack,
  renameProject,
  type Deleted,
} from './shelf';
import { Workbench } from './workbench.svelte';

const plainLoops = {
  id: 'reference',
  detail: 'plain loops',
  reason: 'For a test.',
  nWorkers: 1,
} as const;

/** Answers at once, unless the test holds a step back; the view says for which recipe it is. */
class FakeBridge {
  readonly evaluated: StepId[] = [];
  readonly started: EngineChoice[] = [];
  readonly asked: string[] = [];
  /** Refusals by step, or of the opening. */
  readonly failures = new Map<StepId | 'open', Error>();
  heldStep: StepId | 'open' | undefined;
  /** Of whatever file is read. */
  columns: { name: string; kind: string }[] = [];
  #release: () => void = () => undefined;
  #onHeld: () => void = () => undefined;
  held = this.#nextHeld();
  /** As if the worker had not answered for long, or did again. */
  tellSilence: (isSilent: boolean) => void = () => undefined;

  /** Whatever comes to this step waits for `release`. */
  hold(step: StepId | 'open'): void {
    this.heldStep = step;
    this.held = this.#nextHeld();
  }

  release(): void {
    this.heldStep = undefined;
    this.#release();
  }

  warmUps = 0;

  warmUp() {
    this.warmUps++;
    return Promise.resolve();
  }

  atRest() {
    return Promise.resolve();
  }

  start(choice: EngineChoice) {
    this.started.push(choice);
    return Promise.resolve(plainLoops);
  }

  async open(source: Source, { signal }: CallOptions = {}): Promise<string> {
    await this.#work('open', signal);
    return `key of ${source.name}`;
  }

  async evaluate(
    request: { recipe: Recipe; sourceKey: string },
    steps: readonly StepId[],
    onEvaluation: (evaluation: Evaluation) => void,
    options: CallOptions = {},
  ): Promise<void> {
    for (const step of steps) onEvaluation(await this.evaluateOne(request, step, options));
  }

  async evaluateOne(
    { recipe, sourceKey }: { recipe: Recipe; sourceKey: string },
    step: StepId,
    { signal, onSilence = () => undefined }: CallOptions = {},
  ): Promise<Evaluation> {
    this.tellSilence = onSilence;
    await this.#work(step, signal);
    this.evaluated.push(step);
    const { columns } = this;
    const segments = [{ size: 5 }, { size: 3 }];
    const view = { step, recipe, sourceKey, nClusters: 4, segments, columns } as never;
    return { step, view, milliseconds: 1, engine: plainLoops };
  }

  /** What is asked beside the steps; the answer says for which recipe it is. */
  ask({ recipe }: { recipe: Recipe }, kind: string): Promise<unknown> {
    this.asked.push(kind);
    const { nClusters } = recipe.cluster;
    const nRows = nClusters === 'auto' ? 10 : nClusters;
    return Promise.resolve({ nRows, kept: null, columns: [], rows: [] });
  }

  #nextHeld(): Promise<void> {
    return new Promise((resolve) => (this.#onHeld = resolve));
  }

  async #work(step: StepId | 'open', signal: AbortSignal | undefined): Promise<void> {
    if (this.heldStep === step) {
      await new Promise<void>((resolve, reject) => {
        this.#release = resolve;
        signal?.addEventListener('abort', () => reject(new CancelledError()));
        this.#onHeld();
      });
    }
    if (signal?.aborted) throw new CancelledError();
    const failure = this.failures.get(step);
    if (failure !== undefined) throw failure;
  }
}

function start() {
  const bridge = new FakeBridge();
  const store = browserStore();
  const begin = () => new Workbench(bridge as unknown as Bridge, store);
  return { bridge, store, begin, workbench: begin() };
}

const file = (name: string): Source => ({ kind: 'file', name, blob: new Blob(['a,b\n1,2\n']) });
const mean = { clean: cleaning({ fill: 'mean' }) } satisfies Partial<Recipe>;
const three = { cluster: { nClusters: 3 } } satisfies Partial<Recipe>;
/** The recipe and the source that what is shown was computed for. */
const shownFor = (workbench: Workbench) =>
  Object.values(workbench.story ?? {}) as unknown as { recipe: Recipe; sourceKey: string }[];

describe('the workbench', () => {
  it('goes from empty over running to ready', async () => {
    const { workbench, bridge } = start();
    expect(workbench.state).toBe('empty');
    bridge.hold('sweep');
    const opening = workbench.open(file('a.csv'));
    expect(workbench.state).toBe('running');
    await bridge.held;
    expect(workbench.running).toEqual({ step: 'sweep', share: 0 });
    // What is there already can be looked at; the story is told when it is complete.
    expect(stepOrder.filter((step) => workbench.views[step] !== undefined)).toEqual([
      'read',
      'derive',
      'clean',
      'encode',
      'scale',
      'pca',
      'space',
    ]);
    expect(workbench.story).toBeNull();
    bridge.release();
    await opening;
    expect(workbench.state).toBe('ready');
    expect(Object.keys(workbench.story ?? {})).toEqual([...storySteps]);
    expect(workbench.engine).toEqual(plainLoops);
    expect(workbench.computations.map(({ step }) => step)).toEqual([...storySteps]);
    expect(workbench.stale.size).toBe(0);
  });

  it('asks again only for what a change touches', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    bridge.evaluated.length = 0;
    await workbench.change(three);
    expect(bridge.evaluated).toEqual([
      'cluster',
      'profile',
      'tree',
      'model',
      'agreement',
      'personas',
    ]);
    expect(shownFor(workbench).at(-1)?.recipe.cluster.nClusters).toBe(3);
  });

  it('shows the old story, marked as stale, until the new one is complete', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    bridge.hold('tree');
    const changing = workbench.change(three);
    await bridge.held;
    expect([...workbench.stale]).toEqual(['cluster', 'profile', 'tree', 'model', 'agreement']);
    expect(shownFor(workbench).every(({ recipe }) => recipe === defaultRecipe)).toBe(true);
    bridge.release();
    await changing;
    expect(workbench.stale.size).toBe(0);
  });

  it('closes back to empty', async () => {
    const { workbench } = start();
    await workbench.open(file('a.csv'));
    workbench.close();
    expect([workbench.state, workbench.source, workbench.story]).toEqual(['empty', null, null]);
    expect(workbench.canUndo).toBe(false);
  });
});

describe('a failure', () => {
  it('is told by its code, and the next change recovers', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    bridge.failures.set('cluster', new AppError('k-too-large', 'Too many.'));
    await workbench.change(three);
    expect([workbench.state, workbench.error?.code]).toEqual(['failed', 'k-too-large']);
    // What was there is still there.
    expect(workbench.story).not.toBeNull();
    bridge.failures.clear();
    await workbench.undo();
    expect([workbench.state, workbench.error]).toEqual(['ready', null]);
  });

  it('of something unforeseen is internal, with its message', async () => {
    const { workbench, bridge } = start();
    bridge.failures.set('read', new TypeError('x is undefined'));
    await workbench.open(file('a.csv'));
    expect(workbench.error).toMatchObject({ code: 'internal', message: 'x is undefined' });
  });

  it('of the memory is named, and what was there is still there', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    bridge.failures.set('cluster', new RangeError('Array buffer allocation failed'));
    await workbench.change(three);
    expect(workbench.error?.code).toBe('out-of-memory');
    expect(workbench.story).not.toBeNull();
  });

  it('of a first file is dismissed to the empty page; another file recovers', async () => {
    const { workbench, bridge } = start();
    bridge.failures.set('open', new AppError('file-unreadable', 'Gone.'));
    await workbench.open(file('a.csv'));
    expect(workbench.state).toBe('failed');
    workbench.dismiss();
    expect([workbench.state, workbench.source]).toEqual(['empty', null]);
    bridge.failures.clear();
    await workbench.open(file('b.csv'));
    expect(workbench.state).toBe('ready');
  });

  it('to open a second file leaves a way back to the first, with its settings', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    await workbench.change(three);
    bridge.failures.set('open', new AppError('file-unreadable', 'Gone.'));
    await workbench.open(file('b.csv'));
    await workbench.open(file('c.csv'));
    expect([workbench.state, workbench.left?.name]).toEqual(['failed', 'a.csv']);
    bridge.failures.clear();
    if (workbench.left !== null) await workbench.open(workbench.left);
    expect([workbench.state, workbench.source?.name, workbench.left]).toEqual([
      'ready',
      'a.csv',
      null,
    ]);
    expect(workbench.recipe.cluster.nClusters).toBe(3);
    bridge.failures.set('open', new AppError('file-unreadable', 'Gone.'));
    await workbench.open(file('b.csv'));
    workbench.dismiss();
    expect([workbench.state, workbench.left]).toEqual(['empty', null]);
  });

  it('to open a second file never shows the results of the first under its name', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    bridge.failures.set('open', new AppError('file-unreadable', 'Gone.'));
    await workbench.open(file('b.csv'));
    bridge.failures.clear();
    await workbench.change(three);
    expect(shownFor(workbench).filter(({ sourceKey }) => sourceKey === 'key of a.csv')).toEqual([]);
  });
});

describe('while another file is being opened', () => {
  it('a change does not bring the results of the first back', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    bridge.hold('open');
    const opening = workbench.open(file('b.csv'));
    await bridge.held;
    const changing = workbench.change(three);
    bridge.release();
    await Promise.all([opening, changing]);
    expect(workbench.state).toBe('ready');
    expect(shownFor(workbench).every(({ sourceKey }) => sourceKey === 'key of b.csv')).toBe(true);
  });

  it('a third one takes its place', async () => {
    const { workbench, bridge } = start();
    bridge.hold('open');
    const first = workbench.open(file('a.csv'));
    await bridge.held;
    bridge.heldStep = undefined;
    await Promise.all([first, workbench.open(file('b.csv'))]);
    expect([workbench.state, workbench.sourceKey]).toEqual(['ready', 'key of b.csv']);
  });
});

describe('a cancel', () => {
  it('of a first run goes back to the empty page, and says so', async () => {
    const { workbench, bridge } = start();
    bridge.hold('sweep');
    const opening = workbench.open(file('a.csv'));
    await bridge.held;
    workbench.cancel();
    await opening;
    expect([workbench.state, workbench.source, workbench.error]).toEqual(['empty', null, null]);
    expect(workbench.notice).toBe('Cancelled.');
  });

  it('of a change restores what is shown, with nothing left stale', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    bridge.hold('tree');
    const changing = workbench.change(three);
    await bridge.held;
    bridge.heldStep = undefined;
    workbench.cancel();
    await changing;
    await vi.waitFor(() => expect(workbench.state).toBe('ready'));
    expect(workbench.recipe).toBe(defaultRecipe);
    expect(workbench.stale.size).toBe(0);
    expect(stepOrder.some((step) => workbench.isStaleView[step])).toBe(false);
    expect([workbench.canUndo, workbench.notice]).toEqual([false, 'Cancelled.']);
  });

  it('of two changes in a row restores what is shown, not the one between', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    bridge.hold('tree');
    const changing = workbench.change(mean);
    await bridge.held;
    const again = workbench.change(three);
    bridge.heldStep = undefined;
    workbench.cancel();
    await Promise.all([changing, again]);
    await vi.waitFor(() => expect(workbench.state).toBe('ready'));
    expect(workbench.recipe).toBe(defaultRecipe);
    expect(workbench.canUndo).toBe(false);
  });

  it('of an undo stays with what is shown, which can be undone still', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    await workbench.change(three);
    bridge.hold('tree');
    const undoing = workbench.undo();
    await bridge.held;
    bridge.heldStep = undefined;
    workbench.cancel();
    await undoing;
    await vi.waitFor(() => expect(workbench.state).toBe('ready'));
    expect(workbench.recipe.cluster.nClusters).toBe(3);
    expect([workbench.canUndo, workbench.canRedo]).toEqual([true, false]);
    await workbench.undo();
    expect(workbench.recipe).toBe(defaultRecipe);
  });

  it('when nothing runs does nothing', async () => {
    const { workbench } = start();
    await workbench.open(file('a.csv'));
    workbench.cancel();
    expect([workbench.state, workbench.notice]).toEqual(['ready', '']);
  });
});

describe('undo and redo', () => {
  it('go back and forth, and evaluate what they come to', async () => {
    const { workbench } = start();
    await workbench.open(file('a.csv'));
    await workbench.change(mean);
    await workbench.change(three);
    expect(workbench.recipe).toEqual({ ...defaultRecipe, ...mean, ...three });
    await workbench.undo();
    expect(workbench.recipe).toEqual({ ...defaultRecipe, ...mean });
    expect(shownFor(workbench)[4].recipe).toEqual(workbench.recipe);
    await workbench.undo();
    expect([workbench.recipe, workbench.canUndo]).toEqual([defaultRecipe, false]);
    await workbench.redo();
    await workbench.redo();
    expect(workbench.recipe).toEqual({ ...defaultRecipe, ...mean, ...three });
    expect(workbench.canRedo).toBe(false);
    expect(workbench.state).toBe('ready');
  });

  it('begin anew with another file', async () => {
    const { workbench } = start();
    await workbench.open(file('a.csv'));
    await workbench.change(three);
    await workbench.open(file('b.csv'));
    expect([workbench.canUndo, workbench.recipe]).toEqual([false, defaultRecipe]);
  });
});

/** What is in the store, as another visit would find it. */
const stored = async ({ store }: ReturnType<typeof start>) => (await store.shelf()).projects;

describe('a project', () => {
  it('is remembered, and its recipe applied to the same content only', async () => {
    const { workbench, begin } = start();
    await workbench.open(file('a.csv'));
    await workbench.change(three);
    const next = begin();
    await next.restore();
    expect(next.projects.all).toMatchObject([
      { name: 'a', source: { name: 'a.csv', key: 'key of a.csv', nBytes: 8 }, sizes: [5, 3] },
    ]);
    expect([next.state, next.source]).toEqual(['empty', null]);
    await next.open(file('b.csv'));
    expect(next.recipe).toEqual(defaultRecipe);
    const third = begin();
    await third.restore();
    expect(third.projects.all.map(({ name }) => name)).toEqual(['b', 'a']);
    await third.open(file('a.csv'));
    expect(third.recipe.cluster.nClusters).toBe(3);
  });

  it('keeps no rows unless that was allowed', async () => {
    const { workbench, store, begin } = start();
    await workbench.open(file('a.csv'));
    const [{ id }] = workbench.projects.all;
    expect(await store.rowsOf(id)).toBeNull();
    expect(await keepRows(workbench, true)).toContain('Kept');
    expect(await (await store.rowsOf(id))?.text()).toBe('a,b\n1,2\n');
    const next = begin();
    await next.restore();
    expect([next.state, next.source?.name]).toEqual(['ready', 'a.csv']);
    expect(next.projects.keepsRows).toBe(true);
    await keepRows(next, false);
    expect(await store.rowsOf(id)).toBeNull();
    expect(next.projects.keepsRows).toBe(false);
  });

  it('is written while its results are still being computed', async () => {
    const started = start();
    const { workbench, bridge } = started;
    await workbench.open(file('a.csv'));
    bridge.hold('tree');
    void workbench.change(three);
    await bridge.held;
    await workbench.projects.flush();
    expect(workbench.state).toBe('running');
    expect((await stored(started))[0]).toMatchObject({
      recipe: { cluster: { nClusters: 3 } },
      // What was told last is the way back.
      told: { cluster: { nClusters: 'auto' } },
    });
  });

  it('whose settings give no segments opens, and they can be taken back', async () => {
    const started = start();
    const { workbench, bridge, begin } = started;
    await workbench.open(file('a.csv'));
    bridge.failures.set('cluster', new AppError('k-too-large', 'Too many.'));
    await workbench.change(three);
    await workbench.projects.flush();
    const next = begin();
    await next.restore();
    await next.open(file('a.csv'));
    expect([next.state, next.error?.code, next.canUndo]).toEqual(['failed', 'k-too-large', true]);
    bridge.failures.clear();
    await next.undo();
    expect([next.state, next.recipe]).toEqual(['ready', defaultRecipe]);
  });

  it('is chosen among several of one file, and waits for that file', async () => {
    const started = start();
    const { workbench, begin } = started;
    await workbench.open(file('a.csv'));
    await workbench.change(three);
    const [{ id }] = workbench.projects.all;
    await duplicateProject(workbench, id);
    await renameProject(workbench, id, ' Three ');
    expect(workbench.projects.all.map(({ name }) => name).sort()).toEqual(['Three', 'a (2)']);
    await workbench.change(mean);
    await workbench.projects.flush();
    const next = begin();
    await next.restore();
    const copy = next.projects.all.find(({ name }) => name === 'a (2)');
    await next.openProject(copy as Project);
    expect([next.state, next.arrival?.name]).toEqual(['empty', 'a (2)']);
    await next.open(file('a.csv'));
    expect([next.recipe, next.arrival]).toEqual([{ ...defaultRecipe, ...three }, null]);
    expect(next.projects.current?.name).toBe('a (2)');
  });

  it('goes on by itself where it is of the sample', async () => {
    const { workbench, begin } = start();
    await workbench.open({ kind: 'sample', name: 'Sample', nRows: 50, seed: 7 });
    const next = begin();
    await next.restore();
    // The key of a sample says all that it is made of.
    const [project] = next.projects.all;
    const key = 'sample:50:7';
    await next.openProject({ ...project, source: { ...project.source, key } });
    expect(next.source).toEqual({ kind: 'sample', name: 'Sample', nRows: 50, seed: 7 });
  });

  it('is replayed on another file, which becomes a project of its own', async () => {
    const started = start();
    const { workbench, bridge, begin } = started;
    const named = { clean: { ...mean.clean, roles: [{ column: 'age', role: 'ignore' as const }] } };
    await workbench.open(file('a.csv'));
    await workbench.change(named);
    const next = begin();
    await next.restore();
    await next.openProject(next.projects.all[0]);
    bridge.columns = [{ name: 'AGE', kind: 'number' }];
    await next.open(file('b.csv'));
    expect(next.recipe.clean.roles).toEqual([{ column: 'AGE', role: 'ignore' }]);
    expect(next.notice).toContain('“b.csv” does not hold what “a.csv” held');
    expect(next.notice).toContain('“age” is “AGE”');
    expect((await stored(started)).map(({ name }) => name).sort()).toEqual(['a', 'b']);
  });

  it('that is killed at any of 40 moments loses a second and the time of a write, and opens', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const { workbench: first, bridge, store, begin } = start();
    await first.open(file('a.csv'));
    const random = createRandom(5);
    for (let kill = 0; kill < 40; kill++) {
      const tab = begin();
      await tab.restore();
      await tab.open(file('a.csv'));
      const chosen = [{ at: -Infinity, k: tab.recipe.cluster.nClusters }];
      // Half of the tabs are in the middle of a run all the time.
      if (kill % 2 === 0) bridge.hold('tree');
      const moment = Date.now() + random.integer(4000);
      while (Date.now() < moment) {
        const k = 2 + random.integer(18);
        void tab.change({ cluster: { nClusters: k } });
        chosen.push({ at: Date.now(), k });
        await vi.advanceTimersByTimeAsync(1 + random.integer(kill % 3 === 0 ? 1500 : 250));
        // Writes take no time of this clock, but turns.
        for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
      }
      // The tab is gone; what is in the store is what there is.
      const killed = Date.now();
      const [{ recipe }] = (await store.shelf()).projects;
      const kept = chosen.findLastIndex(({ k }) => k === recipe.cluster.nClusters);
      expect(kept).toBeGreaterThanOrEqual(0);
      const lost = chosen.at(kept + 1);
      // Of the time after the first change that was not written.
      expect(lost === undefined ? 0 : killed - lost.at).toBeLessThanOrEqual(longestWait);
      await tab.projects.flush();
      bridge.heldStep = undefined;
      tab.close();
    }
    vi.useRealTimers();
  });

  it('keeps the runs that are compared, also when nothing else changes', async () => {
    const started = start();
    const { workbench, begin } = started;
    await workbench.open(file('a.csv'));
    const segments = { features: [{ column: 'a', level: null, means: [1, 2] }] };
    workbench.runs.keep({ name: 'Two', recipe: defaultRecipe, nClusters: 2, segments });
    await workbench.projects.flush();
    expect((await stored(started))[0].keptRuns.map(({ name }) => name)).toEqual(['Two']);
    const next = begin();
    await next.restore();
    await next.open(file('a.csv'));
    expect(next.runs.kept.map(({ name }) => name)).toEqual(['Two']);
    next.runs.drop('Two');
    await next.projects.flush();
    expect((await stored(started))[0].keptRuns).toEqual([]);
    await next.open(file('b.csv'));
    expect(next.runs.kept).toEqual([]);
  });

  it('that two tabs change becomes two, with a sentence', async () => {
    const started = start();
    const { workbench, begin } = started;
    await workbench.open(file('a.csv'));
    const other = begin();
    await other.restore();
    await other.open(file('a.csv'));
    // To look at it is no change.
    expect(other.notice).toBe('');
    await other.change(mean);
    expect(other.notice).toBe('');
    await workbench.change(three);
    expect(workbench.notice).toContain('changed in another tab');
    expect(workbench.notice).toContain('“a (2)”');
    const recipes = new Map((await stored(started)).map(({ name, recipe }) => [name, recipe]));
    expect(recipes.get('a')).toEqual({ ...defaultRecipe, ...mean });
    expect(recipes.get('a (2)')).toEqual({ ...defaultRecipe, ...three });
    // From here on each has its own.
    await workbench.change(mean);
    await other.change(three);
    expect(await stored(started)).toHaveLength(2);
  });

  it('can be deleted and put back; deleted while it is open, the next change makes it anew', async () => {
    const started = start();
    const { workbench } = started;
    await workbench.open(file('a.csv'));
    await keepRows(workbench, true);
    const [{ id }] = workbench.projects.all;
    const deleted = await deleteProject(workbench, id);
    expect([await stored(started), workbench.projects.current]).toEqual([[], null]);
    await putBack(workbench, deleted as Deleted);
    expect((await stored(started))[0]).toMatchObject({ id });
    expect(await started.store.rowsOf(id)).not.toBeNull();
    await deleteProject(workbench, id);
    await workbench.change(three);
    const [{ id: newId, recipe }] = await stored(started);
    expect(newId).not.toBe(id);
    expect(recipe.cluster.nClusters).toBe(3);
  });

  it('from a file makes a second one only where it says something else', async () => {
    const started = start();
    const { workbench } = started;
    await workbench.open(file('a.csv'));
    await workbench.change(three);
    const [{ id }] = await stored(started);
    const arrived = (recipe: Recipe): Arrival => ({
      from: 'file',
      name: 'a',
      fileName: 'a.csv',
      sourceKey: 'key of a.csv',
      recipe,
      model: null,
      sizes: [],
      project: null,
      keptRuns: [],
    });
    workbench.arrival = arrived({ ...defaultRecipe, ...three });
    await workbench.open(file('a.csv'));
    expect((await stored(started)).map((project) => project.id)).toEqual([id]);
    workbench.arrival = arrived({ ...defaultRecipe, ...mean });
    await workbench.open(file('a.csv'));
    expect(await stored(started)).toHaveLength(2);
  });

  it('that another tab deleted is kept again with the next change', async () => {
    const started = start();
    const { workbench, store } = started;
    await workbench.open(file('a.csv'));
    await remove(store, workbench.projects.all[0].id);
    await workbench.change(three);
    expect(workbench.notice).toContain('deleted in another tab');
    expect(await stored(started)).toHaveLength(1);
  });

  it('that cannot be stored or read stops nobody', async () => {
    const { workbench, store } = start();
    store.loadSettings = () => Promise.reject(new Error('blocked'));
    store.save = () => Promise.reject(new Error('broken'));
    await workbench.restore();
    expect(workbench.notice).toContain('does not let the page remember');
    await workbench.open(file('a.csv'));
    expect(workbench.state).toBe('ready');
    expect(workbench.notice).toContain('could not be stored');
    store.save = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
    await workbench.change(three);
    expect(workbench.state).toBe('ready');
    expect(workbench.notice).toContain('no room left');
  });

  it('that had no room is written when another one was deleted', async () => {
    const started = start();
    const { workbench, store } = started;
    await workbench.open(file('a.csv'));
    const [first] = await stored(started);
    const save = store.save.bind(store);
    store.save = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
    await workbench.open(file('b.csv'));
    await workbench.change(three);
    expect(await stored(started)).toHaveLength(1);
    store.save = save;
    await deleteProject(workbench, first.id);
    const left = await stored(started);
    expect(left).toMatchObject([{ name: 'b', recipe: { cluster: { nClusters: 3 } } }]);
  });

  it('that an older tab kept from being stored is written when that has gone', async () => {
    emptyBrowser();
    const older = await openDB('tessera:/test/', 1, {
      upgrade(database) {
        database.createObjectStore('entries');
        database.createObjectStore('rows');
      },
    });
    const workbench = new Workbench(
      new FakeBridge() as unknown as Bridge,
      new ProjectStore('/test/'),
    );
    await workbench.restore();
    expect(workbench.notice).toContain('Close that tab');
    await workbench.open(file('a.csv'));
    await workbench.change(three);
    expect(workbench.state).toBe('ready');
    expect(workbench.projects.all).toEqual([]);
    older.close();
    await vi.waitFor(() => expect(workbench.notice).toContain('remembered again'));
    const { projects } = await new ProjectStore('/test/').shelf();
    expect(projects).toMatchObject([{ name: 'a', recipe: three }]);
  });

  it('whose file has no room stays without it', async () => {
    const started = start();
    const { workbench } = started;
    await workbench.open(file('a.csv'));
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')
      ?.value as IDBObjectStore['put'];
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
      key,
    ) {
      if (value instanceof Blob) throw new DOMException('', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    expect(await keepRows(workbench, true)).toContain('There is no room for this file');
    expect(workbench.projects.keepsRows).toBe(false);
    expect(await stored(started)).toHaveLength(1);
    vi.restoreAllMocks();
  });

  it('starts with the engine that was chosen last time, and practises until there is a file', async () => {
    const { workbench, bridge, begin } = start();
    await workbench.setEngine({ engine: 'simd' });
    await begin().restore();
    expect(bridge.started).toEqual(['simd', 'simd']);
    expect(bridge.warmUps).toBe(1);
  });
});

describe('another engine', () => {
  it('computes everything again, with the same recipe', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    await workbench.change(three);
    bridge.evaluated.length = 0;
    await workbench.setEngine({ engine: 'reference' });
    expect(bridge.evaluated).toEqual([...stepOrder]);
    expect([workbench.state, workbench.recipe.cluster.nClusters]).toEqual(['ready', 3]);
  });
});

describe('another engine, chosen while a file is being opened,', () => {
  it('opens it anew', async () => {
    const { workbench, bridge } = start();
    bridge.hold('open');
    const opening = workbench.open(file('a.csv'));
    await bridge.held;
    bridge.heldStep = undefined;
    await Promise.all([opening, workbench.setEngine({ engine: 'reference' })]);
    expect([workbench.state, workbench.sourceKey]).toEqual(['ready', 'key of a.csv']);
  });
});

describe('a worker that does not answer', () => {
  it('is told of, and replaced by one that goes on where it was', async () => {
    const { workbench, bridge } = start();
    bridge.hold('sweep');
    const opening = workbench.open(file('a.csv'));
    await bridge.held;
    bridge.tellSilence(true);
    expect([workbench.state, workbench.isSilent]).toEqual(['running', true]);
    bridge.heldStep = undefined;
    bridge.evaluated.length = 0;
    await Promise.all([opening, workbench.restartWorker()]);
    expect(bridge.evaluated).toEqual(stepOrder.slice(stepOrder.indexOf('sweep')));
    expect([workbench.state, workbench.isSilent]).toEqual(['ready', false]);
  });

  it('and answers after all is no longer told of', async () => {
    const { workbench, bridge } = start();
    bridge.hold('sweep');
    const opening = workbench.open(file('a.csv'));
    await bridge.held;
    bridge.tellSilence(true);
    bridge.tellSilence(false);
    expect(workbench.isSilent).toBe(false);
    bridge.release();
    await opening;
    expect(workbench.state).toBe('ready');
  });

  it('is left alone when nothing is under way', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    await workbench.restartWorker();
    expect(bridge.started).toEqual([]);
  });
});

describe('a model from a file', () => {
  const model = { format: 'tessera-model' } as unknown as SegmentModel;

  it('predicts instead of that of the page, until it is put away', async () => {
    const { workbench } = start();
    workbench.useModel(model);
    expect(workbench.model).toBe(model);
    await workbench.open(file('a.csv'));
    expect(workbench.model).not.toBe(model);
    workbench.useModel(model);
    workbench.useModel(null);
    expect(workbench.model).toBe(workbench.story?.model);
  });

  it('that cannot be used is told, and leaves the results alone', async () => {
    const { workbench } = start();
    await workbench.open(file('a.csv'));
    workbench.report(new AppError('model-invalid', 'No model.'));
    workbench.dismiss();
    expect(workbench.state).toBe('ready');
    expect(workbench.story).not.toBeNull();
  });
});

describe('the selected customers', () => {
  const selection = {
    kind: 'range',
    column: 'a',
    from: 0,
    to: 1,
    isClosed: true,
  } as const;

  it('are asked for anew when the recipe changes, and unknown until then', async () => {
    const { workbench, bridge } = start();
    await workbench.open(file('a.csv'));
    await workbench.select(selection);
    expect(workbench.selection?.nRows).toBe(10);
    bridge.hold('cluster');
    const changing = workbench.change(three);
    await bridge.held;
    expect(workbench.selection).toMatchObject({ selection, nRows: null });
    bridge.release();
    await changing;
    await vi.waitFor(() => expect(workbench.selection?.nRows).toBe(3));
    await workbench.undo();
    await vi.waitFor(() => expect(workbench.selection?.nRows).toBe(10));
  });

  it('are selected no longer when the file is another, is closed, or cannot be segmented', async () => {
    const { workbench, bridge } = start();
    for (const end of [
      () => workbench.open(file('b.csv')),
      () => Promise.resolve(workbench.close()),
      () => Promise.resolve(workbench.clearSelection()),
      () => {
        bridge.failures.set('cluster', new AppError('k-too-large', 'Too many.'));
        return workbench.change({ cluster: { nClusters: 9 } });
      },
    ]) {
      await workbench.open(file('a.csv'));
      await workbench.select(selection);
      expect(workbench.selection).not.toBeNull();
      await end();
      expect(workbench.selection).toBeNull();
    }
  });
});
