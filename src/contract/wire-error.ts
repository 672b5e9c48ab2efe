import { AppError, CancelledError } from '../core/errors';
import type { WireError } from './api';

/** An error that crossed as a value, as an exception again. The other way round of the worker's `toWireError`. */
export function toException(error: WireError): Error {
  return error.cancelled
    ? new CancelledError()
    : new AppError(error.code, error.message, error.details);
}
