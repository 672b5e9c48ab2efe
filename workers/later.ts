import { laterRuns } from '../src/core/later-steps';
import { labelledCsv, scoreTable } from './label-csv';
import { answers } from './queries';

/**
 * What the worker can do besides the steps of the story: later steps, questions, files. A script of its own, which the
 * worker fetches when it has started (`load-later.ts`).
 */
export const later = { runs: laterRuns, answers, labelledCsv, scoreTable };

export type Later = typeof later;
