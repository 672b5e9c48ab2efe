import type { CurvePoint } from '../../charts/curve';
import type { SweepView } from '../../contract/views';
import { countInWords } from '../../core/words';

/** What speaks for a number of segments besides the inertia. */
export const criteria = [
  {
    id: 'silhouette',
    name: 'Silhouette',
    note: 'own segment against the nearest other one; higher is better',
    isBetterHigh: true,
    digits: 3,
  },
  {
    id: 'calinskiHarabasz',
    name: 'Calinski-Harabasz',
    note: 'between segments against within them; higher is better',
    isBetterHigh: true,
    digits: 0,
  },
  {
    id: 'daviesBouldin',
    name: 'Davies-Bouldin',
    note: 'likeness to the most alike other one; lower is better',
    isBetterHigh: false,
    digits: 3,
  },
] as const;

export type Criterion = (typeof criteria)[number];

/** The values of a criterion, where it has one. */
export function curveOf({ candidates }: SweepView, { id }: Pick<Criterion, 'id'>): CurvePoint[] {
  return candidates.flatMap(({ nClusters, [id]: value }) =>
    value === null ? [] : [{ nClusters, value }],
  );
}

/** The point that the criterion likes best, the first of equals; undefined where it has no value at all. */
export function bestOf(
  points: readonly CurvePoint[],
  { isBetterHigh }: Pick<Criterion, 'isBetterHigh'>,
): CurvePoint | undefined {
  const isBetter = (a: number, b: number) => (isBetterHigh ? a > b : a < b);
  return points.reduce<CurvePoint | undefined>(
    (best, point) => (best === undefined || isBetter(point.value, best.value) ? point : best),
    undefined,
  );
}

/** "a mild bend at four" */
export function bendInWords(knee: SweepView['knee']): string {
  if (knee === null) return 'too few points for a bend';
  const at = countInWords(knee.nClusters);
  return knee.bend === 'none'
    ? `no clear bend, the nearest to one at ${at}`
    : `a ${knee.bend} bend at ${at}`;
}
