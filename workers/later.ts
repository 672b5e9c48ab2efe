import { laterCode } from '../src/core/later-steps';
import { answers } from './queries';
import { scoreFile } from './score/score-file';
import { createSliceScorer } from './score/score-slice';
import { createBlobSink, createFileSink } from './score/sink';

/**
 * What the worker can do besides the steps of the story: later steps, questions, files. A script of its own, which the
 * worker fetches when it has started (`load-later.ts`).
 */
export const later = {
  runs: laterCode,
  answers,
  scoreFile,
  createSliceScorer,
  createBlobSink,
  createFileSink,
};

export type Later = typeof later;
