import { describe, expect, it } from 'vitest';
import { ResultCache } from './cache';

/** Counts how often each key is computed; results of a given size. */
function counting(cache: ResultCache) {
  const computed: string[] = [];
  const get = (key: string, bytes = 10) =>
    cache.get(key, () => {
      computed.push(key);
      return Promise.resolve(new Uint8Array(bytes));
    });
  return { get, computed };
}

describe('the cache of results', () => {
  it('computes a result once', async () => {
    const { get, computed } = counting(new ResultCache(100));
    const first = await get('a');
    expect(await get('a')).toBe(first);
    expect(computed).toEqual(['a']);
  });

  it('lets two requests for the same share one computation', async () => {
    const { get, computed } = counting(new ResultCache(100));
    const [one, two] = await Promise.all([get('a'), get('a')]);
    expect(two).toBe(one);
    expect(computed).toEqual(['a']);
  });

  it('drops what was not used for longest when there is too much', async () => {
    const { get, computed } = counting(new ResultCache(30));
    for (const key of ['a', 'b', 'c']) await get(key);
    await get('a'); // b is the oldest now.
    await get('d');
    computed.length = 0;
    for (const key of ['a', 'c', 'd']) await get(key);
    expect(computed).toEqual([]);
    await get('b');
    expect(computed).toEqual(['b']);
  });

  it('counts a column that several results hold once, and as long as one of them does', async () => {
    const cache = new ResultCache(20_000);
    const column = new Float64Array(1_000);
    const computed: string[] = [];
    const get = (key: string, value: object) =>
      cache.get(key, () => {
        computed.push(key);
        return Promise.resolve(value);
      });
    // 8,000 bytes in all, then 16,000.
    for (const key of ['read', 'clean', 'encode']) await get(key, { columns: [column] });
    await get('other', new Float64Array(1_000));
    computed.length = 0;
    for (const key of ['read', 'clean', 'encode', 'other']) await get(key, {});
    expect(computed).toEqual([]);
    // 24,000: the column is let go with the last that holds it, and then there is room.
    await get('more', new Float64Array(1_000));
    await get('other', {});
    expect(computed).toEqual(['more']);
    await get('encode', {});
    expect(computed).toEqual(['more', 'encode']);
  });

  it('keeps the newest even if it alone is too large', async () => {
    const { get, computed } = counting(new ResultCache(30));
    await get('a');
    await get('huge', 1000);
    await get('huge', 1000);
    expect(computed).toEqual(['a', 'huge']);
    await get('a');
    expect(computed).toEqual(['a', 'huge', 'a']);
  });

  it('forgets what failed, and a failure does not concern the others', async () => {
    const cache = new ResultCache(100);
    let isBroken = true;
    const attempt = () =>
      cache.get('a', () => (isBroken ? Promise.reject(new Error('broken')) : Promise.resolve(7)));
    await expect(attempt()).rejects.toThrow('broken');
    isBroken = false;
    expect(await attempt()).toBe(7);
  });

  it('never drops what is still being computed: there is nothing to gain', async () => {
    const cache = new ResultCache(30);
    const { get } = counting(cache);
    let finish: (value: number) => void = () => undefined;
    let started = 0;
    const slow = () =>
      cache.get('slow', () => {
        started++;
        return new Promise<number>((resolve) => (finish = resolve));
      });
    const first = slow();
    for (const key of ['a', 'b', 'c', 'd', 'e']) await get(key);
    const second = slow();
    finish(5);
    expect(await Promise.all([first, second])).toEqual([5, 5]);
    expect(started).toBe(1);
  });
});
