import { describe, expect, it, vi } from 'vitest';
import type { Bridge, CallOptions } from '../bridge/bridge';
import type { EngineChoice, Evaluation, Source } from '../contract/api';
import { AppError, CancelledError } from '../core/errors';
import type { SegmentModel } from '../core/model';
import { defaultRecipe, type Recipe } from '../core/recipe';
import { cleaning } from '../../tests/helpers/cleaning';
import { stepOrder, storySteps, type StepId } from '../core/plan';
import {
  defaultSettings,
  type Session,
  type SessionStore,
  type Settings,
} from '../storage/session';
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

  start(choice: EngineChoice) {
    this.started.push(choice);
    return Promise.resolve(plainLoops);
  }

  async open(source: Source, { signal }: CallOptions = {}): Promise<string> {
    await this.#work('open', signal);
    return `key of ${source.name}`;
  }

  async evaluate(
    { recipe, sourceKey }: { recipe: Recipe; sourceKey: string },
    step: StepId,
    { signal, onSilence = () => undefined }: CallOptions = {},
  ): Promise<Evaluation> {
    this.tellSilence = onSilence;
    await this.#work(step, signal);
    this.evaluated.push(step);
    const view = { step, recipe, sourceKey, nClusters: 4, segments: [] } as never;
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

/** A store in memory. */
class FakeStore {
  settings: Settings = defaultSettings;
  stored: { session: Session; rows: Blob | null } | null = null;
  isBroken = false;

  loadSettings() {
    return this.isBroken ? Promise.reject(new Error('blocked')) : Promise.resolve(this.settings);
  }
  saveSettings(settings: Settings) {
    this.settings = settings;
    return Promise.resolve();
  }
  loadSession() {
    return Promise.resolve(this.stored);
  }
  saveSession(session: Session, rows: Blob | null) {
    if (this.isBroken) return Promise.reject(new Error('quota'));
    this.stored = { session: structuredClone(session), rows };
    return Promise.resolve();
  }
  clearSession() {
    this.stored = null;
    return Promise.resolve();
  }
}

function start() {
  const bridge = new FakeBridge();
  const store = new FakeStore();
  const begin = () => new Workbench(bridge as unknown as Bridge, store as unknown as SessionStore);
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
    expect(Object.keys(workbench.views)).toEqual([
      'read',
      'derive',
      'clean',
      'encode',
      'scale',
      'pca',
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
    expect(workbench.stale.size + workbench.staleInputs.size).toBe(0);
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

describe('a session', () => {
  it('is remembered, and its recipe applied to the same content only', async () => {
    const { workbench, store, begin } = start();
    await workbench.open(file('a.csv'));
    await workbench.change(three);
    const { stored } = store;
    const next = begin();
    await next.restore();
    expect(next.remembered).toMatchObject({ name: 'a.csv', key: 'key of a.csv', nSegments: 4 });
    expect([next.state, next.source]).toEqual(['empty', null]);
    await next.open(file('b.csv'));
    expect(next.recipe).toEqual(defaultRecipe);
    store.stored = stored;
    const third = begin();
    await third.restore();
    await third.open(file('a.csv'));
    expect(third.recipe.cluster.nClusters).toBe(3);
  });

  it('keeps no rows unless that was allowed', async () => {
    const { workbench, store, begin } = start();
    await workbench.open(file('a.csv'));
    expect(store.stored?.rows).toBeNull();
    await workbench.setKeepRows(true);
    expect(store.stored?.rows).toBeInstanceOf(Blob);
    const next = begin();
    await next.restore();
    expect([next.state, next.source?.name]).toEqual(['ready', 'a.csv']);
    await next.setKeepRows(false);
    expect(store.stored?.rows).toBeNull();
  });

  it('is forgotten on request', async () => {
    const { workbench, store } = start();
    await workbench.open(file('a.csv'));
    await workbench.forget();
    expect([workbench.remembered, store.stored]).toEqual([null, null]);
  });

  it('that cannot be stored or read stops nobody', async () => {
    const { workbench, store } = start();
    store.isBroken = true;
    await workbench.restore();
    expect(workbench.notice).toContain('does not let the page remember');
    await workbench.open(file('a.csv'));
    expect(workbench.state).toBe('ready');
    expect(workbench.notice).toContain('could not be stored');
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
