import type { Page } from '@playwright/test';

/** The part of a stored session that the tests read or spoil. */
export interface StoredSession {
  source: { name: string };
  recipe: { clean: { steps: { kind: string; rule?: string }[] } };
}

/**
 * Reads the session behind the page's back, or puts another in its place.
 *
 * @param replacement anything, also what is no session
 */
export function storedSession(page: Page, replacement?: unknown): Promise<StoredSession | null> {
  return page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(String(request.error)));
      });
    const [{ name = '' }] = await indexedDB.databases();
    const database = await done(indexedDB.open(name));
    const entries = database.transaction('entries', 'readwrite').objectStore('entries');
    const value = (await done(entries.get('session'))) as StoredSession | undefined;
    if (wanted !== undefined) await done(entries.put(wanted, 'session'));
    database.close();
    return value ?? null;
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
