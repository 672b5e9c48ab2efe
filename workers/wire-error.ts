import type { WireError } from '../src/contract/api';
import { AppError, CancelledError } from '../src/core/errors';
import { asOutOfMemory } from '../src/core/out-of-memory';

/** An exception as a value that crosses to the page whole. What is not ours becomes `internal`, with its message. */
export function toWireError(error: unknown): WireError {
  if (error instanceof CancelledError) return { cancelled: true };
  const known = error instanceof AppError ? error : asOutOfMemory(error);
  if (known !== null) return { code: known.code, message: known.message, details: known.details };
  if (error instanceof DOMException && error.name === 'NotReadableError') {
    return {
      code: 'file-unreadable',
      message: 'The file cannot be read any more: it was moved or changed. Drop it again.',
      details: {},
    };
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return {
    code: 'internal',
    message: `Something went wrong in the engine (${name}: ${message}). Your file is unchanged; try again, or report this.`,
    details: {},
  };
}
