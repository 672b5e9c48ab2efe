import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { mortal, startMember, watched } from '../../tests/helpers/members';
import { sampleText } from '../../tests/helpers/pipeline';
import { startThread } from '../../tests/helpers/threads';
import { parseHere } from '../read/parse-slice';
import { read } from '../read/read-for-test';
import { createMember } from './member';
import type { MemberThread } from './member-handle';
import { createPool, type Pool } from './pool';
import { parsersFor } from './pooled-parsers';

/** The made-up customers, each with a long note: above 4 MiB, from which on slices are handed out. */
const [header, ...rows] = sampleText(4000).trimEnd().split('\n');
const text = [`${header},note`, ...rows.map((row, i) => `${row},${i}${'x'.repeat(1000)}`)].join(
  '\n',
);
const file = new Blob([text]);
const sliceBytes = 250_000;
const nSlices = Math.ceil(file.size / sliceBytes);

const pools: Pool[] = [];
afterEach(() => {
  for (const pool of pools.splice(0)) pool.end();
});

function poolOf(size: number, spawn: () => MemberThread = startMember): Pool {
  const pool = createPool(size, spawn);
  pools.push(pool);
  return pool;
}

const readBy = (pool: Pool) => read(text, {}, sliceBytes, 'bytes', parsersFor(file, pool));
const alone = await read(text, {}, sliceBytes, 'bytes', parseHere);

describe('slices of a file', () => {
  it('are parsed by the workers, all of them, and are put together as if one had read them', async () => {
    expect(alone.table.nRows).toBe(4000);
    for (const size of [1, 3]) {
      const calls: string[][] = [];
      const pool = poolOf(size, () => {
        calls.push([]);
        return startThread(watched(calls[calls.length - 1]));
      });
      expect(await readBy(pool)).toEqual(alone);
      expect(calls.flat()).toEqual(Array(nSlices).fill('parse'));
      expect(calls).toHaveLength(size);
      for (const own of calls) expect(own.length).toBeGreaterThan(1);
    }
  });

  it('of a small file, or without a pool, are parsed by whoever asks', () => {
    const pool = poolOf(2);
    expect(parsersFor(new Blob([rows.join('\n')]), pool)).toBe(parseHere);
    expect(parsersFor(file, undefined)).toBe(parseHere);
    expect(parsersFor(file, pool).size).toBe(2);
  });

  it('are parsed by another worker when one stops', async () => {
    let started = 0;
    const pool = poolOf(2, () => mortal('parse', 'error', started++ === 0));
    expect(await readBy(pool)).toEqual(alone);
    expect(started).toBe(3);
    expect(pool.nPieces).toBe(nSlices + 1);
    expect(pool.broken).toBeUndefined();
  });

  it('are parsed by whoever asks when all workers stop', async () => {
    let started = 0;
    const pool = poolOf(2, () => {
      started++;
      return mortal('parse', 'error', true);
    });
    expect(await readBy(pool)).toEqual(alone);
    expect(started).toBeGreaterThan(2);
    expect(pool.broken).toMatch(/kept stopping/);
  });

  it('are parsed by ever new workers when each stops after a few', async () => {
    let started = 0;
    const pool = poolOf(2, () => {
      started++;
      const api = createMember();
      let nParsed = 0;
      const thread = startThread({
        ...api,
        parse(task) {
          if (nParsed++ < 3) return api.parse(task);
          thread.die('out of memory');
          return new Promise(() => undefined);
        },
      });
      return thread;
    });
    expect(await readBy(pool)).toEqual(alone);
    expect(started).toBeGreaterThanOrEqual(Math.floor(nSlices / 3));
    expect(pool.broken).toBeUndefined();
  });

  it('that cannot be read any more refuse the file by name: another worker could not either', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tessera-'));
    const path = join(folder, 'customers.csv');
    await writeFile(path, text);
    const gone = await openAsBlob(path);
    await rm(folder, { recursive: true });
    let started = 0;
    const pool = poolOf(2, () => {
      started++;
      const api = createMember();
      return startThread({ ...api, parse: (task) => api.parse({ ...task, blob: gone }) });
    });
    await expect(readBy(pool)).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(started).toBe(2);
    expect(pool.broken).toBeUndefined();
  });
});
