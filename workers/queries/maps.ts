import { mapPicture } from '../../src/core/map/map-picture';
import { mapScores } from '../../src/core/map/map-scores';
import { mapShapes as shapesOn } from '../../src/core/map/map-shapes';
import { tellMapTrust, trustMap } from '../../src/core/map/map-trust';
import type { Projection } from '../../src/core/map/projection';
import type { Answer, Known } from './known';

export const map: Answer<'map'> = async ({ projection }, known) => {
  const { fit } = await known.outputOf('cluster');
  const found = await scoresOf(projection, known);
  const { features } = await known.outputOf('encode');
  return mapPicture(projection, found, fit, features);
};

export const mapShapes: Answer<'mapShapes'> = async ({ projection, shape, frame }, known) => {
  const { fit } = await known.outputOf('cluster');
  const { scores } = await scoresOf(projection, known);
  return known.remember(JSON.stringify(['map shapes', projection, shape, frame]), () =>
    Promise.resolve(shapesOn(shape, scores, fit, frame)),
  );
};

export const mapTrust: Answer<'mapTrust'> = async ({ projection }, known) => {
  const { X } = await known.outputOf('scale');
  const { fit } = await known.outputOf('cluster');
  const { scores } = await scoresOf(projection, known);
  const { segments } = await known.outputOf('profile');
  const trust = await known.remember(`map trust ${projection}`, () =>
    trustMap(X, scores, fit, known.recipe.sweep.seed, known.ctx),
  );
  const names = segments.map(({ name }) => name);
  return tellMapTrust(trust, names);
};

export function scoresOf(projection: Projection, known: Known) {
  return known.remember(`map ${projection}`, async () => {
    const [{ X }, pca, { fit }] = await Promise.all([
      known.outputOf('scale'),
      known.outputOf('pca'),
      known.outputOf('cluster'),
    ]);
    return mapScores(projection, { X, pca, fit, seed: known.recipe.sweep.seed }, known.ctx);
  });
}
