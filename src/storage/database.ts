import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import * as v from 'valibot';
import { AppError } from '../core/errors';
import { nameOfProject, type Project } from '../contract/project-schema';
import { sessionSchema } from './settings-schema';

/** Everything in it is untrusted when it comes back: values are `unknown` until a schema has seen them. */
export interface Schema extends DBSchema {
  entries: { key: 'session' | 'settings'; value: unknown };
  projects: { key: string; value: unknown };
  /** The files themselves by the id of their project, only of those who asked for it. */
  rows: { key: string; value: Blob };
}

export type Database = IDBPDatabase<Schema>;

export const databaseVersion = 2;

/**
 * The database, opened when it is first wanted, and anew after another tab needed it closed. While an old tab keeps it
 * from being opened nobody waits: it is as if there were none, until that tab has gone.
 */
export class Opened {
  readonly #name: string;
  #database: Promise<Database> | undefined;
  #blocked: AppError | undefined;
  /** Rejects as soon as an old tab is in the way. */
  #whenBlocked: Promise<never> | undefined;
  #tellBlocked: (error: AppError) => void = () => undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /** @throws AppError `storage-unavailable`, saying why; whatever the browser throws where it stores nothing at all */
  get(): Promise<Database> {
    if (this.#blocked !== undefined) return Promise.reject(this.#blocked);
    if (this.#whenBlocked === undefined) {
      this.#whenBlocked = new Promise((_, reject) => (this.#tellBlocked = reject));
      this.#whenBlocked.catch(() => undefined);
    }
    this.#database ??= this.#open();
    return Promise.race([this.#database, this.#whenBlocked]);
  }

  /** An old tab keeps it from being opened, until this; null: none does. */
  get blockedUntil(): Promise<unknown> | null {
    return (this.#blocked && this.#database) ?? null;
  }

  async #open(): Promise<Database> {
    try {
      const database = await openDB<Schema>(this.#name, databaseVersion, {
        upgrade: (opened, oldVersion, _, transaction) => {
          // All of it or nothing: what was there stays as it was.
          upgrade(opened, oldVersion, transaction).catch(() => transaction.abort());
        },
        blocked: () => {
          this.#blocked = new AppError(
            'storage-unavailable',
            'An older version of this page is open in another tab and holds the store. Close that tab: until then nothing is remembered here.',
          );
          this.#tellBlocked(this.#blocked);
        },
        // A newer version of the page wants to upgrade in another tab: let it, and open again when needed.
        blocking: (_current, _next, event) => {
          (event.target as IDBDatabase).close();
          this.#database = undefined;
        },
        terminated: () => (this.#database = undefined),
      });
      this.#blocked = undefined;
      this.#whenBlocked = undefined;
      return database;
    } catch (error) {
      this.#database = undefined;
      if (error instanceof Error && error.name === 'VersionError') {
        throw new AppError(
          'storage-unavailable',
          'A newer version of this page has been used in this browser. Reload this one: until then nothing is remembered here.',
        );
      }
      throw error;
    }
  }
}

async function upgrade(
  database: Database,
  oldVersion: number,
  transaction: IDBPTransaction<Schema, ('entries' | 'projects' | 'rows')[], 'versionchange'>,
): Promise<void> {
  if (oldVersion < 1) {
    database.createObjectStore('entries');
    database.createObjectStore('rows');
  }
  if (oldVersion >= 2) return;
  database.createObjectStore('projects', { keyPath: 'id' });
  const [entries, rows] = [transaction.objectStore('entries'), transaction.objectStore('rows')];
  const session = v.safeParse(sessionSchema, await entries.get('session'));
  // What cannot be read stays where it is: nothing of it is lost.
  if (!session.success) return;
  const { source, recipe, nSegments, savedAt } = session.output;
  const project: Project = {
    id: 'session',
    name: nameOfProject(source.name),
    source: { ...source, nBytes: (await rows.get('session'))?.size ?? null },
    recipe,
    // Version 1 stored what had given segments, and nothing else.
    told: recipe,
    nSegments,
    sizes: [],
    keptRuns: [],
    savedAt,
    revision: 1,
  };
  // Its rows lie under the same key already.
  await transaction.objectStore('projects').put(project);
  await entries.delete('session');
}
