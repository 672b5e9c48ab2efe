import type { Source } from '../contract/api';
import type { Project } from '../contract/project-schema';
import { CancelledError } from '../core/errors';
import { unmerged } from '../core/learn/merge-clusters';
import type { SegmentModel } from '../core/model';
import { defaultRecipe, type Recipe } from '../core/recipe';
import type { Settings } from '../storage/settings-schema';
import { arrivalOf, sourceOf, type Arrival } from './arrival';
import { History } from './history';
import { Results } from './results';
import { Runs } from './runs.svelte';
import { comparison, settle } from './settle';
import { asAppError, WorkbenchState } from './workbench-state.svelte';

/**
 * All state of the page, and its commands. They change source or recipe, and nothing else does; what is shown is derived
 * from the two by the worker (`WorkbenchState`).
 */
export class Workbench extends WorkbenchState {
  /** Runs that are kept side by side. */
  readonly runs = new Runs(() => this.keep());

  /** What has arrived, until its segments can be compared with those that it had. */
  #expected: Arrival | null = null;
  /** Recipe and history of the story. */
  #told = { recipe: defaultRecipe, history: new History() };
  #history = $state.raw(new History());
  /** Settings and session have been read: nothing is opened, and so nothing stored, before. */
  #loaded: Promise<void> = Promise.resolve();

  readonly canUndo = $derived.by(() => this.#history.canUndo);
  readonly canRedo = $derived.by(() => this.#history.canRedo);

  /**
   * Reads the settings and the projects.
   *
   * @param goesOn with the last one, where its file was kept
   */
  async restore(goesOn = true): Promise<void> {
    this.#loaded = this.#load();
    await this.#loaded;
    const { last } = this.projects;
    const isFree = this.source === null && this.arrival === null;
    if (goesOn && last !== null && isFree) await this.openProject(last);
  }

  /** Goes on with a project; where its file was not kept, as soon as that is there. */
  async openProject(project: Project): Promise<void> {
    const rows = await this.projects.store.rowsOf(project.id).catch(() => null);
    this.close();
    this.arrival = arrivalOf(project);
    const source = sourceOf(project, rows);
    if (source !== null) await this.open(source);
  }

  /** Starts over with another source. Its recipe is what has arrived for it, else the remembered one, else the default. */
  async open(source: Source): Promise<void> {
    const run = this.pipeline.begin();
    const left = this.story === null ? this.left : this.source;
    this.#forgetResults();
    this.source = source;
    // Until its content is known: what was computed for the last source must not be taken for results of this one.
    this.sourceKey = '';
    this.pipeline.prepare();
    await this.#guarded(run, async () => {
      await this.#loaded;
      this.sourceKey = await this.pipeline.open(source, run);
      await this.#settleRecipe(source, run);
      await this.#evaluateAll(run);
    });
    if (this.source === source) this.left = this.error === null ? null : left;
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

  undo(): Promise<void> {
    return this.#goTo(this.#history.undo(this.recipe));
  }

  redo(): Promise<void> {
    return this.#goTo(this.#history.redo(this.recipe));
  }

  /** Stops the work. A change is taken back to what is shown; a first run back to the empty page. */
  cancel(): void {
    if (this.running === null) return;
    this.pipeline.stop();
    if (this.story === null) {
      this.close();
    } else {
      this.#history = this.#told.history;
      // What is shown is what is told: there is nothing to compute again.
      this.pipeline.shown = this.pipeline.told;
      void this.#setRecipe(this.#told.recipe);
    }
    this.notice = 'Cancelled.';
  }

  /** Back to the empty page. */
  close(): void {
    this.pipeline.stop();
    this.projects.begin(null);
    this.source = null;
    this.sourceKey = '';
    this.recipe = defaultRecipe;
    this.left = null;
    this.#forgetResults();
  }

  /** @param patch which engine computes, and how many workers share the work */
  async setEngine(patch: Partial<Pick<Settings, 'engine' | 'nWorkers'>>): Promise<void> {
    const run = this.pipeline.begin();
    await this.projects.setEngine(patch);
    // Another engine computes everything anew.
    this.pipeline.shown = new Results();
    await this.#goOn(run);
  }

  /** Ends a worker that does not answer, and does with another what it was doing. */
  async restartWorker(): Promise<void> {
    if (this.running !== null) await this.#goOn(this.pipeline.begin());
  }

  /** Predicts with a model from a file from now on; null: with that of the page again. */
  useModel(model: SegmentModel | null): void {
    this.complaint = null;
    this.importedModel = model;
  }

  dismiss(): void {
    const hasFailed = this.error !== null;
    this.clearMessages();
    if (hasFailed && this.story === null) this.close();
  }

  /** What is remembered. Starts the worker, so that the first file finds it ready. */
  async #load(): Promise<void> {
    await this.projects.load();
    // A failure is told when there is work to do.
    this.pipeline
      .start(this.settings)
      .then(() => (this.source === null ? this.bridge.warmUp() : undefined))
      .catch(() => undefined);
  }

  /** The recipe for a source whose content is known now, and the project that it belongs to. */
  async #settleRecipe(source: Source, run: AbortController): Promise<void> {
    const { arrival, sourceKey } = this;
    const settled = await settle(arrival, { source, sourceKey }, this.projects, async (ground) => {
      return (await this.pipeline.read(ground, run)).columns;
    });
    this.recipe = settled.recipe;
    this.#history = new History(settled.past);
    this.projects.begin(settled.project, settled.beginning);
    this.runs.restore(settled.keptRuns);
    this.#expected = settled.expected;
    if (settled.notice !== '') this.notice = settled.notice;
    this.arrival = null;
  }

  /** Starts a worker with the chosen engine, and computes on it what is not there yet. */
  async #goOn(run: AbortController): Promise<void> {
    this.selecting.suspend();
    if (this.source !== null) this.pipeline.prepare();
    await this.#guarded(run, async () => {
      await this.pipeline.start(this.settings);
      if (this.source === null) return;
      if (this.sourceKey === '') return this.open(this.source);
      await this.#evaluateAll(run);
    });
  }

  #forgetResults(): void {
    this.selecting.clear();
    this.runs.restore();
    this.pipeline.forget();
    this.#history = new History();
    this.clearMessages();
    this.importedModel = null;
  }

  async #goTo(step: ReturnType<History['undo']>): Promise<void> {
    if (step === null) return;
    this.#history = step.history;
    await this.#setRecipe(step.recipe);
  }

  async #setRecipe(recipe: Recipe): Promise<void> {
    this.recipe = recipe;
    if (this.source === null) return;
    this.selecting.suspend();
    const run = this.pipeline.begin();
    this.clearMessages();
    this.keep();
    await this.#guarded(run, () => this.#evaluateAll(run));
  }

  async #evaluateAll(run: AbortController): Promise<void> {
    const { source, sourceKey, recipe } = this;
    if (source === null) return;
    let kept: Promise<void> | undefined;
    try {
      await this.pipeline.evaluate({ source, sourceKey, recipe }, run, () => {
        kept = this.#onTold(recipe);
      });
    } catch (error) {
      if (kept === undefined || error instanceof CancelledError) throw error;
      // The story stands without it.
      this.pipeline.later = null;
      this.report(error);
    }
    await kept;
  }

  /** A story has been told. */
  async #onTold(recipe: Recipe): Promise<void> {
    this.#told = { recipe, history: this.#history };
    const expected = this.#expected;
    this.#expected = null;
    void this.selecting.resume();
    this.keep();
    const kept = this.projects.flush();
    this.notice = (await comparison(expected, recipe, this.sizes ?? [])) || this.notice;
    await kept;
  }

  #guarded(run: AbortController, work: () => Promise<void>): Promise<void> {
    return this.pipeline.guard(run, work, (error) => {
      this.selecting.clear();
      this.error = asAppError(error);
    });
  }

  /** Remembers the work. What counts is the recipe: it is kept while its results are still being computed. */
  keep(): void {
    const { source, sourceKey, recipe, sizes } = this;
    if (source === null || sourceKey === '') return;
    const told = sizes === null ? null : { recipe: this.#told.recipe, sizes };
    this.projects.keep({ source, sourceKey, recipe, told, keptRuns: this.runs.kept });
  }
}
