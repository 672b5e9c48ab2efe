import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';

interface Report {
  readonly format: string;
  readonly sizes: readonly {
    readonly rows: number;
    readonly engine: string;
    readonly stages: readonly { readonly id: string; readonly milliseconds: number }[];
    readonly pipeline: {
      readonly isSame: boolean;
      readonly story: { readonly milliseconds: number };
      readonly ready: { readonly milliseconds: number };
    };
  }[];
}

/** Only that it runs: how fast is not a test's business. Nobody is there to compare with. */
test('the benchmark measures every stage on small data, and the page finds what its stages find', async () => {
  // It builds a page of its own first, and starts a browser of its own.
  test.setTimeout(180_000);
  const args = ['bench/run.mjs', '--rows', '300', '--runs', '1', '--peers', 'none', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const report = JSON.parse(stdout) as Report;
  expect(report.format).toBe('tessera-bench');
  expect(report.sizes).toHaveLength(1);
  const [{ rows, engine, stages, pipeline }] = report.sizes;
  expect(rows).toBe(300);
  expect(engine).toContain('simd');
  expect(stages.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'read',
      'clean',
      'scale',
      'pca',
      'sweep',
      'silhouettes',
      'ward',
      'tree',
      'forest',
    ]),
  );
  for (const { milliseconds } of stages) expect(Number.isFinite(milliseconds)).toBe(true);
  expect(pipeline.isSame).toBe(true);
  expect(pipeline.story.milliseconds).toBeGreaterThan(0);
  expect(pipeline.ready.milliseconds).toBeGreaterThan(pipeline.story.milliseconds);
});
