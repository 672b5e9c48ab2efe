import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { ProjectStore } from '../../src/storage/project-store';

/** A browser that has stored nothing yet. */
export function emptyBrowser(): void {
  globalThis.indexedDB = new IDBFactory();
}

/** The store of a page in such a browser. */
export function browserStore(): ProjectStore {
  emptyBrowser();
  return new ProjectStore('/test/');
}
