import type { Bridge } from '../bridge/bridge';
import type { EngineChoice, EngineReport, Evaluation, Progress, Source } from '../contract/api';
import type { StepViews } from '../contract/views';
import { AppError, CancelledError } from '../core/errors';
import type { SegmentModel } from '../core/model';
import { defaultRecipe, type Recipe } from '../core/recipe';
import { stepKey, stepOrder, type StepId } from '../core/steps';
import type { SessionStore, Settings } from '../storage/session';
import { defaultSettings } from '../storage/session';
import { History } from './history';

/** What is shown of one step, and the key it was computed for. */
interface Shown {
  readonly key: string;
  readonly evaluation: Evaluation;
}

export type PipelineState = 'empty' | 'running' | 'ready' | 'failed';

/** A remembered session whose file was not kept: it goes on when the file is dropped again. */
export interface Remembered {
  readonly name: string;
  readonly key: string;
  readonly recipe: Recipe;
  readonly nSegments: number | null;
  readonly savedAt: number;
}

/**
 * All state of the page. Source and recipe are the ground; what is shown is derived from them by the worker.
 * Commands change source or recipe and nothing else does.
 */
export class Workbench {
  source = $state.raw<Source | null>(null);
  /** Fingerprint of the source's content. */
  sourceKey = $state.raw('');
  recipe = $state.raw<Recipe>(defaultRecipe);
  running = $state.raw<Progress | null>(null);
  error = $state.raw<AppError | null>(null);
  engine = $state.raw<EngineReport | null>(null);
  settings = $state.raw<Settings>(defaultSettings);
  remembered = $state.raw<Remembered | null>(null);
  /** A model from a file; with it the form predicts without the customers it was learned from. */
  importedModel = $state.raw<SegmentModel | null>(null);
  /** Something to tell that is no error: at most one at a time. */
  notice = $state.raw('');

  /** Newest result of each step: what the sections Data and Clean show, as soon as it is there. */
  #shown = $state.raw<ReadonlyMap<StepId, Shown>>(new Map());
  /** The results of one complete run, replaced as a whole: no two parts of the story are ever of different runs. */
  #told = $state.raw<ReadonlyMap<StepId, Shown>>(new Map());
  #history = $state.raw(new History());
  #run: AbortController | undefined;
  readonly #bridge: Bridge;
  readonly #store: SessionStore;

  constructor(bridge: Bridge, store: SessionStore) {
    this.#bridge = bridge;
    this.#store = store;
  }

  readonly views = $derived.by((): Partial<StepViews> => viewsOf(this.#shown));

  readonly story = $derived.by((): StepViews | null =>
    this.#told.size === 0 ? null : (viewsOf(this.#told) as StepViews),
  );

  /** Steps of the story that belong to other settings than those chosen now. */
  readonly stale = $derived.by((): ReadonlySet<StepId> => this.#staleOf(this.#told));

  /** The same for what the sections Data and Clean show. */
  readonly staleInputs = $derived.by((): ReadonlySet<StepId> => this.#staleOf(this.#shown));

  readonly state = $derived.by((): PipelineState => {
    if (this.running !== null) return 'running';
    if (this.error !== null) return 'failed';
    return this.story !== null && this.stale.size === 0 ? 'ready' : 'empty';
  });

  readonly model = $derived.by(
    (): SegmentModel | null => this.importedModel ?? this.story?.model ?? null,
  );

  readonly canUndo = $derived.by(() => this.#history.canUndo);
  readonly canRedo = $derived.by(() => this.#history.canRedo);

  /** Milliseconds by step, of what is shown. */
  readonly timings = $derived.by(
    (): ReadonlyMap<StepId, number> =>
      new Map([...this.#told].map(([step, { evaluation }]) => [step, evaluation.milliseconds])),
  );

  /** Reads the settings and the last session; goes on with it where its file was kept. */
  async restore(): Promise<void> {
    try {
      this.settings = await this.#store.loadSettings();
      const stored = await this.#store.loadSession();
      if (stored === null) return;
      const { source, recipe, nSegments, savedAt } = stored.session;
      this.remembered = { name: source.name, key: source.key, recipe, nSegments, savedAt };
      if (stored.rows !== null) {
        await this.open({ kind: 'file', name: source.name, blob: stored.rows });
      }
    } catch {
      // A browser that stores nothing (private window, storage blocked) is no reason to stop.
      this.notice =
        'This browser does not let the page remember anything: save files to keep them.';
    }
  }

  /** Starts over with another source. The recipe is the remembered one if its content is the same, else the default. */
  async open(source: Source): Promise<void> {
    const run = this.#begin();
    this.#forgetResults();
    this.source = source;
    this.running = { step: 'read', share: 0 };
    await this.#guarded(run, async () => {
      this.sourceKey = await this.#bridge.open(source, { signal: run.signal });
      const isRemembered = this.remembered?.key === this.sourceKey;
      this.recipe = isRemembered && this.remembered ? this.remembered.recipe : defaultRecipe;
      await this.#evaluateAll(run);
    });
  }

  /** Changes part of the recipe; what depends on it is computed anew. */
  async change(patch: Partial<Recipe>): Promise<void> {
    this.#history = this.#history.after(this.recipe);
    await this.#setRecipe({ ...this.recipe, ...patch });
  }

  async undo(): Promise<void> {
    const step = this.#history.undo(this.recipe);
    if (step === null) return;
    this.#history = step.history;
    await this.#setRecipe(step.recipe);
  }

  async redo(): Promise<void> {
    const step = this.#history.redo(this.recipe);
    if (step === null) return;
    this.#history = step.history;
    await this.#setRecipe(step.recipe);
  }

  /** Stops the work. A change is taken back to what is shown; a first run back to the empty page. */
  cancel(): void {
    if (this.running === null) return;
    this.#run?.abort();
    this.running = null;
    this.notice = 'Cancelled.';
    const undone = this.story === null ? null : this.#history.undo(this.recipe);
    if (undone === null) this.close();
    else void this.undo();
  }

  /** Back to the empty page. */
  close(): void {
    this.#run?.abort();
    this.running = null;
    this.source = null;
    this.sourceKey = '';
    this.recipe = defaultRecipe;
    this.#forgetResults();
  }

  async setEngine(engine: EngineChoice): Promise<void> {
    const run = this.#begin();
    await this.#remember({ ...this.settings, engine });
    await this.#guarded(run, async () => {
      this.engine = await this.#bridge.start(engine);
      if (this.source === null) return;
      this.#shown = new Map();
      await this.#evaluateAll(run);
    });
  }

  async setKeepRows(keepRows: boolean): Promise<void> {
    await this.#remember({ ...this.settings, keepRows });
    await this.#saveSession();
  }

  async forget(): Promise<void> {
    this.remembered = null;
    await this.#store.clearSession();
  }

  /** The labelled table as CSV. */
  labelledCsv(): Promise<Blob> {
    if (this.source === null) throw new AppError('internal', 'There is no file to label.');
    const { source, sourceKey, recipe } = this;
    return this.#bridge.labelledCsv({ source, sourceKey, recipe });
  }

  scoreCsv(file: File, model: SegmentModel) {
    return this.#bridge.scoreCsv({ kind: 'file', name: file.name, blob: file }, model);
  }

  /** Predicts with a model from a file from now on; null: with that of the page again. */
  useModel(model: SegmentModel | null): void {
    this.error = null;
    this.importedModel = model;
  }

  /** Shows what went wrong outside of the pipeline: an import, a download. */
  report(error: unknown): void {
    this.error = asAppError(error);
  }

  dismiss(): void {
    this.error = null;
    this.notice = '';
    if (this.story === null) this.close();
  }

  #staleOf(results: ReadonlyMap<StepId, Shown>): ReadonlySet<StepId> {
    return new Set([...results.keys()].filter((step) => !this.#isCurrent(results, step)));
  }

  #isCurrent(results: ReadonlyMap<StepId, Shown>, step: StepId): boolean {
    return results.get(step)?.key === stepKey(step, this.sourceKey, this.recipe);
  }

  #forgetResults(): void {
    this.#shown = new Map();
    this.#told = new Map();
    this.#history = new History();
    this.error = null;
    this.notice = '';
    this.importedModel = null;
  }

  async #setRecipe(recipe: Recipe): Promise<void> {
    this.recipe = recipe;
    if (this.source === null) return;
    const run = this.#begin();
    this.error = null;
    this.notice = '';
    await this.#guarded(run, () => this.#evaluateAll(run));
  }

  #begin(): AbortController {
    this.#run?.abort();
    this.#run = new AbortController();
    return this.#run;
  }

  /** Every step that is not shown for this source and recipe, in the order of the story. */
  async #evaluateAll(run: AbortController): Promise<void> {
    const { source, sourceKey, recipe } = this;
    if (source === null) return;
    for (const step of stepOrder) {
      if (this.#isCurrent(this.#shown, step)) continue;
      this.running = { step, share: 0 };
      const evaluation = await this.#bridge.evaluate({ source, sourceKey, recipe }, step, {
        signal: run.signal,
        onProgress: (progress) => {
          if (this.#run === run && this.running !== null) this.running = progress;
        },
      });
      if (run.signal.aborted) throw new CancelledError();
      this.engine = evaluation.engine;
      const key = stepKey(step, sourceKey, recipe);
      this.#shown = new Map(this.#shown).set(step, { key, evaluation });
    }
    this.#told = this.#shown;
    this.running = null;
    await this.#saveSession();
  }

  async #guarded(run: AbortController, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof CancelledError || this.#run !== run) return;
      this.running = null;
      this.error = asAppError(error);
    }
  }

  async #remember(settings: Settings): Promise<void> {
    this.settings = settings;
    await this.#store.saveSettings(settings).catch(() => undefined);
  }

  async #saveSession(): Promise<void> {
    const { source, sourceKey, recipe, settings } = this;
    if (source === null || this.state !== 'ready') return;
    const session = {
      source: { name: source.name, key: sourceKey, isSample: source.kind === 'sample' },
      recipe,
      nSegments: this.story?.cluster.nClusters ?? null,
      savedAt: Date.now(),
    };
    const rows = settings.keepRows && source.kind === 'file' ? source.blob : null;
    try {
      await this.#store.saveSession(session, rows);
    } catch {
      this.notice = 'This session could not be stored in the browser; save files to keep it.';
    }
  }
}

function viewsOf(results: ReadonlyMap<StepId, Shown>): Partial<StepViews> {
  const views: Partial<Record<StepId, unknown>> = {};
  for (const [step, { evaluation }] of results) views[step] = evaluation.view;
  return views as Partial<StepViews>;
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', error instanceof Error ? error.message : String(error));
}
