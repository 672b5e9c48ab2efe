import type { Context } from '../context';
import type { LoadedMatrix } from '../engine';
import type { Matrix } from '../matrix';
import { createRandom } from '../random';
import { nullKinds, nullTables, type NullKind } from './null-tables';
import { refit, repeat, whileLoaded } from './refit';
import { silhouettes } from './silhouette';

export interface NullParams {
  /** Ascending. */
  readonly ks: readonly number[];
  /** Tables of each kind. */
  readonly nReferences: number;
  readonly nInit: number;
  readonly seed: number;
}

/** What K-Means finds in one table without groups, by index of `ks`. */
export interface NullFit {
  readonly inertias: readonly number[];
  /** Mean silhouettes; NaN where they mean nothing, and in a box. */
  readonly silhouettes: readonly number[];
}

/** Of larger tables the silhouettes are those of this many rows among themselves. */
const silhouetteRows = 1000;

/**
 * Clusters tables without groups as the data were clustered, to see what chance alone gives. A table in which fewer rows
 * differ than there would be clusters is left out.
 *
 * @param loaded X in the engine
 */
export async function fitNullTables(
  X: Matrix,
  loaded: LoadedMatrix,
  { ks, nReferences, nInit, seed }: NullParams,
  ctx: Context,
): Promise<Record<NullKind, readonly NullFit[]>> {
  const draw = await nullTables(X, loaded, ctx);
  const fits = await repeat(nReferences * nullKinds.length, ctx, (number) => {
    const random = createRandom(seed, number);
    const kind = nullKinds[number % nullKinds.length];
    const table = draw[kind](random);
    // Nobody asks for silhouettes in a box: the other two are harder to tell from data.
    const isJudged = kind !== 'box';
    return fitTable(table, isJudged, { ks, nInit, seed: random.integer(2 ** 32) }, ctx);
  });
  const ofKind = (kind: NullKind) =>
    fits.filter(
      (fit, number): fit is NullFit =>
        fit !== undefined && nullKinds[number % nullKinds.length] === kind,
    );
  return { box: ofKind('box'), shuffled: ofKind('shuffled'), gaussian: ofKind('gaussian') };
}

function fitTable(
  table: Matrix,
  isJudged: boolean,
  params: Omit<NullParams, 'nReferences'>,
  ctx: Context,
): Promise<NullFit | undefined> {
  const { ks } = params;
  return whileLoaded(table, ctx, async (loaded) => {
    const runs = (await refit(table, loaded, params, ctx)).filter((run) => run !== undefined);
    if (runs.length < ks.length) return undefined;
    // Rows come in no order: the first are as good as any.
    const rows = Int32Array.from({ length: Math.min(table.nSamples, silhouetteRows) }, (_, i) => i);
    const judged = ks
      .map((nClusters, at) => ({ nClusters, labels: runs[at].labels }))
      .filter(({ nClusters }) => isJudged && nClusters > 1 && nClusters < rows.length);
    const scores = await silhouettes(loaded, rows, judged, { ...ctx, progress: () => undefined });
    return {
      inertias: runs.map(({ inertia }) => inertia),
      silhouettes: ks.map((k) => {
        const at = judged.findIndex(({ nClusters }) => nClusters === k);
        return at < 0 ? NaN : scores[at].mean;
      }),
    };
  });
}
