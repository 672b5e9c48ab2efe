import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenFor } from './heartbeat';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A worker that answers while it is alive; what it was asked before comes late, when it is woken. */
function worker() {
  const heard: boolean[] = [];
  const waiting: (() => void)[] = [];
  let isAlive = true;
  let nAsked = 0;
  const ask = () => {
    nAsked++;
    return new Promise<void>((resolve) => (isAlive ? resolve() : waiting.push(resolve)));
  };
  return {
    heard,
    stop: listenFor(ask, (isSilent) => heard.push(isSilent)),
    sleep: () => (isAlive = false),
    wake() {
      isAlive = true;
      waiting.splice(0).forEach((answer) => answer());
    },
    get nAsked() {
      return nAsked;
    },
  };
}

describe('a worker that is listened to', () => {
  it('and answers is asked again and again, and nothing is told', async () => {
    const { heard, ...rest } = worker();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heard).toEqual([]);
    rest.stop();
  });

  it('and is silent is told of once, after ten seconds at most', async () => {
    const one = worker();
    await vi.advanceTimersByTimeAsync(5000);
    one.sleep();
    await vi.advanceTimersByTimeAsync(7000);
    expect(one.heard).toEqual([]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(one.heard).toEqual([true]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(one.heard).toEqual([true]);
    one.stop();
  });

  it('and answers after all is told of, and asked again', async () => {
    const one = worker();
    one.sleep();
    await vi.advanceTimersByTimeAsync(30_000);
    one.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(one.heard).toEqual([true, false]);
    const { nAsked } = one;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(one.nAsked).toBeGreaterThan(nAsked);
    expect(one.heard).toEqual([true, false]);
    one.stop();
  });

  it('is not asked when its work is over, and is not silent then', async () => {
    const one = worker();
    one.sleep();
    await vi.advanceTimersByTimeAsync(30_000);
    one.stop();
    expect(one.heard).toEqual([true, false]);
    const { nAsked } = one;
    one.wake();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(one.nAsked).toBe(nAsked);
    expect(vi.getTimerCount()).toBe(0);
  });
});
