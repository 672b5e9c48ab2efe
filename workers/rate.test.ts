import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limitRate } from './rate';

describe('the rate of messages', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is at most one per interval, the first at once', () => {
    const heard: number[] = [];
    const tell = limitRate<[number]>(100, (value) => heard.push(value));
    // Every 30 ms: 0, 30, …, 300. Heard at 0, 120, 240.
    for (let i = 0; i <= 10; i++) {
      tell(i);
      vi.advanceTimersByTime(30);
    }
    expect(heard).toEqual([0, 4, 8]);
  });
});
