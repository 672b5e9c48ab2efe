import * as v from 'valibot';
import { longestProjectName, projectSchema, type Project } from '../contract/project-schema';
import { canonicalJson } from '../core/plan';
import { Opened, type Database } from './database';
import { defaultSettings, settingsSchema, type Settings } from './settings-schema';

/** What the store holds of projects. */
export interface Shelf {
  /** The newest first. */
  readonly projects: readonly Project[];
  /** Ids of those whose file is kept. */
  readonly withRows: ReadonlySet<string>;
  /** How many this version of the page cannot read. They are left as they are. */
  readonly nUnreadable: number;
}

export interface Saved {
  readonly project: Project;
  /**
   * `copied`: another tab had changed it meanwhile, so that this became a project of its own. `again`: another tab had
   * deleted it.
   */
  readonly outcome: 'saved' | 'copied' | 'again';
}

/**
 * The browser's own store. Everything in it is untrusted when it comes back: it is validated, and what does not fit is
 * as if it were not there. Pages of one host share an origin, hence the path in the name.
 */
export class ProjectStore {
  readonly #opened: Opened;

  /** @param path where the page is served from */
  constructor(path: string) {
    this.#opened = new Opened(`tessera:${path}`);
  }

  async loadSettings(): Promise<Settings> {
    const stored = await (await this.#opened.get()).get('entries', 'settings');
    const parsed = v.safeParse(settingsSchema, stored);
    return parsed.success ? parsed.output : defaultSettings;
  }

  async saveSettings(settings: Settings): Promise<void> {
    await (await this.#opened.get()).put('entries', settings, 'settings');
  }

  async shelf(): Promise<Shelf> {
    const transaction = (await this.#opened.get()).transaction(['projects', 'rows']);
    const [stored, keys] = await Promise.all([
      transaction.objectStore('projects').getAll(),
      transaction.objectStore('rows').getAllKeys(),
    ]);
    const projects = stored.flatMap((one) => readable(one) ?? []);
    projects.sort((a, b) => b.savedAt - a.savedAt);
    const nUnreadable = stored.length - projects.length;
    return { projects, withRows: new Set(keys), nUnreadable };
  }

  /**
   * One transaction: it is stored as a whole or not at all. Its name is that of the store, where it is there already.
   *
   * @param draft with the revision that its settings were changed from; 0: it was never stored
   * @param copyId for the case that another tab has changed it
   */
  async save(draft: Project, copyId: string): Promise<Saved> {
    const transaction = (await this.#opened.get()).transaction(['projects', 'rows'], 'readwrite');
    const [projects, rows] = [transaction.objectStore('projects'), transaction.objectStore('rows')];
    const stored: unknown = await projects.get(draft.id);
    const known = readable(stored);
    let saved: Saved;
    if (known === null && stored === undefined) {
      const outcome = draft.revision === 0 ? 'saved' : 'again';
      saved = { outcome, project: { ...draft, revision: draft.revision + 1 } };
    } else if (known !== null && (known.revision === draft.revision || sayTheSame(known, draft))) {
      const { name, revision } = known;
      const rise = sayTheSame(known, draft) ? 0 : 1;
      saved = {
        outcome: 'saved',
        project: { ...draft, name, revision: revision + rise },
      };
    } else {
      const name = nextName(known?.name ?? draft.name);
      saved = { outcome: 'copied', project: { ...draft, id: copyId, name, revision: 1 } };
      const kept = await rows.get(draft.id);
      if (kept !== undefined) await rows.put(kept, copyId);
    }
    await Promise.all([projects.put(saved.project), transaction.done]);
    return saved;
  }

  async rowsOf(id: string): Promise<Blob | null> {
    return (await (await this.#opened.get()).get('rows', id)) ?? null;
  }

  /** An old tab keeps the store from being opened, until this; null: none does. */
  get blockedUntil(): Promise<unknown> | null {
    return this.#opened.blockedUntil;
  }

  /** For what is seldom done (`project-changes.ts`). */
  database(): Promise<Database> {
    return this.#opened.get();
  }
}

export function readable(stored: unknown): Project | null {
  const parsed = v.safeParse(projectSchema, stored);
  return parsed.success ? parsed.output : null;
}

function sayTheSame(a: Project, b: Project): boolean {
  const said = ({ recipe, keptRuns }: Project) => canonicalJson([recipe, keptRuns]);
  return said(a) === said(b);
}

/** "shop (2)", "shop (3)". */
export function nextName(name: string): string {
  const [, bare = name, number = '1'] = /^(.*) \((\d{1,3})\)$/s.exec(name) ?? [];
  const suffix = ` (${Number(number) + 1})`;
  return bare.slice(0, longestProjectName - suffix.length) + suffix;
}
