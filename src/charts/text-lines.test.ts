import { describe, expect, it } from 'vitest';
import { linesOf, type Box } from './text-lines';

/** Letters of 10 × 16 pixels, a new line after so many. */
const page = (perLine: number) => (from: number, to: number) => {
  const line = Math.floor(from / perLine);
  const left = (from % perLine) * 10;
  return { left, right: left + (to - from) * 10, top: line * 20, bottom: line * 20 + 16 };
};
const everything: Box = { left: -1e9, right: 1e9, top: -1e9, bottom: 1e9 };

describe('lines of a text', () => {
  it('are told apart by where the words stand', () => {
    const lines = linesOf('one two  three', page(9), everything);
    expect(lines.map(({ text, top, left, right }) => ({ text, top, left, right }))).toEqual([
      { text: 'one two', top: 0, left: 0, right: 70 },
      { text: 'three', top: 20, left: 0, right: 50 },
    ]);
  });

  it('are one where it is not broken, and none where nothing stands', () => {
    expect(linesOf('a b c', page(100), everything)).toHaveLength(1);
    expect(linesOf(' \n ', page(100), everything)).toEqual([]);
    expect(linesOf('hidden', () => null, everything)).toEqual([]);
  });

  it('are told apart within a word that is broken', () => {
    const inTwo = (from: number, to: number): Box => {
      const [a, b] = [page(4)(from, from + 1), page(4)(to - 1, to)];
      return { left: a.top === b.top ? a.left : 0, right: b.right, top: a.top, bottom: b.bottom };
    };
    expect(linesOf('BALANCE', inTwo, everything).map(({ text }) => text)).toEqual(['BALA', 'NCE']);
  });

  it('are left out where they are not seen', () => {
    const clip = { ...everything, top: 0, bottom: 16 };
    expect(linesOf('one two  three', page(9), clip).map(({ text }) => text)).toEqual(['one two']);
  });

  it('end with dots where they run out of sight', () => {
    const [line] = linesOf('a long name', page(100), { ...everything, right: 65 });
    expect(line.text).toBe('a lon…');
    expect(line.right).toBe(65);
  });
});
