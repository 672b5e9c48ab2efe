/** Pieces of work that wait for a free place. */
export interface Turns {
  /** Runs `work` once one of the places is free. Urgent work goes before all that waits. */
  take<T>(work: (place: number) => Promise<T>, urgent?: boolean): Promise<T>;
  /**
   * Begins nothing that would take the last free place, for some time from now. What is under way goes on; where there
   * is one place only, it stays in use.
   */
  giveWay(milliseconds: number): void;
}

/**
 * @param nPlaces how many pieces of work are under way at once; each has a place of its own, from 0
 */
export function createTurns(nPlaces: number): Turns {
  const free = Array.from({ length: nPlaces }, (_, place) => place);
  const waiting: ((place: number) => void)[] = [];
  let nKept = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = () => {
    while (free.length > nKept) {
      const next = waiting.shift();
      if (next === undefined) return;
      next(free.shift() as number);
    }
  };
  return {
    async take(work, urgent = false) {
      const place = await new Promise<number>((resolve) => {
        if (urgent) waiting.unshift(resolve);
        else waiting.push(resolve);
        begin();
      });
      try {
        return await work(place);
      } finally {
        free.unshift(place);
        begin();
      }
    },
    giveWay(milliseconds) {
      if (nPlaces === 1) return;
      nKept = 1;
      clearTimeout(timer);
      timer = setTimeout(() => {
        nKept = 0;
        begin();
      }, milliseconds);
    },
  };
}
