import { afterEach, expect, test, vi } from 'vitest';
import { pause, whileAtWork } from './turns';

afterEach(() => void vi.useRealTimers());

test('it is told that the page is at work, though not at each of its turns', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  let told = 0;
  whileAtWork(() => told++);
  const turns = async (n: number) => {
    for (let i = 0; i < n; i++) await pause(0);
  };
  await turns(20);
  expect(told).toBe(1);
  vi.advanceTimersByTime(60);
  await turns(20);
  expect(told).toBe(2);
});
