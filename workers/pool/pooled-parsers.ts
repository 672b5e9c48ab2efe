import { parseHere } from '../read/parse-slice';
import type { SliceParsers } from '../read/slice-types';
import { orAlone, type Pool } from './pool';

/** Slices of a file, parsed by the workers of a pool: each reads its own bytes. */
export function pooledParsers(pool: Pool): SliceParsers {
  return {
    size: pool.size,
    parse: (task) =>
      orAlone(
        () => pool.run((member) => member.call((api) => api.parse(task))),
        () => parseHere.parse(task),
      ),
  };
}
