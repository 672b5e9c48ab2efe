import type { SegmentModel } from '../../core/model';
import { writeScorer, type ScorerOptions, type ScorerTarget } from '../../deliver/scorers/targets';

/** The file that a target is saved as. @throws AppError as `writeScorer` */
export function scorerFile(
  model: SegmentModel,
  target: ScorerTarget,
  options: ScorerOptions,
): Blob {
  return new Blob([writeScorer(model, target, options)], { type: 'text/plain' });
}
