import type { RowScores } from '../../src/core/score';
import { missingRule } from '../../src/core/table/missing';
import type { Collected, ScoreJob } from './job';
import { readNumbers, textsOf, type ColumnCells } from './read-inputs';

/** Keeps of each row what the job asks for. */
export function collect(
  { collect: wanted, decimal, missing }: ScoreJob,
  cellsOf: (column: number) => ColumnCells,
  { labels }: RowScores,
): Collected | null {
  if (wanted === null) return null;
  const nobody = { nPresent: 0, nUnreadable: 0, nOtherLevel: 0, nNeither: 0 };
  return {
    keys: textsOf(cellsOf(wanted.key), labels.length),
    values:
      wanted.value === null
        ? null
        : readNumbers(cellsOf(wanted.value), missingRule(missing), decimal, nobody).slice(),
    labels: labels as Int32Array<ArrayBuffer>,
  };
}
