/** Every way in which the pipeline refuses to go on. The page switches on the code; the message is for people. */
export type ErrorCode =
  // reading
  | 'file-empty'
  | 'file-header-only'
  | 'file-not-a-table'
  | 'file-unreadable'
  | 'file-too-large'
  | 'quote-never-closed'
  // fitness of the table for segmentation
  | 'too-few-rows'
  | 'too-few-columns'
  | 'no-numeric-column'
  | 'rows-identical'
  | 'k-too-large'
  | 'not-finite'
  // settings, models and projects from outside
  | 'setting-invalid'
  | 'formula-invalid'
  | 'recipe-invalid'
  | 'model-invalid'
  | 'model-too-new'
  | 'model-columns-missing'
  | 'project-invalid'
  | 'project-too-new'
  | 'link-invalid'
  | 'link-too-new'
  // the browser's store
  | 'storage-unavailable'
  // the machine
  | 'out-of-memory'
  | 'engine-failed'
  | 'worker-failed'
  | 'internal';

export type ErrorDetails = Readonly<Record<string, string | number>>;

/**
 * A refusal that the user can act on. `message` names the thing, the place and the way out;
 * `details` carries the same facts (file, line, column, both numbers) for scripts.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  /** By its name: the code of the worker is two scripts (`workers/later.ts`), and each has a class of its own. */
  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return value instanceof Error && value.name === 'AppError';
  }
}

/** Thrown between two pieces of work after the user cancelled. Never shown. */
export class CancelledError extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'AbortError';
  }

  /** By its name, as `AppError`. A DOMException of an aborted signal counts as well. */
  static override [Symbol.hasInstance](value: unknown): value is CancelledError {
    return value instanceof Error && value.name === 'AbortError';
  }
}
