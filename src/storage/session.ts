import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { engineChoices } from '../contract/api';
import { recipeSchema } from '../contract/recipe-schema';

/** What is remembered between two visits. Rows are not part of it: they are stored apart, and only if allowed. */
const sessionSchema = v.strictObject({
  source: v.strictObject({ name: v.string(), key: v.string(), isSample: v.boolean() }),
  recipe: recipeSchema,
  nSegments: v.nullable(v.number()),
  savedAt: v.number(),
});
export type Session = v.InferOutput<typeof sessionSchema>;

const settingsSchema = v.strictObject({
  keepRows: v.boolean(),
  engine: v.picklist(engineChoices),
  /** Workers that share the work; null: as many as there are processors, up to 8. Older settings have none. */
  nWorkers: v.optional(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16))),
    null,
  ),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

export const defaultSettings: Settings = { keepRows: false, engine: 'auto', nWorkers: null };

interface Schema extends DBSchema {
  entries: { key: 'session' | 'settings'; value: unknown };
  rows: { key: 'session'; value: Blob };
}

/**
 * The browser's own store. Everything in it is untrusted when it comes back: it is validated, and what does not fit is
 * as if it were not there. Pages of one host share an origin, hence the path in the name.
 */
export class SessionStore {
  readonly #name: string;
  #database: Promise<IDBPDatabase<Schema>> | undefined;

  /** @param path where the page is served from */
  constructor(path: string) {
    this.#name = `tessera:${path}`;
  }

  async loadSettings(): Promise<Settings> {
    const stored = await (await this.#open()).get('entries', 'settings');
    const parsed = v.safeParse(settingsSchema, stored);
    return parsed.success ? parsed.output : defaultSettings;
  }

  async saveSettings(settings: Settings): Promise<void> {
    const database = await this.#open();
    await database.put('entries', settings, 'settings');
    if (!settings.keepRows) await database.delete('rows', 'session');
  }

  async loadSession(): Promise<{ session: Session; rows: Blob | null } | null> {
    const database = await this.#open();
    const parsed = v.safeParse(sessionSchema, await database.get('entries', 'session'));
    if (!parsed.success) return null;
    return { session: parsed.output, rows: (await database.get('rows', 'session')) ?? null };
  }

  /** @param rows the file, or null to keep none */
  async saveSession(session: Session, rows: Blob | null): Promise<void> {
    const transaction = (await this.#open()).transaction(['entries', 'rows'], 'readwrite');
    await Promise.all([
      transaction.objectStore('entries').put(session, 'session'),
      rows === null
        ? transaction.objectStore('rows').delete('session')
        : transaction.objectStore('rows').put(rows, 'session'),
      transaction.done,
    ]);
  }

  /** Forgets the session and its rows; settings stay. */
  async clearSession(): Promise<void> {
    const transaction = (await this.#open()).transaction(['entries', 'rows'], 'readwrite');
    await Promise.all([
      transaction.objectStore('entries').delete('session'),
      transaction.objectStore('rows').delete('session'),
      transaction.done,
    ]);
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= openDB<Schema>(this.#name, 1, {
      upgrade(database) {
        database.createObjectStore('entries');
        database.createObjectStore('rows');
      },
      // A newer version of the page wants to upgrade in another tab: let it, and open again when needed.
      blocking: (_current, _next, event) => {
        (event.target as IDBDatabase).close();
        this.#database = undefined;
      },
      terminated: () => (this.#database = undefined),
    });
    return this.#database;
  }
}
