import { parseHere } from '../read/parse-slice';
import type { SliceParsers } from '../read/slice-types';
import { orAlone, type Pool } from './pool';

/** Smaller files are read before a worker would have started. */
const bytesToShare = 4 * 2 ** 20;

/** Slices of a file, parsed by the workers of the pool if there is one and it pays: each reads its own bytes. */
export function parsersFor(file: Blob, pool: Pool | undefined): SliceParsers {
  if (pool === undefined || file.size < bytesToShare) return parseHere;
  return {
    size: pool.size,
    parse: (task) =>
      orAlone(
        () => pool.run((member) => member.call((api) => api.parse(task))),
        () => parseHere.parse(task),
      ),
  };
}
