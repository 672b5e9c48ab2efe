import { describe, expect, it } from 'vitest';
import { AppError, CancelledError } from './errors';

describe('an error of another script', () => {
  it('is known by its name', () => {
    const refusal = Object.assign(new Error('No.'), { name: 'AppError', code: 'internal' });
    expect(refusal instanceof AppError).toBe(true);
    expect(refusal instanceof CancelledError).toBe(false);
    const cancelled = Object.assign(new Error('Cancelled'), { name: 'AbortError' });
    expect(cancelled instanceof CancelledError).toBe(true);
  });

  it('that is something else is something else', () => {
    for (const value of [new Error('AppError'), { name: 'AppError' }, null, 'AppError']) {
      expect(value instanceof AppError).toBe(false);
      expect(value instanceof CancelledError).toBe(false);
    }
    expect(new AppError('internal', 'No.') instanceof AppError).toBe(true);
    expect(new CancelledError() instanceof AppError).toBe(false);
  });
});
