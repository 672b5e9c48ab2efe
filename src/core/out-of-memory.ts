import { AppError } from './errors';

/**
 * How browsers say that they have no memory. Only that: most errors of these kinds are mistakes of ours, such as a length
 * below zero, and have to be told as such.
 */
const refusals = [
  // Chromium. A length of hundreds of millions is more than there is room for; a shorter one is a mistake.
  /^RangeError: Array buffer allocation failed/,
  /^RangeError: Invalid typed array length: \d{9,}$/,
  /^RangeError: WebAssembly\.Instance\(\): Out of memory/,
  /^DataCloneError: .*(#<ArrayBuffer> could not be cloned|out of memory)/,
  // Chromium and WebKit
  /^RangeError: WebAssembly\.Memory(\.grow)?\b/,
  // Firefox, which also throws the bare words "out of memory"
  /^RangeError: failed to grow memory/,
  /^InternalError: allocation size overflow/,
  // WebKit, and Firefox
  /^\w*Error: out of memory/i,
];

/** @returns the error for people, where this one says that the browser has no memory for what was asked of it */
export function asOutOfMemory(error: unknown): AppError | null {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (!refusals.some((refusal) => refusal.test(`${name}: ${message}`))) return null;
  return new AppError(
    'out-of-memory',
    'The browser has no memory left for this, so it was stopped. What was computed before is still there. Close other tabs and try again, or let fewer columns form segments, or drop a sample of the rows.',
  );
}
