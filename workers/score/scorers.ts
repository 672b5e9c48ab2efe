import type { Later } from '../later';
import { nextNumber } from '../pool/numbers';
import { orAlone, type Pool } from '../pool/pool';
import { readSlice } from '../read/parse-slice';
import type { SliceScorers } from './score-file';

/** Smaller files are scored before a worker would have started. */
const bytesToShare = 4 * 2 ** 20;

/** Slices of a file, scored by the workers of the pool if there is one and it pays. */
export function scorersFor(
  file: Blob,
  pool: Pool | undefined,
  { createSliceScorer }: Pick<Later, 'createSliceScorer'>,
  laterAddress: string | undefined,
): SliceScorers {
  if (pool === undefined || file.size < bytesToShare) return scorersHere(createSliceScorer);
  return {
    size: pool.size,
    open(job) {
      const id = nextNumber();
      const alone = scorersHere(createSliceScorer).open(job);
      return {
        score: (task) =>
          orAlone(
            () =>
              pool.run(async (member) => {
                await member.give(id, (api) => api.loadScorer(id, job, laterAddress));
                return member.call((api) => api.scoreSlice(id, task));
              }),
            () => alone.score(task),
          ),
        close: () => pool.forget(id),
      };
    },
  };
}

/** In this thread. */
export function scorersHere(createSliceScorer: Later['createSliceScorer']): SliceScorers {
  return {
    size: 1,
    open(job) {
      const score = createSliceScorer(job);
      return {
        score: async (task) => {
          const slice = await readSlice(task);
          return slice && score(slice);
        },
        close: () => undefined,
      };
    },
  };
}
