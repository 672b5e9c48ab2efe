import type { Project } from '../contract/project-schema';
import { AppError } from '../core/errors';
import { canonicalJson } from '../core/plan';
import { defaultSettings, type Settings } from '../storage/settings-schema';
import type { ProjectStore } from '../storage/project-store';
import type { Arrival } from './arrival';
import { OpenProject, type Beginning, type Work } from './open-project';

/** What the browser remembers from one visit to the next: the settings, and projects. */
export class Projects {
  settings = $state.raw<Settings>(defaultSettings);
  /** Those in the store when it was last looked at, the newest first. */
  all = $state.raw<readonly Project[]>([]);
  /** Ids of those whose file is kept. */
  withRows = $state.raw<readonly string[]>([]);
  /** Number of those that this version of the page cannot read. */
  nUnreadable = $state.raw(0);
  /** The one that is being worked on, as it was stored last; null: nothing was worth keeping yet. */
  current = $state.raw<Project | null>(null);
  readonly store: ProjectStore;
  readonly #tell: (sentence: string) => void;
  #open: OpenProject;

  /** @param tell something that the user should know about what is kept */
  constructor(store: ProjectStore, tell: (sentence: string) => void) {
    this.store = store;
    this.#tell = tell;
    this.#open = this.#opened(null, {});
  }

  /** The one that was worked on last, where its file was kept: it can be gone on with. */
  get last(): Project | null {
    const last = this.all.at(0);
    return last !== undefined && this.withRows.includes(last.id) ? last : null;
  }

  /** The file of the current one is kept. */
  get keepsRows(): boolean {
    return this.current !== null && this.withRows.includes(this.current.id);
  }

  /** Where the browser stores nothing (private window, storage blocked), that is told. */
  async load(): Promise<void> {
    try {
      this.settings = await this.store.loadSettings();
      await this.refresh();
    } catch (error) {
      this.#tell(
        error instanceof AppError
          ? error.message
          : 'This browser does not let the page remember anything: save files to keep them.',
      );
      this.store.blockedUntil?.then(
        () => this.#goOn(),
        () => undefined,
      );
    }
  }

  /** The store can be used after all: what was done meanwhile is written. */
  async #goOn(): Promise<void> {
    await this.refresh().catch(() => undefined);
    await this.flush();
    this.#tell('The other tab is closed: what you do here is remembered again.');
  }

  /** Looks at what the store holds now; other tabs use it too. */
  async refresh(): Promise<void> {
    const { projects, withRows, nUnreadable } = await this.store.shelf();
    this.all = projects;
    this.current = projects.find(({ id }) => id === this.current?.id) ?? this.current;
    this.withRows = [...withRows];
    this.nUnreadable = nUnreadable;
  }

  /** Settings hold for this visit also where they cannot be stored. */
  async setEngine(patch: Partial<Pick<Settings, 'engine' | 'nWorkers'>>): Promise<void> {
    const { engine, nWorkers } = { ...this.settings, ...patch };
    this.settings = { engine, nWorkers };
    await this.store.saveSettings(this.settings).catch(() => undefined);
  }

  /**
   * The project that was worked on last with this file.
   *
   * @param same one with these settings and these runs, and no other
   */
  find(sourceKey: string, same?: Pick<Arrival, 'recipe' | 'keptRuns'>): Project | null {
    const said = ({ recipe, keptRuns }: Pick<Arrival, 'recipe' | 'keptRuns'>) =>
      canonicalJson([recipe, keptRuns ?? []]);
    const wanted = same && said(same);
    const isFound = (project: Project) =>
      project.source.key === sourceKey && (wanted === undefined || said(project) === wanted);
    return this.all.find(isFound) ?? null;
  }

  /**
   * From now on it is about another file, or about none. What was changed before is written.
   *
   * @param beginning of a project that is not stored yet
   */
  begin(project: Project | null, beginning: Beginning = {}): void {
    void this.#open.flush();
    this.#open = this.#opened(project, beginning);
    this.current = project;
  }

  /** Remembers the work, within a second. */
  keep(work: Work): void {
    this.#open.keep(work);
  }

  /** Writes now what is not written yet. */
  flush(): Promise<void> {
    return this.#open.flush();
  }

  /** The current one was deleted: what comes next is a new one. */
  forgetCurrent(): void {
    this.#open.forget();
    this.current = null;
  }

  #opened(project: Project | null, beginning: Beginning): OpenProject {
    const opened: OpenProject = new OpenProject(this.store, project, beginning, {
      onSaved: (saved) => {
        const others = this.all.filter(({ id }) => id !== saved.id);
        this.all = [saved, ...others];
        if (this.#open === opened && opened.project?.id === saved.id) this.current = saved;
      },
      tell: this.#tell,
    });
    return opened;
  }
}
