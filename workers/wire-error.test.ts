import { describe, expect, it } from 'vitest';
import { AppError, CancelledError } from '../src/core/errors';
import { toWireError } from './wire-error';

describe('an error on the wire', () => {
  it('of ours keeps code, message and details', () => {
    const error = new AppError('k-too-large', 'Choose at most 3.', { nClusters: 5, limit: 3 });
    expect(toWireError(error)).toEqual({
      code: 'k-too-large',
      message: 'Choose at most 3.',
      details: { nClusters: 5, limit: 3 },
    });
  });

  it('of a cancel is just that', () => {
    expect(toWireError(new CancelledError())).toEqual({ cancelled: true });
  });

  it('of a file that has gone tells to drop it again', () => {
    const gone = new DOMException('gone', 'NotReadableError');
    expect(toWireError(gone)).toMatchObject({ code: 'file-unreadable' });
  });

  it('of memory that is not there tells what to do', () => {
    const wired = toWireError(new RangeError('Array buffer allocation failed'));
    expect(wired).toMatchObject({ code: 'out-of-memory', details: {} });
    expect(wired).toHaveProperty('message', expect.stringContaining('drop a sample of the rows'));
  });

  it('of anything else is internal, with its name and message', () => {
    const wired = toWireError(new RangeError('Invalid array length'));
    expect(wired).toMatchObject({ code: 'internal', details: {} });
    expect(wired).toHaveProperty('message', expect.stringContaining('RangeError: Invalid array'));
    expect(toWireError('a word')).toHaveProperty('message', expect.stringContaining('a word'));
  });

  it('crosses as it is', () => {
    const wired = toWireError(new AppError('not-finite', 'm', { value: 1e308 }));
    expect(structuredClone(wired)).toEqual(wired);
  });
});
