import { influence as leaveOut } from '../../src/core/judge/influence';
import { tellInfluence } from '../../src/core/judge/influence-words';
import { meansOf, pinnedFrom } from '../../src/core/judge/identity';
import { rowSilhouettes } from '../../src/core/judge/silhouette';
import { silhouetteProfiles } from '../../src/core/judge/silhouette-profile';
import { dendrogram as drawTree } from '../../src/core/learn/dendrogram';
import { rowsToJudgeBy } from '../../src/core/learn/sweep';
import type { Answer, Known } from './known';

export const formed: Answer<'formed'> = async (_, known) => {
  const encoded = await known.outputOf('encode');
  const { fits } = await known.outputOf('sweep');
  const { prototypes } = await known.outputOf('cluster');
  const { labels, nClusters } = fits[prototypes.clusterOf.length - 1];
  const { means } = meansOf(encoded, labels, nClusters);
  const segments = means.map((own) => ({ columns: own.map((mean) => ({ mean })) }));
  return pinnedFrom({ overall: encoded.features, segments });
};

export const silhouettes: Answer<'silhouettes'> = async (_, known) => {
  const values = await silhouettesOf(known);
  const { fit } = await known.outputOf('cluster');
  return silhouetteProfiles(values, fit.labels, fit.nClusters);
};

export const influence: Answer<'influence'> = async (_, known) => {
  const { X } = await known.outputOf('space');
  const { fits } = await known.outputOf('sweep');
  const { prototypes } = await known.outputOf('cluster');
  const { segments } = await known.outputOf('profile');
  const clusterOf = Array.from(prototypes.clusterOf);
  const found = await known.remember('influence', () =>
    leaveOut(X, fits[clusterOf.length - 1], known.recipe.sweep, known.ctx),
  );
  return tellInfluence(
    found,
    clusterOf,
    segments.map(({ name }) => name),
  );
};

export const dendrogram: Answer<'dendrogram'> = async (_, known) => {
  const ward = await known.outputOf('ward');
  const { fits } = await known.outputOf('sweep');
  const { fit } = await known.outputOf('cluster');
  const byNumber = new Map(fits.map((one) => [one.nClusters, one]));
  return known.remember('dendrogram', () =>
    drawTree(ward, fit, byNumber.set(fit.nClusters, fit), known.ctx),
  );
};

/** By kept row, in the space that segments are formed in; NaN beyond the sample that very many rows are judged by. */
export async function silhouettesOf(known: Known): Promise<Float64Array> {
  const { fit } = await known.outputOf('cluster');
  const { X } = await known.outputOf('space');
  if (fit.nClusters < 2) return new Float64Array(fit.labels.length).fill(NaN);
  return known.remember('silhouettes', async () => {
    const loaded = known.ctx.engine.load(X);
    try {
      const rows = rowsToJudgeBy(X, known.recipe.sweep.seed);
      return await rowSilhouettes(loaded, rows, fit, known.ctx);
    } finally {
      loaded.dispose();
    }
  });
}
