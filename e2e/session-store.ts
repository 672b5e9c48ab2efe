import type { Page } from '@playwright/test';

/** The part of a stored project that the tests read or spoil. */
export interface StoredProject {
  id: string;
  name: string;
  source: { name: string };
  recipe: { clean: { steps: { kind: string; rule?: string }[] }; cluster: { nClusters: unknown } };
}

/**
 * Reads the project that was stored last behind the page's back, or puts another in its place.
 *
 * @param replacement anything with its id, also what is no project
 */
export function storedProject(
  page: Page,
  replacement?: { id: string },
): Promise<StoredProject | null> {
  return page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(String(request.error)));
      });
    const [{ name = '' }] = await indexedDB.databases();
    const database = await done(indexedDB.open(name));
    const projects = database.transaction('projects', 'readwrite').objectStore('projects');
    const all = (await done(projects.getAll())) as (StoredProject & { savedAt: number })[];
    if (wanted !== undefined) await done(projects.put(wanted));
    database.close();
    return all.sort((a, b) => b.savedAt - a.savedAt).at(0) ?? null;
  }, replacement);
}

/** Whether the rows themselves are stored. */
export function hasStoredRows(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const [{ name = '' }] = await indexedDB.databases();
    return new Promise<boolean>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(new Error(String(opening.error)));
      opening.onsuccess = () => {
        const database = opening.result;
        const counting = database.transaction('rows').objectStore('rows').count();
        counting.onsuccess = () => {
          database.close();
          resolve(counting.result > 0);
        };
      };
    });
  });
}
