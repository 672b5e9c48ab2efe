import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Autosave, longestWait, quietTime } from './autosave';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start() {
  const written: number[] = [];
  const isFull = { now: false };
  let value = 0;
  const autosave = new Autosave(() => {
    if (isFull.now) return Promise.resolve(false);
    written.push(value);
    return Promise.resolve(true);
  });
  const change = (next: number) => {
    value = next;
    autosave.touch();
  };
  return { autosave, written, change, isFull };
}

describe('autosave', () => {
  it('writes once when changes have come to rest', async () => {
    const { written, change } = start();
    change(1);
    await vi.advanceTimersByTimeAsync(quietTime - 1);
    change(2);
    await vi.advanceTimersByTimeAsync(quietTime - 1);
    expect(written).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(written).toEqual([2]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(written).toEqual([2]);
  });

  it('never waits for more than a second, though changes do not rest', async () => {
    const { written, change } = start();
    const step = 100;
    for (let now = 0; now < 10_000; now += step) {
      change(now);
      await vi.advanceTimersByTimeAsync(step);
      const newest = written.at(-1) ?? 0;
      expect(now + step - newest).toBeLessThanOrEqual(longestWait + step);
    }
    expect(written.length).toBeGreaterThan(8);
  });

  it('does not begin a write before the last one is done, and then writes the newest', async () => {
    const release: (() => void)[] = [];
    let value = 1;
    const written: number[] = [];
    const autosave = new Autosave(() => {
      written.push(value);
      return new Promise((resolve) => release.push(() => resolve(true)));
    });
    autosave.touch();
    void autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    value = 2;
    autosave.touch();
    const second = autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    value = 3;
    expect(written).toEqual([1]);
    release[0]();
    await vi.advanceTimersByTimeAsync(0);
    release[1]();
    await second;
    expect(written).toEqual([1, 3]);
  });

  it('tries again at the next flush where nothing could be written', async () => {
    const { autosave, written, change, isFull } = start();
    isFull.now = true;
    change(1);
    await vi.advanceTimersByTimeAsync(quietTime);
    await autosave.flush();
    expect(written).toEqual([]);
    isFull.now = false;
    await autosave.flush();
    expect(written).toEqual([1]);
    await autosave.flush();
    expect(written).toEqual([1]);
  });

  it('writes at once when it is told to, and nothing where nothing changed', async () => {
    const { autosave, written, change } = start();
    await autosave.flush();
    expect(written).toEqual([]);
    change(1);
    await autosave.flush();
    expect(written).toEqual([1]);
    change(2);
    autosave.drop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(written).toEqual([1]);
  });
});
