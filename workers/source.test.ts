import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Source } from '../src/contract/api';
import { bytesOf, fingerprint } from './source';

const rest = () => Promise.resolve();
const file = (...content: BlobPart[]): Source => ({
  kind: 'file',
  name: 'a.csv',
  blob: new Blob(content),
});

describe('the fingerprint of a source', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ['where the browser has a digest', () => undefined],
    ['on a page without TLS, over several slices', () => vi.stubGlobal('crypto', {})],
  ])('is the SHA-256 of its bytes %s', async (_, prepare) => {
    prepare();
    const bytes = new Uint8Array(9 * 2 ** 20).map((_, i) => (i * 31) % 251);
    for (const content of [new Uint8Array(), bytes.slice(0, 1000), bytes]) {
      const expected = createHash('sha256').update(content).digest('hex');
      expect(await fingerprint(file(content), rest)).toBe(expected);
    }
  });

  it('does not depend on the name of the file', async () => {
    const renamed = { ...file('a,b\n1,2\n'), name: 'b.csv' };
    expect(await fingerprint(renamed, rest)).toBe(await fingerprint(file('a,b\n1,2\n'), rest));
  });

  it('of the sample is its number of rows and its seed', async () => {
    const sample: Source = { kind: 'sample', name: 'sample', nRows: 5, seed: 2 };
    expect(await fingerprint(sample, rest)).toBe('sample:5:2');
    expect((await bytesOf(sample).text()).trim().split('\n')).toHaveLength(6);
  });

  it('stops where it is cancelled', async () => {
    const stop = new Error('stopped');
    await expect(fingerprint(file('abc'), () => Promise.reject(stop))).rejects.toBe(stop);
  });
});
