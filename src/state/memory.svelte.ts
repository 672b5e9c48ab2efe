import type { Source } from '../contract/api';
import type { Recipe } from '../core/recipe';
import { defaultSettings, type SessionStore, type Settings } from '../storage/session';

/** A remembered session whose file was not kept: it goes on when the file is dropped again. */
export interface Remembered {
  readonly name: string;
  readonly key: string;
  readonly isSample: boolean;
  readonly recipe: Recipe;
  readonly nSegments: number | null;
  readonly savedAt: number;
}

/** What the browser remembers from one visit to the next: the settings, and the last session. */
export class Memory {
  settings = $state.raw<Settings>(defaultSettings);
  remembered = $state.raw<Remembered | null>(null);
  readonly #store: SessionStore;

  constructor(store: SessionStore) {
    this.#store = store;
  }

  /**
   * @returns the source of the last session, if its file was kept
   * @throws where the browser stores nothing (private window, storage blocked)
   */
  async load(): Promise<Source | null> {
    this.settings = await this.#store.loadSettings();
    const stored = await this.#store.loadSession();
    if (stored === null) return null;
    const { source, ...rest } = stored.session;
    this.remembered = { ...source, ...rest };
    return stored.rows === null ? null : { kind: 'file', name: source.name, blob: stored.rows };
  }

  setEngine(patch: Partial<Pick<Settings, 'engine' | 'nWorkers'>>): Promise<void> {
    return this.#saveSettings({ ...this.settings, ...patch });
  }

  setKeepRows(keepRows: boolean): Promise<void> {
    return this.#saveSettings({ ...this.settings, keepRows });
  }

  /** The recipe for a source, if it is the one of the last session. */
  recipeOf(sourceKey: string): Recipe | undefined {
    return this.remembered?.key === sourceKey ? this.remembered.recipe : undefined;
  }

  /** @throws where it cannot be stored */
  async save(
    source: Source,
    sourceKey: string,
    recipe: Recipe,
    nSegments: number | null,
  ): Promise<void> {
    const session = {
      source: { name: source.name, key: sourceKey, isSample: source.kind === 'sample' },
      recipe,
      nSegments,
      savedAt: Date.now(),
    };
    this.remembered = { ...session.source, recipe, nSegments, savedAt: session.savedAt };
    const rows = this.settings.keepRows && source.kind === 'file' ? source.blob : null;
    await this.#store.saveSession(session, rows);
  }

  async forget(): Promise<void> {
    this.remembered = null;
    await this.#store.clearSession();
  }

  /** Settings hold for this visit also where they cannot be stored. */
  async #saveSettings(settings: Settings): Promise<void> {
    this.settings = settings;
    await this.#store.saveSettings(settings).catch(() => undefined);
  }
}
