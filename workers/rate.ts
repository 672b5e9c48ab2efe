/** Passes on at most one call per interval (milliseconds); the calls between are dropped. */
export function limitRate<T>(interval: number, listener: (value: T) => void): (value: T) => void {
  let last = -Infinity;
  return (value) => {
    const now = performance.now();
    if (now - last < interval) return;
    last = now;
    listener(value);
  };
}
