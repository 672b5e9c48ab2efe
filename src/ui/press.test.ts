import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { released, watchPresses } from './press';

let pointer: EventTarget;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  pointer = new EventTarget();
  stop = watchPresses(pointer);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

const happens = (type: string) => pointer.dispatchEvent(new Event(type));

/** Whether what waits goes on within so many milliseconds. */
async function goesOnWithin(milliseconds: number): Promise<boolean> {
  let goesOn = false;
  void released().then(() => (goesOn = true));
  await vi.advanceTimersByTimeAsync(milliseconds);
  return goesOn;
}

test('nothing waits while nothing is pressed', async () => {
  expect(await goesOnWithin(0)).toBe(true);
});

test.each(['pointerup', 'pointercancel'])(
  'what appears waits for %s, and for its click',
  async (end) => {
    happens('pointerdown');
    expect(await goesOnWithin(500)).toBe(false);
    happens(end);
    expect(await goesOnWithin(10)).toBe(false);
    expect(await goesOnWithin(50)).toBe(true);
  },
);

test('a second press is waited for as well', async () => {
  happens('pointerdown');
  happens('pointerup');
  happens('pointerdown');
  expect(await goesOnWithin(200)).toBe(false);
  happens('pointerup');
  expect(await goesOnWithin(60)).toBe(true);
});

test('a press whose end is never told holds nothing up for long', async () => {
  happens('pointerdown');
  expect(await goesOnWithin(1100)).toBe(true);
});

test('nothing waits for a page that is gone', async () => {
  happens('pointerdown');
  stop();
  expect(await goesOnWithin(0)).toBe(true);
});
