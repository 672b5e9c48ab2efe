import type { Descent, Engine, LoadedMatrix, RowRuns } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import { descend } from '../../src/core/learn/lloyd';
import { ComputedMatrix, type Matrix } from '../../src/core/matrix';
import { bytesPerCopy, mostCopiedBytes } from '../../src/core/memory';
import type { Member } from './member-handle';
import { nextNumber } from './numbers';
import { growForestOn } from './pooled-forest';
import { orAlone, type Pool } from './pool';
import { shardedPartitions } from './sharded-partition';

/** Values of a matrix from which one descent is shared by rows; below, whole descents are dealt out. */
const valuesToShare = 2 ** 20;
/** Rows below which sending costs more than computing. */
const fewestRows = 512;
/** Pieces per worker of what is divided by rows, so that a quick one can take more. */
const piecesEach = 4;
/** The same for starts of K-Means. */
const startPiecesEach = 2;

/**
 * The same engine, sharing with a pool what can be shared: starts of K-Means, one each, and silhouettes by rows; of large
 * matrices the rows of one descent. Results do not depend on the pool, to the last bit. Where its workers keep stopping,
 * the engine goes on alone.
 */
export function createPooledEngine(alone: Engine, pool: Pool): Engine {
  return {
    id: alone.id,
    get detail() {
      return pool.broken === undefined ? alone.detail : `${alone.detail}. ${pool.broken}`;
    },
    get nWorkers() {
      return pool.broken === undefined ? pool.size : 1;
    },
    load: (X) => load(X, alone, pool),
    searchClusters: (centers, sizes, nFeatures) => alone.searchClusters(centers, sizes, nFeatures),
    // Each batch needs the weights that the one before has left: nothing to share.
    network: (layers, batchSize, sameBits) => alone.network(layers, batchSize, sameBits),
    // Sorted in less time than sent and shared.
    rankColumns: (...columns) => alone.rankColumns(...columns),
    // A node can be split when its parent is: there is one to begin with.
    splitter: (set, weights, minSamplesLeaf) => alone.splitter(set, weights, minSamplesLeaf),
    growForest: (set, params, ctx) =>
      orAlone(
        () => growForestOn(pool, set, params, ctx),
        () => alone.growForest(set, params, ctx),
      ),
  };
}

function load(X: Matrix, alone: Engine, pool: Pool): LoadedMatrix {
  const own = alone.load(X);
  if (X.nSamples < fewestRows) return own;
  const id = nextNumber();
  const nValues = X.nSamples * X.nFeatures;
  const isLarge = nValues >= valuesToShare;
  const copiedBytes = bytesPerCopy * nValues * pool.size;
  const fits = !(X instanceof ComputedMatrix) && copiedBytes <= mostCopiedBytes;
  const shards = shardedPartitions(X, pool);

  /** Gives the whole matrix to a worker that has not got it. */
  const withMatrix =
    <T>(work: (member: Member) => Promise<T>) =>
    async (member: Member): Promise<T> => {
      await member.give(id, (api) => api.load(id, X));
      return work(member);
    };

  return {
    ...own,
    partition: (nClusters) => own.partition(nClusters),
    seed: (nClusters, seed, restart) =>
      fits
        ? orAlone(
            () =>
              pool.run(
                withMatrix((member) =>
                  member.call((api) => api.seed(id, nClusters, seed, restart)),
                ),
              ),
            () => own.seed(nClusters, seed, restart),
          )
        : own.seed(nClusters, seed, restart),
    descend: (starts, stop, rest) =>
      orAlone(
        () =>
          !fits || (isLarge && starts.length === 1)
            ? pool.together((members) =>
                descend(X, { partition: shards.on(members) }, starts, stop, rest),
              )
            : dealOut(starts, isLarge ? starts.length : pool.size * startPiecesEach, (some) =>
                pool.run(
                  withMatrix(async (member) => {
                    await rest();
                    return member.call((api) => api.descend(id, some, stop));
                  }),
                  starts.length === 1,
                ),
              ),
        () => own.descend(starts, stop, rest),
      ),
    distanceSums: (runs, rest, range) =>
      fits && range === undefined
        ? orAlone(
            () =>
              divide(runs, pool.size * piecesEach, rest, (piece) =>
                pool.run(
                  withMatrix((member) => member.call((api) => api.distanceSums(id, runs, piece))),
                ),
              ),
            () => own.distanceSums(runs, rest),
          )
        : own.distanceSums(runs, rest, range),
    dispose() {
      own.dispose();
      pool.forget(id);
      shards.dispose();
    },
  };
}

/** All starts at once, a few to a piece: a worker waits between two pieces. Keeps the best run only. */
async function dealOut(
  starts: readonly Float64Array[],
  nPieces: number,
  work: (starts: readonly Float64Array[]) => Promise<Descent>,
): Promise<Descent> {
  if (starts.length === 0) {
    throw new AppError('setting-invalid', 'K-Means needs at least one start.');
  }
  const size = Math.ceil(starts.length / nPieces);
  const pieces: Promise<Descent>[] = [];
  for (let first = 0; first < starts.length; first += size) {
    pieces.push(work(starts.slice(first, first + size)));
  }
  const descents = await Promise.all(pieces);
  return {
    best: descents.map(({ best }) => best).reduce((a, b) => (b.inertia < a.inertia ? b : a)),
    inertias: descents.flatMap(({ inertias }) => inertias),
  };
}

/** Positions in pieces of whole blocks of rows, put together in order. */
async function divide(
  { rows, nSlots }: RowRuns,
  nPieces: number,
  rest: (share: number) => Promise<void>,
  work: (range: { first: number; end: number }) => Promise<Float64Array>,
): Promise<Float64Array> {
  const sums = new Float64Array(rows.length * nSlots);
  const step = 8 * Math.ceil(rows.length / nPieces / 8);
  let done = 0;
  const pieces = [];
  for (let first = 0; first < rows.length; first += step) {
    const range = { first, end: Math.min(rows.length, first + step) };
    pieces.push(
      work(range).then(async (piece) => {
        sums.set(piece, first * nSlots);
        await rest((done += range.end - first) / rows.length);
      }),
    );
  }
  await Promise.all(pieces);
  return sums;
}
