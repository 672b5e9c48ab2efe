import { transfer } from 'comlink';
import { sumBlockRows, type Partition } from '../../src/core/engine';
import { matrix, writeRows, type Matrix } from '../../src/core/matrix';
import type { Member } from './member-handle';
import type { Pool } from './pool';
import { nextNumber } from './numbers';

/** Rows that are sent at a time. */
const rowsAtATime = 65_536;

interface Shard {
  readonly member: Member;
  readonly first: number;
  readonly end: number;
}

/** Partitions of one matrix whose rows are divided among workers: only centres, sums and counts travel. */
export interface ShardedPartitions {
  /** @returns `LoadedMatrix.partition`, on these workers */
  on(members: readonly Member[]): (nClusters: number) => Partition;
  dispose(): void;
}

export function shardedPartitions(X: Matrix, pool: Pool): ShardedPartitions {
  const id = nextNumber();
  return {
    on: (members) => (nClusters) => partitionOn(shardsOf(X, members), X, id, nClusters),
    dispose: () => pool.forget(id),
  };
}

/** Whole blocks of rows, so that sums over blocks have the same bits for any number of workers. */
function shardsOf({ nSamples }: Matrix, members: readonly Member[]): Shard[] {
  const nBlocks = Math.ceil(nSamples / sumBlockRows);
  return members
    .map((member, i) => ({
      member,
      first: Math.floor((i * nBlocks) / members.length) * sumBlockRows,
      end: Math.min(nSamples, Math.floor(((i + 1) * nBlocks) / members.length) * sumBlockRows),
    }))
    .filter(({ first, end }) => first < end);
}

function partitionOn(
  shards: readonly Shard[],
  X: Matrix,
  id: number,
  nClusters: number,
): Partition {
  const partition = nextNumber();
  const opened = Promise.all(
    shards.map(async (shard) => {
      await give(shard, X, id);
      await shard.member.call((api) => api.openPartition(partition, id, nClusters));
    }),
  );
  opened.catch(() => undefined);
  const all = async <T>(ask: (shard: Shard) => Promise<T>): Promise<T[]> => {
    await opened;
    return Promise.all(shards.map(ask));
  };
  return {
    async move(centers) {
      const parts = await all(({ member }) => member.call((api) => api.move(partition, centers)));
      const [{ sums, counts }] = parts;
      let nChanged = 0;
      parts.forEach((part, p) => {
        nChanged += part.nChanged;
        if (p === 0) return;
        // Exact, whatever the order: the values lie on a grid.
        part.sums.forEach((value, at) => (sums[at] += value));
        part.counts.forEach((value, c) => (counts[c] += value));
      });
      return { sums, counts, nChanged };
    },
    async labels() {
      const labels = new Int32Array(X.nSamples);
      const parts = await all(({ member }) => member.call((api) => api.labels(partition)));
      parts.forEach((part, p) => labels.set(part, shards[p].first));
      return labels;
    },
    async inertias(centers) {
      const parts = await all(({ member }) =>
        member.call((api) => api.inertias(partition, centers)),
      );
      return Float64Array.from(parts.flatMap((part) => Array.from(part)));
    },
    dispose() {
      for (const { member } of shards) {
        member.call((api) => api.closePartition(partition)).catch(() => undefined);
      }
    },
  };
}

/**
 * Gives its rows to a worker that has not got them, a few at a time: a second copy of all would not fit. The memory that
 * they travel in comes back for the next ones, because what is left to the collector stays for long.
 */
function give({ member, first, end }: Shard, X: Matrix, id: number): Promise<void> {
  const { nFeatures } = X;
  return member.give(id, async (api) => {
    const opened = await api.openShard(id, end - first, nFeatures);
    let room = new ArrayBuffer(4 * nFeatures * Math.min(rowsAtATime, end - first));
    for (let row = first; opened.ok && row < end; row += rowsAtATime) {
      const last = Math.min(end, row + rowsAtATime);
      const rows = new Float32Array(room, 0, (last - row) * nFeatures);
      writeRows(X, row, last, rows);
      const piece = transfer(matrix(rows, last - row, nFeatures), [room]);
      const added = await api.addToShard(id, piece, row - first);
      if (!added.ok) return added;
      room = added.value.buffer as ArrayBuffer;
    }
    return opened;
  });
}
