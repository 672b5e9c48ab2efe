import { afterAll, describe, expect, it } from 'vitest';
import { blobs, ctx as plain, matrixOf } from '../../../tests/helpers/context';
import { startThread } from '../../../tests/helpers/threads';
import { createSimdEngine } from '../../../workers/engines/simd';
import { createMember } from '../../../workers/pool/member';
import { createPool } from '../../../workers/pool/pool';
import { createPooledEngine } from '../../../workers/pool/pooled-engine';
import type { Engine } from '../engine';
import { CancelledError } from '../errors';
import { sweep } from '../learn/sweep';
import type { Matrix } from '../matrix';
import { createRandom } from '../random';
import { judgeTrust, trustRows, type Trust } from './trust';

const engine = await createSimdEngine();
const pool = createPool(2, () => startThread(createMember()));
afterAll(() => pool.end());

const params = { nBootstraps: 20, nReferences: 20, seed: 1 };

async function trustOf(X: Matrix, on: Engine = engine, change = {}, kMax = 5): Promise<Trust> {
  const ctx = { ...plain, engine: on };
  const loaded = on.load(X);
  const swept = await sweep(X, loaded, { kMax, nInit: 3, seed: 1 }, ctx);
  loaded.dispose();
  return judgeTrust(X, swept, params, { ...ctx, ...change });
}

const toMillionths = (value: number) => Math.round(value * 1e6) / 1e6;
const rounded = (trust: Trust): Trust => ({
  ...trust,
  candidates: trust.candidates.map((candidate) => ({
    ...candidate,
    silhouette: toMillionths(candidate.silhouette),
    chanceSilhouettes: {
      shuffled: toMillionths(candidate.chanceSilhouettes.shuffled),
      gaussian: toMillionths(candidate.chanceSilhouettes.gaussian),
    },
  })),
});

const corners = [
  [0, 0, 0],
  [9, 0, 0],
  [0, 9, 9],
];

function normalCloud(nRows: number, seed: number): Matrix {
  const random = createRandom(seed);
  return matrixOf(Array.from({ length: nRows }, () => [0, 1, 2].map(() => random.normal())));
}

describe('trust', () => {
  it('calls clouds far from each other natural, and recommends as many', async () => {
    const { verdict, recommended, candidates, nRows, nRowsInAll } = await trustOf(
      blobs(corners, 60, 1, 1).X,
    );
    expect([verdict, recommended]).toEqual(['natural', 3]);
    expect(candidates.map(({ nClusters }) => nClusters)).toEqual([2, 3, 4, 5]);
    expect(candidates[1].segments).toEqual(['natural', 'natural', 'natural']);
    expect(candidates[1].predictionStrength).toBeGreaterThan(0.95);
    expect(candidates[2].verdict).not.toBe('natural');
    expect([nRows, nRowsInAll]).toEqual([180, 180]);
  });

  it('finds nothing in one round cloud', async () => {
    const { verdict, candidates } = await trustOf(normalCloud(300, 4));
    expect(verdict).not.toBe('natural');
    expect(candidates.every((candidate) => candidate.verdict !== 'natural')).toBe(true);
  });

  it('is the same whoever computes it, and however many they are', async () => {
    const { X } = blobs(corners, 200, 3, 2);
    const expected = await trustOf(X);
    expect(await trustOf(X, createPooledEngine(engine, pool))).toEqual(expected);
    // Silhouettes of different engines agree within 1e-6 (`engine.ts`), everything else to the last bit.
    expect(rounded(await trustOf(X, plain.engine))).toEqual(rounded(expected));
  });

  it('rests on a sample of very many rows', async () => {
    const { X } = blobs(corners, 4000, 1, 3);
    const { nRows, nRowsInAll, verdict, recommended } = await trustOf(X, engine, {}, 4);
    expect([nRows, nRowsInAll]).toEqual([trustRows, 12_000]);
    expect([verdict, recommended]).toEqual(['natural', 3]);
  });

  it('has nothing to say of a handful of rows, or of equal ones', async () => {
    const nothing = { candidates: [], recommended: null, runnerUp: null, verdict: 'none' };
    expect(await trustOf(blobs(corners, 6, 1, 1).X)).toMatchObject(nothing);
    expect(await trustOf(blobs([[0, 0]], 50, 0, 1).X)).toMatchObject(nothing);
  });

  it('survives rows that are nearly all copies', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => (i < 57 ? [0, 0] : [i, i - 57]));
    const { candidates } = await trustOf(matrixOf(rows), engine, {}, 4);
    expect(candidates.map(({ nClusters }) => nClusters)).toEqual([2, 3, 4]);
    expect(candidates.every(({ verdict }) => verdict !== 'natural')).toBe(true);
  });

  it('tells how far it is, never going back, and ends with all of it', async () => {
    const shares: number[] = [];
    const progress = (done: number, total: number) => shares.push(done / total);
    await trustOf(blobs(corners, 20, 1, 1).X, engine, { progress }, 3);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 12);
  });

  it('stops when it is cancelled', async () => {
    let breaths = 0;
    const breathe = () =>
      ++breaths > 30 ? Promise.reject(new CancelledError()) : Promise.resolve();
    const { X } = blobs(corners, 20, 1, 1);
    await expect(trustOf(X, engine, { breathe }, 3)).rejects.toBeInstanceOf(CancelledError);
    expect(breaths).toBeLessThan(60);
  });
});
