import type { SegmentModel } from '../../src/core/model';
import type { RowScores } from '../../src/core/score';
import type { ScoreTally } from './job';

/** Adds what the rows came to. */
export function countScores(
  { segments }: SegmentModel,
  { labels, distances, filled, nRowsFilled }: RowScores,
  tally: ScoreTally,
): void {
  tally.nRows += labels.length;
  tally.nRowsFilled += nRowsFilled;
  const p99 = segments.map(({ distance }) => distance.p99);
  for (let i = 0; i < labels.length; i++) {
    tally.counts[labels[i]]++;
    if (distances[i] > p99[labels[i]]) tally.nUnlike++;
  }
  filled.forEach((rows, j) => {
    if (rows === null) return;
    for (let i = 0; i < rows.length; i++) tally.filled[j] += rows[i];
  });
}
