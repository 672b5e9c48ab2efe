import * as changes from '../storage/project-changes';
import type { Deleted } from '../storage/project-changes';
import { newId, storageProblem } from './open-project';
import type { Workbench } from './workbench.svelte';

export type { Deleted };

/*
 * What is done with projects that lie in the store. Each looks at the store again when it is done. A failure is told on
 * the page, and leaves the store as it was.
 */

export async function renameProject(workbench: Workbench, id: string, name: string): Promise<void> {
  await guarded(workbench, async ({ projects }) => {
    await projects.flush();
    await changes.rename(projects.store, id, name);
  });
}

export async function duplicateProject(workbench: Workbench, id: string): Promise<void> {
  await guarded(workbench, async ({ projects }) => {
    await projects.flush();
    await changes.duplicate(projects.store, id, newId(), Date.now());
  });
}

export async function deleteProject(workbench: Workbench, id: string): Promise<Deleted | null> {
  let deleted: Deleted | null = null;
  await guarded(workbench, async ({ projects }) => {
    await projects.flush();
    deleted = await changes.remove(projects.store, id);
    if (projects.current?.id === id) projects.forgetCurrent();
    // There may be room now for what could not be written.
    await projects.flush();
  });
  return deleted;
}

export async function putBack(workbench: Workbench, deleted: Deleted): Promise<void> {
  await guarded(workbench, ({ projects }) => changes.putBack(projects.store, deleted));
}

/**
 * Keeps the file of the project that is being worked on, or no longer.
 *
 * @returns what the browser says about how long it keeps it
 */
export async function keepRows(workbench: Workbench, isKept: boolean): Promise<string> {
  const { projects, source } = workbench;
  workbench.keep();
  await projects.flush();
  const { current } = projects;
  if (current === null || source?.kind !== 'file') return '';
  try {
    await changes.keepRows(projects.store, current.id, isKept ? source.blob : null);
  } catch (error) {
    return isKept && error instanceof Error && error.name === 'QuotaExceededError'
      ? `There is no room for this file in the browser’s store: it was not kept. Your settings are.`
      : storageProblem(error);
  } finally {
    await projects.refresh().catch(() => undefined);
  }
  if (!isKept) return 'The file is no longer kept.';
  return (await isPersistent())
    ? 'Kept. The browser has agreed not to delete it by itself.'
    : 'Kept, but the browser may delete it when room gets short; Safari deletes what was not used for seven days. Save the project as a file to be sure.';
}

/** Absent where the page came over plain http. */
function storageManager(): StorageManager | undefined {
  return (globalThis as { navigator?: { storage?: StorageManager } }).navigator?.storage;
}

async function isPersistent(): Promise<boolean> {
  const persisted = storageManager()?.persist();
  return persisted?.catch(() => false) ?? false;
}

/** Bytes that this page and others of its host use, and may use; null where the browser does not say. */
export async function storageUse(): Promise<{ usage: number; quota: number } | null> {
  const estimate = await storageManager()
    ?.estimate()
    .catch(() => undefined);
  const { usage, quota } = estimate ?? {};
  return usage === undefined || quota === undefined ? null : { usage, quota };
}

async function guarded(
  workbench: Workbench,
  work: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  try {
    await work(workbench);
  } catch (error) {
    workbench.notice = storageProblem(error);
  }
  await workbench.projects.refresh().catch(() => undefined);
}
