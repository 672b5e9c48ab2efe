/** The silhouettes of one segment's customers, for a picture: falling, at evenly spaced places. */
export interface SilhouetteProfile {
  /** Customers that were judged: all, or those of the sample. */
  readonly nJudged: number;
  /** NaN where none was. */
  readonly mean: number;
  /** Customers that lie nearer to another segment. */
  readonly nNegative: number;
  /** Falling, in [−1, 1]; the first is the highest, the last the lowest. At most `mostPoints`. */
  readonly values: Float32Array;
}

export interface SilhouetteProfiles {
  /** Over all that were judged. */
  readonly mean: number;
  readonly nJudged: number;
  readonly segments: readonly SilhouetteProfile[];
}

/** As many as a picture can tell apart. */
export const mostPoints = 400;

/**
 * What a silhouette plot shows: of each cluster, the sorted values, thinned to so many that a picture can show.
 * Source: Rousseeuw (1987), "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis".
 *
 * @param values by row, in [−1, 1]; NaN where a row was not judged
 * @param labels cluster of each row, in [0, nClusters)
 */
export function silhouetteProfiles(
  values: Float64Array,
  labels: Int32Array,
  nClusters: number,
): SilhouetteProfiles {
  const byCluster = Array.from({ length: nClusters }, () => [] as number[]);
  values.forEach((value, i) => {
    if (!Number.isNaN(value)) byCluster[labels[i]].push(value);
  });
  const segments = byCluster.map(profileOf);
  const nJudged = byCluster.reduce((sum, { length }) => sum + length, 0);
  const total = segments.reduce((sum, { mean, nJudged: n }) => (n > 0 ? sum + mean * n : sum), 0);
  return { mean: nJudged > 0 ? total / nJudged : NaN, nJudged, segments };
}

function profileOf(values: readonly number[]): SilhouetteProfile {
  const falling = Float64Array.from(values).sort().reverse();
  const nPoints = Math.min(mostPoints, falling.length);
  const last = falling.length - 1;
  return {
    nJudged: falling.length,
    mean: falling.reduce((sum, value) => sum + value, 0) / falling.length,
    nNegative: values.filter((value) => value < 0).length,
    values: Float32Array.from(
      { length: nPoints },
      (_, i) => falling[nPoints > 1 ? Math.round((i * last) / (nPoints - 1)) : 0],
    ),
  };
}
