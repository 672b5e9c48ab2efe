import { AppError } from '../../src/core/errors';

/**
 * A trap, or a memory that cannot grow, ends the use of this engine and not that of the page.
 *
 * @throws AppError `engine-failed`
 */
export function guard<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('engine-failed', `WebAssembly could not be used: ${reason}`);
  }
}
