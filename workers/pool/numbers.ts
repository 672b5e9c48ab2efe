let last = 0;

/** A number that nothing else in this worker has: under it a member of the pool keeps what it was given. */
export function nextNumber(): number {
  return ++last;
}
