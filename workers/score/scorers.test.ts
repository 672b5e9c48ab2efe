import { beforeAll, describe, expect, it } from 'vitest';
import { startThread } from '../../tests/helpers/threads';
import { quickRecipe, runPipeline, sampleText } from '../../tests/helpers/pipeline';
import { plainScoring } from '../../src/contract/scoring';
import { CancelledError } from '../../src/core/errors';
import type { SegmentModel } from '../../src/core/model';
import { createMember } from '../pool/member';
import { createPool } from '../pool/pool';
import { scoreFile, type ScoreContext } from './score-file';
import { scoreHere } from './score-for-test';
import { createSliceScorer } from './score-slice';
import { scorersFor, scorersHere } from './scorers';
import { createBlobSink } from './sink';

describe('a file scored by a pool of workers', () => {
  const text = sampleText(400);
  /** Large enough for a pool to be asked. */
  const large = new Blob([new Uint8Array(5 * 2 ** 20)]);
  let model: SegmentModel;
  beforeAll(async () => {
    ({ model } = await runPipeline(sampleText(300), quickRecipe));
  });

  async function score(more: Partial<ScoreContext>, sliceBytes = 3000) {
    const sink = createBlobSink();
    const ctx = {
      progress: () => undefined,
      breathe: () => Promise.resolve(),
      scorers: scorersHere(createSliceScorer),
      sink,
      ...more,
    };
    const scored = await scoreFile(new Blob([text]), model, plainScoring, ctx, sliceBytes);
    return { ...scored, text: await (await sink.finish())?.text() };
  }

  it('is the same as scored alone, in the same order', async () => {
    const { csv, collected, ...alone } = await scoreHere(text, model);
    expect(collected).toEqual([]);
    expect(csv.size).toBeGreaterThan(text.length);
    for (const size of [1, 3]) {
      const threads = Array.from({ length: size }, () => startThread(createMember()));
      let next = 0;
      const pool = createPool(size, () => threads[next++]);
      const scorers = scorersFor(large, pool, { createSliceScorer }, undefined);
      expect(await score({ scorers })).toEqual(alone);
      expect(pool.nPieces).toBeGreaterThan(5);
      pool.end();
    }
  });

  it('goes on with another worker, at last alone, when workers stop', async () => {
    const pool = createPool(2, () => {
      const thread = startThread(createMember());
      setTimeout(() => thread.die('stopped'), 5);
      return thread;
    });
    const scorers = scorersFor(large, pool, { createSliceScorer }, undefined);
    const { csv, collected, ...alone } = await scoreHere(text, model);
    expect([csv.size > 0, collected]).toEqual([true, []]);
    expect(await score({ scorers })).toEqual(alone);
    pool.end();
  });

  it('tells how many bytes are done, up to all of them', async () => {
    const told: number[] = [];
    await score({ progress: (done, total) => told.push(done / total) });
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  it('stops where it is told to', async () => {
    let nBreaths = 0;
    let nParts = 0;
    const breathe = () => {
      if (++nBreaths === 3) throw new CancelledError();
      return Promise.resolve();
    };
    const sink = { ...createBlobSink(), add: () => Promise.resolve(void nParts++) };
    await expect(score({ breathe, sink })).rejects.toBeInstanceOf(CancelledError);
    // The header, and three slices.
    expect(nParts).toBe(4);
  });
});
