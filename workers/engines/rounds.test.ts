import { describe, expect, it } from 'vitest';
import { createRounds } from './rounds';

describe('work that is done together', () => {
  function watched(nMembers: number) {
    const rounds: number[][] = [];
    const work = (pieces: readonly number[]) => {
      rounds.push([...pieces]);
      return pieces.includes(13) ? Promise.reject(new Error('unlucky')) : Promise.resolve();
    };
    return { rounds, together: createRounds(nMembers, work) };
  }

  it('begins when everybody has brought a piece', async () => {
    const { rounds, together } = watched(3);
    const pieces = [1, 2].map((piece) => together.take(piece));
    expect(rounds).toEqual([]);
    await Promise.all([...pieces, together.take(3)]);
    expect(rounds).toEqual([[1, 2, 3]]);
  });

  it('does not wait for those who have left', async () => {
    const { rounds, together } = watched(3);
    const first = together.take(1);
    const second = together.take(2);
    together.leave();
    await Promise.all([first, second]);
    const third = together.take(3);
    together.leave();
    await third;
    together.leave();
    expect(rounds).toEqual([[1, 2], [3]]);
  });

  it('that fails, fails for all of the round, and for no other', async () => {
    const { rounds, together } = watched(2);
    const outcomes = await Promise.allSettled([together.take(13), together.take(2)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await Promise.all([together.take(3), together.take(4)]);
    expect(rounds).toHaveLength(2);
  });
});
