/** Pieces of work that wait for a free place. */
export interface Turns {
  /** Runs `work` once one of the places is free. Urgent work goes before all that waits. */
  take<T>(work: (place: number) => Promise<T>, urgent?: boolean): Promise<T>;
}

/**
 * @param nPlaces how many pieces of work are under way at once; each has a place of its own, from 0
 */
export function createTurns(nPlaces: number): Turns {
  const free = Array.from({ length: nPlaces }, (_, place) => place);
  const waiting: ((place: number) => void)[] = [];
  const leave = (place: number) => {
    const next = waiting.shift();
    if (next === undefined) free.unshift(place);
    else next(place);
  };
  return {
    async take(work, urgent = false) {
      const place =
        free.shift() ??
        (await new Promise<number>((resolve) => {
          if (urgent) waiting.unshift(resolve);
          else waiting.push(resolve);
        }));
      try {
        return await work(place);
      } finally {
        leave(place);
      }
    },
  };
}
