import { AppError } from '../../src/core/errors';

export function cardGone(): AppError {
  return new AppError(
    'engine-failed',
    'The graphics card was taken away from this page, or ran out of memory.',
  );
}

/** What goes wrong on a card ends the use of this engine and not that of the page. */
export function cardFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('engine-failed', `The graphics card could not be used: ${reason}`);
}
