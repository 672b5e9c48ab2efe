import type { SegmentModel } from '../../core/model';
import { writeScorer, type ScorerOptions, type ScorerTarget } from '../../deliver/scorers/targets';

/** The file that a target is saved as. @throws AppError as `writeScorer` */
export function scorerFile(
  model: SegmentModel,
  target: ScorerTarget,
  options: ScorerOptions,
): Blob {
  return asFile(writeScorer(model, target, options));
}

export function asFile(written: string | Uint8Array<ArrayBuffer>): Blob {
  return new Blob([written], {
    type: typeof written === 'string' ? 'text/plain' : 'application/octet-stream',
  });
}
