import { AppError } from '../src/core/errors';
import type { Later } from './later';

/** Of workers that are a single script. */
declare function importScripts(address: string): void;

/** Where the script leaves what it has. */
export const laterName = 'tesseraLater';

/**
 * The rest of the worker's code, fetched once, from the page's own host.
 *
 * @param address of the script (`later.worker.ts`, as it was built); undefined where modules can import each other
 * @throws AppError `worker-failed` where it cannot be fetched; asked again, it is tried again
 */
export function createLaterLoader(address: string | undefined): () => Promise<Later> {
  let later: Promise<Later> | undefined;
  return () => {
    later ??= fetchLater(address).catch((error: unknown) => {
      later = undefined;
      throw error;
    });
    return later;
  };
}

async function fetchLater(address: string | undefined): Promise<Later> {
  // A built worker is a single script: it has no modules to import.
  if (import.meta.env.DEV) return (await import('./later')).later;
  if (address !== undefined) {
    try {
      importScripts(address);
      return (globalThis as unknown as Record<typeof laterName, Later>)[laterName];
    } catch {
      // Told below.
    }
  }
  throw new AppError(
    'worker-failed',
    'A part of the engine could not be loaded. Your results are unharmed; reload the page when there is a connection.',
  );
}
