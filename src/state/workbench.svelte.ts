import type { Bridge } from '../bridge/bridge';
import type { EngineReport, OnShare, Progress, Source } from '../contract/api';
import type { Project } from '../contract/project-schema';
import type { Queries, QueryKind } from '../contract/queries';
import { plainScoring, type ScoredFile, type ScoreSettings } from '../contract/scoring';
import type { StepViews, StoryViews } from '../contract/views';
import { AppError, CancelledError } from '../core/errors';
import { unmerged } from '../core/learn/merge-clusters';
import type { SegmentModel } from '../core/model';
import { canonicalJson } from '../core/plan';
import { defaultRecipe, type Recipe } from '../core/recipe';
import type { RowOrder } from '../core/select/order-rows';
import type { Selection } from '../core/select/selection';
import type { Settings } from '../storage/settings-schema';
import type { ProjectStore } from '../storage/project-store';
import { arrivalOf, type Arrival } from './arrival';
import { History } from './history';
import { keyOf, Pipeline } from './pipeline.svelte';
import { Projects } from './projects.svelte';
import { Results } from './results';
import { Runs } from './runs.svelte';
import { Selecting, type Selected } from './selection.svelte';

export type PipelineState = 'empty' | 'running' | 'ready' | 'failed';

/**
 * All state of the page. Source and recipe are the ground; what is shown is derived from them by the worker.
 * Commands change source or recipe and nothing else does.
 */
export class Workbench {
  source = $state.raw<Source | null>(null);
  /** Fingerprint of the source's content. */
  sourceKey = $state.raw('');
  recipe = $state.raw<Recipe>(defaultRecipe);
  /** Why the pipeline stopped. */
  error = $state.raw<AppError | null>(null);
  /** What went wrong beside the pipeline: an import, a download. It leaves the results as they are. */
  complaint = $state.raw<AppError | null>(null);
  /** A model from a file; with it the form predicts without the customers it was learned from. */
  importedModel = $state.raw<SegmentModel | null>(null);
  /** Something to tell that is no error: at most one at a time. */
  notice = $state.raw('');
  /** Settings that wait for their file. */
  arrival = $state.raw<Arrival | null>(null);

  /** The selected customers, and those of them that are listed. */
  readonly selecting = new Selecting({
    ask: (kind, question, signal) => this.ask(kind, question, signal),
    canAsk: () => this.running === null && this.sourceKey !== '',
    segmentNames: () => this.story?.profile.segments.map(({ name }) => name) ?? [],
    report: (error) => this.report(error),
  });

  /** Runs that are kept side by side. */
  readonly runs = new Runs(() => this.keep());

  /** What has arrived, until its segments can be compared with those that it had. */
  #expected: Arrival | null = null;
  /** Recipe and history of the story. */
  #toldRecipe = defaultRecipe;
  #toldHistory = new History();
  #history = $state.raw(new History());
  /** Settings and session have been read: nothing is opened, and so nothing stored, before. */
  #loaded: Promise<void> = Promise.resolve();
  readonly #bridge: Bridge;
  readonly #pipeline: Pipeline;
  /** What the browser remembers. */
  readonly projects: Projects;

  constructor(bridge: Bridge, store: ProjectStore) {
    this.#bridge = bridge;
    this.#pipeline = new Pipeline(bridge);
    this.projects = new Projects(store, (sentence) => (this.notice = sentence));
  }

  get settings(): Settings {
    return this.projects.settings;
  }

  get running(): Progress | null {
    return this.#pipeline.running;
  }

  /** What is being computed after the story has been told. */
  get later(): Progress | null {
    return this.#pipeline.later;
  }

  /** The worker has not answered for long, though it is at work. */
  get isSilent(): boolean {
    return this.#pipeline.isSilent;
  }

  readonly views = $derived.by((): Partial<StepViews> => this.#pipeline.shown.views);

  readonly story = $derived.by((): StoryViews | null => {
    const { told } = this.#pipeline;
    return told.isEmpty ? null : (told.views as StoryViews);
  });

  /** The customers that are selected, whatever picture they were selected in; null: none are. */
  get selection(): Selected | null {
    return this.selecting.selected;
  }

  /** The engine that computed the story; before there is one, the engine that will. */
  readonly engine = $derived.by((): EngineReport | null => {
    const { told, started } = this.#pipeline;
    return told.engine ?? started;
  });

  /** Steps of the story that belong to other settings than those chosen now. */
  readonly stale = $derived.by(() => this.#pipeline.told.stale((step) => keyOf(this, step)));

  /** The same for what the sections Data and Clean show. */
  readonly staleInputs = $derived.by(() => this.#pipeline.shown.stale((step) => keyOf(this, step)));

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

  /** How each step of the story was computed, in order. */
  readonly computations = $derived.by(() => this.#pipeline.told.computations);

  /**
   * Reads the settings and the projects.
   *
   * @param goesOn with the last one, where its file was kept
   */
  async restore(goesOn = true): Promise<void> {
    this.#loaded = this.#load();
    await this.#loaded;
    const last = goesOn ? this.projects.all.at(0) : undefined;
    if (last === undefined || !this.projects.withRows.includes(last.id)) return;
    if (this.source === null && this.arrival === null) await this.openProject(last);
  }

  /** Goes on with a project; where its file was not kept, as soon as that is there. */
  async openProject(project: Project): Promise<void> {
    const { name } = project.source;
    const rows = await this.projects.store.rowsOf(project.id).catch(() => null);
    this.close();
    this.arrival = arrivalOf(project);
    const [, nRows, seed] = /^sample:(\d+):(\d+)$/.exec(project.source.key) ?? [];
    if (rows !== null) await this.open({ kind: 'file', name, blob: rows });
    else if (seed !== undefined) {
      await this.open({ kind: 'sample', name, nRows: Number(nRows), seed: Number(seed) });
    }
  }

  /** Starts over with another source. Its recipe is what has arrived for it, else the remembered one, else the default. */
  async open(source: Source): Promise<void> {
    const run = this.#pipeline.begin();
    this.#forgetResults();
    this.source = source;
    // Until its content is known: what was computed for the last source must not be taken for results of this one.
    this.sourceKey = '';
    this.#pipeline.prepare();
    await this.#guarded(run, async () => {
      await this.#loaded;
      this.sourceKey = await this.#pipeline.open(source, run);
      await this.#settleRecipe(source, run);
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

  /** Forms so many segments, if it does not already. */
  async chooseNumber(nClusters: number): Promise<void> {
    const { cluster } = this.story ?? {};
    // Chosen again, it undoes every merging.
    const isFormed = nClusters === cluster?.nClusters && nClusters === cluster.clusterOf.length;
    if (nClusters < 2 || isFormed) return;
    await this.change({ cluster: { ...unmerged(this.recipe.cluster), nClusters } });
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
    this.#pipeline.stop();
    if (this.story === null) {
      this.close();
    } else {
      this.#history = this.#toldHistory;
      // What is shown is what is told: there is nothing to compute again.
      this.#pipeline.shown = this.#pipeline.told;
      void this.#setRecipe(this.#toldRecipe);
    }
    this.notice = 'Cancelled.';
  }

  /** Back to the empty page. */
  close(): void {
    this.#pipeline.stop();
    this.projects.begin(null);
    this.source = null;
    this.sourceKey = '';
    this.recipe = defaultRecipe;
    this.#forgetResults();
  }

  /** @param patch which engine computes, and how many workers share the work */
  async setEngine(patch: Partial<Pick<Settings, 'engine' | 'nWorkers'>>): Promise<void> {
    const run = this.#pipeline.begin();
    await this.projects.setEngine(patch);
    // Another engine computes everything anew.
    this.#pipeline.shown = new Results();
    await this.#goOn(run);
  }

  /** Ends a worker that does not answer, and does with another what it was doing. */
  async restartWorker(): Promise<void> {
    if (this.running !== null) await this.#goOn(this.#pipeline.begin());
  }

  /**
   * Asks the worker something about what is shown; rejects with CancelledError where `signal` says so.
   *
   * @param onShare called with the share of the answer that is worked out, where that takes long
   */
  async ask<Kind extends QueryKind>(
    kind: Kind,
    question: Queries[Kind]['question'],
    signal?: AbortSignal,
    onShare?: OnShare,
  ): Promise<Queries[Kind]['answer']> {
    if (this.source === null) throw new AppError('internal', 'There is no file to ask about.');
    const { source, sourceKey, recipe } = this;
    return this.#bridge.ask({ source, sourceKey, recipe }, kind, question, { signal, onShare });
  }

  /**
   * Selects customers: they are listed, and stand out on the map.
   *
   * @param title whom, to be read after "1,234 customers: ", where the words of `selectionInWords` can be bettered, as
   *   for dates. A selection that names segments has their names of the moment instead
   * @param order how they are listed at first; else as in the file
   */
  select(selection: Selection, title?: string, order?: RowOrder): Promise<void> {
    return this.selecting.select(selection, title, order);
  }

  clearSelection(): void {
    this.selecting.clear();
  }

  /** Scores another file with the model in use, read as the page's own file where the model is the page's own. */
  scoreCsv(
    file: File,
    model: SegmentModel,
    options: Parameters<Bridge['scoreCsv']>[3],
    settings: Partial<ScoreSettings> = {},
  ): Promise<ScoredFile> {
    const { missing, names } = this.recipe.read;
    const read = this.importedModel === null ? { missing, names } : null;
    const source = { kind: 'file', name: file.name, blob: file } as const;
    return this.#bridge.scoreCsv(source, model, { ...plainScoring, read, ...settings }, options);
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

  /** What is remembered. Starts the worker, so that the first file finds it ready. */
  async #load(): Promise<void> {
    try {
      await this.projects.load();
    } catch (error) {
      this.notice =
        error instanceof AppError
          ? error.message
          : 'This browser does not let the page remember anything: save files to keep them.';
    }
    // A failure is told when there is work to do.
    this.#pipeline
      .start(this.settings)
      .then(() => (this.source === null ? this.#bridge.warmUp() : undefined))
      .catch(() => undefined);
  }

  /** The recipe for a source whose content is known now, and the project that it belongs to. */
  async #settleRecipe(source: Source, run: AbortController): Promise<void> {
    const { arrival, sourceKey } = this;
    const waited = arrival?.recipe ?? null;
    let project = waited === null ? this.projects.find(sourceKey) : null;
    if (arrival !== null && waited !== null) {
      const isSame = arrival.sourceKey === sourceKey;
      if (isSame) project = arrival.project;
      this.recipe = isSame ? waited : await this.#replayed(arrival, waited, source, run);
    } else {
      this.recipe = project?.recipe ?? defaultRecipe;
    }
    const told = project?.told ?? null;
    // Settings that gave no segments can be taken back to those that did.
    if (told !== null && canonicalJson(told) !== canonicalJson(this.recipe)) {
      this.#history = new History([told]);
    }
    const isSameFile = arrival?.sourceKey === sourceKey;
    this.projects.begin(project, isSameFile ? arrival : undefined);
    this.runs.restore(project?.keptRuns ?? (isSameFile ? arrival.keptRuns : undefined));
    this.#expected = waited === null ? null : arrival;
    this.arrival = null;
  }

  /** Whether a project file or a link gives what it gave where it was made. */
  async #compare(): Promise<void> {
    const expected = this.#expected;
    this.#expected = null;
    if (expected === null || expected.recipe !== this.recipe) return;
    const { sameSegments } = await import('./replay-on');
    const sizes = this.story?.profile.segments.map(({ size }) => size) ?? [];
    this.notice = sameSegments(expected, sizes) || this.notice;
  }

  /** Settings of another file, as far as they fit this one. */
  async #replayed(
    arrival: Arrival,
    recipe: Recipe,
    source: Source,
    run: AbortController,
  ): Promise<Recipe> {
    const { asRead, replayOn } = await import('./replay-on');
    const ground = { source, sourceKey: this.sourceKey, recipe: asRead(recipe) };
    const { columns } = await this.#pipeline.read(ground, run);
    const replayed = replayOn(arrival, recipe, source.name, columns);
    this.notice = replayed.notice;
    return replayed.recipe;
  }

  /** Starts a worker with the chosen engine, and computes on it what is not there yet. */
  async #goOn(run: AbortController): Promise<void> {
    this.selecting.suspend();
    if (this.source !== null) this.#pipeline.prepare();
    await this.#guarded(run, async () => {
      await this.#pipeline.start(this.settings);
      if (this.source === null) return;
      if (this.sourceKey === '') return this.open(this.source);
      await this.#evaluateAll(run);
    });
  }

  #clearMessages(): void {
    this.error = null;
    this.complaint = null;
    this.notice = '';
  }

  #forgetResults(): void {
    this.selecting.clear();
    this.runs.restore();
    this.#pipeline.forget();
    this.#history = new History();
    this.#clearMessages();
    this.importedModel = null;
  }

  async #setRecipe(recipe: Recipe): Promise<void> {
    this.recipe = recipe;
    if (this.source === null) return;
    this.selecting.suspend();
    const run = this.#pipeline.begin();
    this.#clearMessages();
    this.keep();
    await this.#guarded(run, () => this.#evaluateAll(run));
  }

  async #evaluateAll(run: AbortController): Promise<void> {
    const { source, sourceKey, recipe } = this;
    if (source === null) return;
    await this.#pipeline.evaluate({ source, sourceKey, recipe }, run);
    this.#toldRecipe = recipe;
    this.#toldHistory = this.#history;
    await this.#compare();
    void this.selecting.resume();
    this.keep();
    await this.projects.flush();
    try {
      await this.#pipeline.evaluateLater({ source, sourceKey, recipe }, run);
    } catch (error) {
      if (error instanceof CancelledError || !this.#pipeline.isCurrent(run)) return;
      // The story stands without it.
      this.report(error);
    }
  }

  async #guarded(run: AbortController, work: () => Promise<void>, isAgain = false): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.#pipeline.isCurrent(run) || run.signal.aborted) return;
      if (error instanceof CancelledError) {
        // Nobody wanted that: its worker was ended for the sake of something else. Requests are complete in themselves.
        if (!isAgain) return this.#guarded(run, work, true);
        this.#pipeline.stop();
        return;
      }
      this.#pipeline.stop();
      this.selecting.clear();
      this.error = asAppError(error);
    }
  }

  /** Remembers the work. What counts is the recipe: it is kept while its results are still being computed. */
  keep(): void {
    const { source, sourceKey, recipe, story } = this;
    if (source === null || sourceKey === '') return;
    const sizes = story?.profile.segments.map(({ size }) => size);
    const told = sizes === undefined ? null : { recipe: this.#toldRecipe, sizes };
    this.projects.keep({ source, sourceKey, recipe, told, keptRuns: this.runs.kept });
  }
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', error instanceof Error ? error.message : String(error));
}
