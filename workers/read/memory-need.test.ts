import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors';
import { defaultMemoryBytes } from '../../src/core/memory';
import { readDefaults } from '../../src/core/table/read-params';
import { estimateNeed, refuseTooMuch } from './memory-need';
import { sampleText } from './read-for-test';
import { readTable } from './read-table';
import { guessStart, withoutPreamble } from './table-start';

function startOf(text: string) {
  const preamble = withoutPreamble(text, 'auto', true);
  const start = preamble && guessStart(preamble, text.length, true, readDefaults);
  if (start === null) throw new Error('The text holds no rows.');
  return start;
}

describe('the memory that an analysis takes', () => {
  it('is told by the first rows', () => {
    // Rows of 8 bytes: 100 of them in 800. Two numbers in table, cleaned, scaled, in the kernels and in eight workers
    // (8 + 8 + 4 + 4 + 8 · 8), a text of 3 bytes and where it ends, a place on the map and ten segments.
    const { nRows, bytes } = estimateNeed(startOf('a,b,c\nxyz,1,2\nuvw,3,4\n'), 800);
    expect(nRows).toBe(100);
    expect(bytes).toBe(100 * (9 + 2 * (24 + 64) + 3 + 4 + 8 + 40));
  });

  it('is there for ten million customers of 17 numbers, and not for a hundred million', () => {
    const start = startOf(sampleText(300));
    const bytesPerRow = sampleText(3000).length / 3000;
    expect(() => refuseTooMuch(start, 1e7 * bytesPerRow, defaultMemoryBytes)).not.toThrow();
    expect(() => refuseTooMuch(start, 1e8 * bytesPerRow, defaultMemoryBytes)).toThrow(AppError);
  });

  it.each(['bytes', 'text'] as const)(
    'is refused with both numbers before more is read (%s)',
    async (way) => {
      const rows = '1.5,2.5,3.5\n'.repeat(2 ** 20);
      const file = new Blob(['a,b,c\n', ...Array<string>(6).fill(rows)]);
      let progress = 0;
      const ctx = { progress: () => progress++, breathe: () => Promise.resolve() };
      const reading = readTable(
        file,
        readDefaults,
        { ...ctx, memoryBytes: 2 ** 28 },
        undefined,
        way,
      );
      const error: unknown = await reading.catch((reason: unknown) => reason);
      if (!(error instanceof AppError)) throw new Error('The file was read.');
      expect(error.code).toBe('file-too-large');
      // 6.29 million rows × (9 + 3 · 24 + 48 bytes), and copies of 18.9 million values × 64, but 2^30 bytes at most
      expect(error.message).toContain('about 6,200,000 rows');
      expect(error.message).toContain('1.9 GB');
      expect(error.message).toContain('268 MB');
      expect(progress).toBe(0);
    },
  );
});
