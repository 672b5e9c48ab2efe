import { longestProjectName, type Project } from '../contract/project-schema';
import { nextName, readable, type ProjectStore } from './project-store';

/*
 * What is done with projects beside working on them. The page loads it when somebody looks at the list of them. Each is
 * one transaction.
 */

/** An empty name changes nothing. */
export async function rename(store: ProjectStore, id: string, name: string): Promise<void> {
  const transaction = (await store.database()).transaction('projects', 'readwrite');
  const known = readable(await transaction.store.get(id));
  const given = name.trim().slice(0, longestProjectName);
  if (known !== null && given !== '') await transaction.store.put({ ...known, name: given });
  await transaction.done;
}

/** A second project with the same settings, and the file too where that is kept. */
export async function duplicate(
  store: ProjectStore,
  id: string,
  copyId: string,
  savedAt: number,
): Promise<void> {
  const { transaction, projects, rows } = await both(store);
  const known = readable(await projects.get(id));
  const kept = await rows.get(id);
  if (known !== null) {
    await projects.put({ ...known, id: copyId, name: nextName(known.name), savedAt, revision: 1 });
    if (kept !== undefined) await rows.put(kept, copyId);
  }
  await transaction.done;
}

/** What was deleted, until it is put back or gone for good. */
export interface Deleted {
  readonly project: Project;
  /** The file, where it was kept. */
  readonly rows: Blob | null;
}

/** @returns what was deleted, so that it can be put back; null where there was no such project */
export async function remove(store: ProjectStore, id: string): Promise<Deleted | null> {
  const { transaction, projects, rows } = await both(store);
  const known = readable(await projects.get(id));
  const kept = await rows.get(id);
  await Promise.all([projects.delete(id), rows.delete(id), transaction.done]);
  return known === null ? null : { project: known, rows: kept ?? null };
}

export async function putBack(
  store: ProjectStore,
  { project, rows: kept }: Deleted,
): Promise<void> {
  const { transaction, projects, rows } = await both(store);
  await projects.put(project);
  if (kept !== null) await rows.put(kept, project.id);
  await transaction.done;
}

/** @param rows the file, or null to keep none */
export async function keepRows(store: ProjectStore, id: string, rows: Blob | null): Promise<void> {
  const database = await store.database();
  if (rows === null) await database.delete('rows', id);
  else await database.put('rows', rows, id);
}

async function both(store: ProjectStore) {
  const transaction = (await store.database()).transaction(['projects', 'rows'], 'readwrite');
  const [projects, rows] = [transaction.objectStore('projects'), transaction.objectStore('rows')];
  return { transaction, projects, rows };
}
