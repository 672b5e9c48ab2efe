import { plainScoring, type ScoredFile, type ScoreSettings } from '../../src/contract/scoring';
import type { SegmentModel } from '../../src/core/model';
import type { Collected } from './job';
import { scoreFile } from './score-file';
import { createSliceScorer } from './score-slice';
import { scorersHere } from './scorers';
import { createBlobSink } from './sink';

interface Scored extends Omit<ScoredFile, 'csv'> {
  readonly csv: Blob;
  readonly text: string;
  readonly collected: readonly Collected[];
}

/** A file scored in this thread. */
export async function scoreHere(
  content: BlobPart,
  model: SegmentModel,
  settings: Partial<ScoreSettings> = {},
  sliceBytes?: number,
): Promise<Scored> {
  const sink = createBlobSink();
  let collected: Collected[] = [];
  const scored = await scoreFile(
    new Blob([content]),
    model,
    { ...plainScoring, ...settings },
    {
      progress: () => undefined,
      breathe: () => Promise.resolve(),
      scorers: scorersHere(createSliceScorer),
      sink,
      onStart: () => (collected = []),
      onCollected: (part) => collected.push(part),
    },
    sliceBytes,
  );
  const csv = (await sink.finish()) ?? new Blob();
  return { ...scored, csv, text: await csv.text(), collected };
}

/** Lines without their ends; a line end at the end of the file begins no other. */
export function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}
