import { transfer } from 'comlink';
import type { Result } from '../../src/contract/api';
import type { LoadedMatrix, Partition } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import { growTrees } from '../../src/core/learn/forest';
import type { TrainingSet } from '../../src/core/learn/tree-training';
import { createBreath } from '../breath';
import { createSimdEngine, type Shard } from '../engines/simd';
import { createLaterLoader } from '../load-later';
import { parseSlice, readSlice, type SliceOfLines } from '../read/parse-slice';
import { buffersOf } from '../read/slice-types';
import type { ScoredPart } from '../score/job';
import { toWireError } from '../wire-error';
import type { MemberApi } from './member-api';

/** A worker of the pool: kernels with vectors, and what was given to it. It decides nothing. */
export function createMember(): MemberApi {
  const engine = createSimdEngine();
  // Without vectors every call says so.
  engine.catch(() => undefined);
  const matrices = new Map<number, LoadedMatrix>();
  const shards = new Map<number, Shard>();
  const trainings = new Map<number, TrainingSet>();
  const scorers = new Map<number, (slice: SliceOfLines) => ScoredPart>();
  const partitions = new Map<number, Partition>();
  const rest = createBreath(() => false);

  return {
    ping: () => Promise.resolve(),
    parse: (task) => answer(() => parseSlice(task), buffersOf),
    load: (id, X) =>
      answer(async () => {
        matrices.set(id, (await engine).load(X));
      }),
    seed: (id, nClusters, seed, restart) =>
      answer(
        () => found(matrices, id).seed(nClusters, seed, restart),
        (rows) => [rows.buffer],
      ),
    descend: (id, starts, stop) =>
      answer(
        () => found(matrices, id).descend(starts, stop, rest),
        ({ best }) => [best.labels.buffer],
      ),
    distanceSums: (id, runs, range) =>
      answer(
        () => found(matrices, id).distanceSums(runs, rest, range),
        (sums) => [sums.buffer],
      ),
    loadTraining: (id, set) =>
      answer(() => {
        trainings.set(id, set);
      }),
    growTrees: (id, params, first, end) =>
      answer(
        async () => {
          const ctx = { engine: await engine, breathe: rest, progress: () => undefined };
          return growTrees(found(trainings, id), params, { first, end }, ctx);
        },
        (trees) => trees.map(({ buffer }) => buffer),
      ),
    loadScorer: (id, job, laterAddress) =>
      answer(async () => {
        const { createSliceScorer } = await createLaterLoader(laterAddress)();
        scorers.set(id, createSliceScorer(job));
      }),
    scoreSlice: (id, task) =>
      answer(async () => {
        const slice = await readSlice(task);
        return slice && found(scorers, id)(slice);
      }),
    openShard: (id, nSamples, nFeatures) =>
      answer(async () => {
        shards.set(id, (await engine).openShard(nSamples, nFeatures));
      }),
    addToShard: (id, rows, first) =>
      answer(
        () => {
          found(shards, id).add(rows, first);
          return rows.data;
        },
        (room) => [room.buffer],
      ),
    openPartition: (id, shard, nClusters) =>
      answer(() => {
        partitions.set(id, found(shards, shard).partition(nClusters));
      }),
    move: (id, centers) => answer(() => found(partitions, id).move(centers)),
    labels: (id) =>
      answer(
        () => found(partitions, id).labels(),
        (labels) => [labels.buffer],
      ),
    inertias: (id, centers) => answer(() => found(partitions, id).inertias(centers)),
    closePartition: (id) => answer(() => close(partitions, id)),
    forget: (id) =>
      answer(() => {
        close(matrices, id);
        close(shards, id);
        trainings.delete(id);
        scorers.delete(id);
      }),
  };
}

/** @param parts what is handed over instead of copied */
async function answer<T>(
  work: () => T | Promise<T>,
  parts: (value: T) => ArrayBufferLike[] = () => [],
): Promise<Result<T>> {
  try {
    const value = await work();
    return transfer({ ok: true, value }, parts(value) as ArrayBuffer[]);
  } catch (error) {
    return { ok: false, error: toWireError(error) };
  }
}

function found<T>(things: ReadonlyMap<number, T>, id: number): T {
  const thing = things.get(id);
  if (thing === undefined) throw new AppError('internal', `A worker was not given number ${id}.`);
  return thing;
}

function close(things: Map<number, { dispose(): void }>, id: number): void {
  things.get(id)?.dispose();
  things.delete(id);
}
