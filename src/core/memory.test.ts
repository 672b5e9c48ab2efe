import { describe, expect, it } from 'vitest';
import { cleaning } from '../../tests/helpers/cleaning';
import { ctx } from '../../tests/helpers/context';
import { categories, numbers, tableOf } from '../../tests/helpers/tables';
import { clean, type CleanOutput } from './clean/clean';
import { AppError } from './errors';
import { laterCode } from './later-steps';
import { bytesPerCopy, formingBytes, mostCopiedBytes, mostWorkers, needOf } from './memory';
import { defaultRecipe } from './recipe';
import { steps, type StepContext } from './steps';

/** A cleaned table of so many rows and columns, as far as its memory goes: no row of it is there. */
async function imagined(
  nKept: number,
  nNumbers: number,
  nCategories: number,
  bytesPerRow: number,
): Promise<CleanOutput> {
  const columns = [numbers('a', [1, 2, 3]), numbers('b', [2, 1, 5])];
  const cleaned = await clean(tableOf(columns), cleaning({}), ctx);
  const levels = Array.from({ length: 30 }, (_, at) => `level ${at}`);
  return {
    ...cleaned,
    nKept,
    features: Array<Float64Array>(nNumbers).fill(new Float64Array(0)),
    categories: Array.from({ length: nCategories }, (_, at) => ({
      name: `category ${at}`,
      codes: new Int32Array(0),
      levels,
    })),
    bytes: nKept * bytesPerRow,
  };
}

describe('the memory of an analysis', () => {
  it('begins with the table and what cleaning changed: arrays of both once', async () => {
    const bytesOf = async (a: number[]) => {
      const table = tableOf([numbers('a', a), numbers('b', a.map((_, i) => (i * i) % 7))]); // prettier-ignore
      return (await clean(table, cleaning({ outlierAction: 'keep' }), ctx)).bytes;
    };
    const values = Array.from({ length: 1000 }, (_, i) => i / 2);
    const kept = await bytesOf(values);
    // Two columns, the line, the place and the fate of each row; names and the like besides.
    expect(Math.floor(kept / 1000)).toBe(2 * 8 + 4 + 4 + 1);
    // One value is filled, so the column is there twice.
    expect(await bytesOf([NaN, ...values.slice(1)])).toBe(kept + 8 * 1000);
  });

  it('is what is there, the levels of categories, and what forming segments takes', async () => {
    const spend = numbers('spend', [1, 2, 3, 4, 5, 6]);
    const plan = categories('plan', ['x', 'y', 'z', 'x', null, 'y']);
    const roles = [{ column: 'plan', role: 'cluster' }] as const;
    const cleaned = await clean(tableOf([spend, plan]), cleaning({ roles }), ctx);
    // Three levels, and one for what is missing; with two levels at most, two, the others and what is missing.
    for (const [maxLevels, nLevels] of [
      [12, 4],
      [2, 4],
    ]) {
      const { bytes } = needOf(cleaned, maxLevels);
      // 8 bytes for each value of a level; of all values 4 scaled, 4 in the kernels, 8 in each of up to 8 workers; of a
      // row its place on the map (8) and its segment for each of ten numbers of segments (4).
      const forming = 6 * (1 + nLevels) * (4 + 4 + 8 * 8) + 6 * (8 + 10 * 4);
      expect(bytes).toBe(cleaned.bytes + 6 * nLevels * 8 + forming);
    }
  });

  it('counts the copies of all workers, however many share the work', () => {
    for (const nValues of [1e3, 2 ** 24, 2 ** 24 + 1, 2 ** 25, 2 ** 26, 2 ** 26 + 1, 2 ** 28]) {
      // A row of its own for each value costs the same for any number of workers.
      const alone = formingBytes(1, nValues) - 4 * nValues * (nValues <= 2 ** 27 ? 2 : 1);
      for (let nWorkers = 2; nWorkers <= mostWorkers; nWorkers++) {
        const copies = bytesPerCopy * nValues * nWorkers;
        const held = copies <= mostCopiedBytes ? copies : 4 * nValues;
        expect(alone).toBeGreaterThanOrEqual(held);
      }
    }
  });

  it('is there for ten million customers of 17 numbers, each changed by cleaning', async () => {
    const bytesPerRow = 17 * (8 + 8) + 16 + 4 + 4 + 1;
    const { bytes, memoryBytes } = needOf(await imagined(1e7, 17, 0, bytesPerRow), 12);
    expect(bytes).toBeGreaterThan(4e9);
    expect(bytes).toBeLessThanOrEqual(memoryBytes);
  });

  it('that categories would take is refused with both numbers before their columns are made', async () => {
    const context: StepContext = {
      ...ctx,
      readTable: () => expect.unreachable(),
      later: () => Promise.resolve(laterCode),
    };
    // A small file: six million rows of four letters are 48 MB.
    const cleaned = await imagined(6e6, 0, 4, 4 * 8 + 9);
    const run = async () => await steps.encode.run({ clean: cleaned }, defaultRecipe, context);
    const error: unknown = await run().catch((reason: unknown) => reason);
    if (!(error instanceof AppError)) throw new Error('It was encoded.');
    // Four times 12 levels and the others. 41 + 52 · (8, in the kernels 4, in the workers together 4) + 48 bytes a row; they
    // are too many to be kept scaled.
    expect(error.message).toBe(
      'The 6,000,000 rows have 52 columns that form segments, each level of a category being one. Their analysis would take 5.5 GB of memory, and a page can have 4.8 GB. Let fewer categories form segments under Data, or drop a sample of the rows.',
    );
  });

  it('is refused with what columns of numbers can do about it, too', async () => {
    const cleaned = await imagined(1000, 20, 0, 400);
    expect(() => needOf(cleaned, 12, 1e6)).toThrow(
      'The 1,000 rows have 20 columns that form segments. Their analysis would take 1.9 MB of memory, and a page can have 1.0 MB. Let fewer columns form segments under Data, or drop a sample of the rows.',
    );
    expect(() => needOf(cleaned, 12, 1e6)).toThrow(
      expect.objectContaining({
        code: 'file-too-large',
        details: { rows: 1000, columns: 20, bytes: 1_888_000, memoryBytes: 1e6 },
      }),
    );
    expect(needOf(cleaned, 12, 1_888_000).bytes).toBe(1_888_000);
  });
});
