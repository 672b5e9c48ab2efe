import type { Matrix } from '../../src/core/matrix';
import type { Card } from './card';
import type { CardChunks } from './card-chunks';
import { projectProgram } from './project-program';
import { spotCheckScores } from './settle';

/**
 * `LoadedMatrix.project` in float32: scores are for the map alone, and may differ from the reference's in the last
 * digits.
 *
 * @throws AppError `engine-failed`
 */
export async function projectOnCard(
  card: Card,
  X: Matrix,
  chunks: CardChunks,
  components: Float64Array,
  nComponents: number,
): Promise<Float32Array> {
  const { nSamples, nFeatures } = X;
  const width = 2 * Math.ceil(nComponents / 2);
  const loadings = new Float32Array(width * nFeatures);
  loadings.set(components.subarray(0, nComponents * nFeatures));
  const scores = new Float32Array(nSamples * nComponents);
  const onCard = card.upload(loadings, width, nFeatures);
  const program = projectProgram(chunks.rows, nFeatures, width);
  await chunks.run(program, onCard, {}, (said, { first, end }) => {
    for (let i = first, at = first * nComponents; i < end; i++) {
      for (let m = 0; m < nComponents; m++) scores[at++] = said[(i - first) * width + m];
    }
  });
  spotCheckScores(X, components, nComponents, scores);
  return scores;
}
