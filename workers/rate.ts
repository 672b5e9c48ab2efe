/** Passes on at most one call per interval (milliseconds); the calls between are dropped. */
export function limitRate<T extends readonly unknown[]>(
  interval: number,
  listener: (...values: T) => void,
): (...values: T) => void {
  let last = -Infinity;
  return (...values) => {
    const now = performance.now();
    if (now - last < interval) return;
    last = now;
    listener(...values);
  };
}
