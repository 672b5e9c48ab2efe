import type { Bridge } from '../bridge/bridge';
import type { EngineChoice, EngineReport, Progress, Source } from '../contract/api';
import type { StepViews } from '../contract/views';
import { AppError, CancelledError } from '../core/errors';
import type { SegmentModel } from '../core/model';
import { defaultRecipe, type Recipe } from '../core/recipe';
import { stepKey, stepOrder, type StepId } from '../core/steps';
import type { SessionStore, Settings } from '../storage/session';
import { defaultSettings } from '../storage/session';
import { History } from './history';
import { Results } from './results';

export type PipelineState = 'empty' | 'running' | 'ready' | 'failed';

/** A remembered session whose file was not kept: it goes on when the file is dropped again. */
export interface Remembered {
  readonly name: string;
  readonly key: string;
  readonly isSample: boolean;
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
  /** Why the pipeline stopped. */
  error = $state.raw<AppError | null>(null);
  /** What went wrong beside the pipeline: an import, a download. It leaves the results as they are. */
  complaint = $state.raw<AppError | null>(null);
  /** The engine that is ready to compute. */
  #started = $state.raw<EngineReport | null>(null);
  settings = $state.raw<Settings>(defaultSettings);
  remembered = $state.raw<Remembered | null>(null);
  /** A model from a file; with it the form predicts without the customers it was learned from. */
  importedModel = $state.raw<SegmentModel | null>(null);
  /** Something to tell that is no error: at most one at a time. */
  notice = $state.raw('');

  /** Newest result of each step: what the sections Data and Clean show, as soon as it is there. */
  #shown = $state.raw(new Results());
  /** The results of one complete run, replaced as a whole: no two parts of the story are ever of different runs. */
  #told = $state.raw(new Results());
  #toldRecipe = defaultRecipe;
  #toldHistory = new History();
  #history = $state.raw(new History());
  #run: AbortController | undefined;
  /** Settings and session have been read: nothing is opened, and so nothing stored, before. */
  #loaded: Promise<void> = Promise.resolve();
  readonly #bridge: Bridge;
  readonly #store: SessionStore;

  constructor(bridge: Bridge, store: SessionStore) {
    this.#bridge = bridge;
    this.#store = store;
  }

  readonly views = $derived.by((): Partial<StepViews> => this.#shown.views);

  readonly story = $derived.by((): StepViews | null =>
    this.#told.isEmpty ? null : (this.#told.views as StepViews),
  );

  /** The engine that computed the story; before there is one, the engine that will. */
  readonly engine = $derived.by((): EngineReport | null => this.#told.engine ?? this.#started);

  /** Steps of the story that belong to other settings than those chosen now. */
  readonly stale = $derived.by(() => this.#told.stale((step) => this.#keyOf(step)));

  /** The same for what the sections Data and Clean show. */
  readonly staleInputs = $derived.by(() => this.#shown.stale((step) => this.#keyOf(step)));

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

  /** Milliseconds by step, of the story. */
  readonly timings = $derived.by(() => this.#told.timings);

  /** Reads the settings and the last session; goes on with it where its file was kept. */
  async restore(): Promise<void> {
    const loading = this.#load();
    this.#loaded = loading.then(() => undefined);
    const kept = await loading;
    if (kept !== null && this.source === null) await this.open(kept);
  }

  /** Starts over with another source. The recipe is the remembered one if its content is the same, else the default. */
  async open(source: Source): Promise<void> {
    const run = this.#begin();
    this.#forgetResults();
    this.source = source;
    // Until its content is known: what was computed for the last source must not be taken for results of this one.
    this.sourceKey = '';
    this.running = { step: 'read', share: 0 };
    await this.#guarded(run, async () => {
      await this.#loaded;
      this.sourceKey = await this.#bridge.open(source, { signal: run.signal });
      const isRemembered = this.remembered?.key === this.sourceKey;
      this.recipe = isRemembered && this.remembered ? this.remembered.recipe : defaultRecipe;
      await this.#evaluateAll(run);
    });
  }

  /** Changes part of the recipe; what depends on it is computed anew. */
  async change(patch: Partial<Recipe>): Promise<void> {
    // The recipe of a source is settled when its content is known.
    if (this.source !== null && this.sourceKey === '') return;
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
    if (this.story === null) {
      this.close();
    } else {
      this.#history = this.#toldHistory;
      // What is shown is what is told: there is nothing to compute again.
      this.#shown = this.#told;
      void this.#setRecipe(this.#toldRecipe);
    }
    this.notice = 'Cancelled.';
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
    if (this.source !== null) this.running = { step: 'read', share: 0 };
    await this.#guarded(run, async () => {
      this.#started = await this.#bridge.start(engine);
      if (this.source === null) return;
      if (this.sourceKey === '') return this.open(this.source);
      this.#shown = new Results();
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
    this.complaint = null;
    this.importedModel = model;
  }

  report(error: unknown): void {
    this.complaint = asAppError(error);
  }

  dismiss(): void {
    const hasFailed = this.error !== null;
    this.#clearMessages();
    if (hasFailed && this.story === null) this.close();
  }

  /** The source of the last session, if its file was kept. Starts the worker, so that the first file finds it ready. */
  async #load(): Promise<Source | null> {
    let kept: Source | null = null;
    try {
      this.settings = await this.#store.loadSettings();
      const stored = await this.#store.loadSession();
      if (stored !== null) {
        const { source, ...rest } = stored.session;
        this.remembered = { ...source, ...rest };
        if (stored.rows !== null) kept = { kind: 'file', name: source.name, blob: stored.rows };
      }
    } catch {
      // A browser that stores nothing (private window, storage blocked) is no reason to stop.
      this.notice =
        'This browser does not let the page remember anything: save files to keep them.';
    }
    this.#bridge.start(this.settings.engine).then(
      (engine) => (this.#started = engine),
      () => undefined, // Told when there is work to do.
    );
    return kept;
  }

  #keyOf(step: StepId): string {
    return stepKey(step, this.sourceKey, this.recipe);
  }

  #clearMessages(): void {
    this.error = null;
    this.complaint = null;
    this.notice = '';
  }

  #forgetResults(): void {
    this.#shown = new Results();
    this.#told = new Results();
    this.#history = new History();
    this.#clearMessages();
    this.importedModel = null;
  }

  async #setRecipe(recipe: Recipe): Promise<void> {
    this.recipe = recipe;
    if (this.source === null) return;
    const run = this.#begin();
    this.#clearMessages();
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
      const key = this.#keyOf(step);
      if (this.#shown.isCurrent(step, key)) continue;
      this.running = { step, share: 0 };
      const evaluation = await this.#bridge.evaluate({ source, sourceKey, recipe }, step, {
        signal: run.signal,
        onProgress: (progress) => {
          if (this.#run === run && this.running !== null) this.running = progress;
        },
      });
      if (run.signal.aborted) throw new CancelledError();
      this.#shown = this.#shown.with(step, key, evaluation);
    }
    this.#told = this.#shown;
    this.#toldRecipe = recipe;
    this.#toldHistory = this.#history;
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
    this.remembered = { ...session.source, ...session };
    const rows = settings.keepRows && source.kind === 'file' ? source.blob : null;
    try {
      await this.#store.saveSession(session, rows);
    } catch {
      this.notice = 'This session could not be stored in the browser; save files to keep it.';
    }
  }
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', error instanceof Error ? error.message : String(error));
}
