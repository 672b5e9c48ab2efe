import type { Context } from '../context';

/** After so many values looked at (some milliseconds) a cancel is let through. */
const valuesPerBreath = 500_000;

/** Counts the work done and says when it is time to breathe, so that small pieces need not wait for a promise each. */
export interface Worked {
  on(nValues: number): boolean;
  rest(): Promise<void>;
}

export function countWork(ctx: Pick<Context, 'breathe'>): Worked {
  let done = 0;
  return {
    on: (nValues) => (done += nValues) >= valuesPerBreath,
    rest: () => {
      done = 0;
      return ctx.breathe();
    },
  };
}
