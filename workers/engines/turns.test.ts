import { afterEach, expect, test, vi } from 'vitest';
import { createTurns } from './turns';

afterEach(() => void vi.useRealTimers());

/** Work that ends when it is told to. */
function gate() {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

test('no more pieces of work are under way than there are places', async () => {
  const turns = createTurns(2);
  const gates = [gate(), gate(), gate()];
  const begun: number[] = [];
  const all = gates.map(({ passed }, i) =>
    turns.take(async (place) => {
      begun.push(i);
      await passed;
      return place;
    }),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  gates[1].open();
  expect(await all[1]).toBe(1);
  gates[2].open();
  expect(await all[2]).toBe(1);
  expect(begun).toEqual([0, 1, 2]);
  gates[0].open();
  expect(await all[0]).toBe(0);
});

test('urgent work goes before all that waits', async () => {
  const turns = createTurns(1);
  const first = gate();
  const order: string[] = [];
  const note = (name: string) => () => {
    order.push(name);
    return Promise.resolve();
  };
  const all = [
    turns.take(() => first.passed),
    turns.take(note('second')),
    turns.take(note('urgent'), true),
  ];
  first.open();
  await Promise.all(all);
  expect(order).toEqual(['urgent', 'second']);
});

test('work that fails gives its place back', async () => {
  const turns = createTurns(1);
  await expect(turns.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await turns.take((place) => Promise.resolve(place))).toBe(0);
});

test('whoever is given way finds one place free, for as long as it was asked for', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const turns = createTurns(2);
  const begun: number[] = [];
  const gates = [gate(), gate(), gate()];
  const take = (i: number) =>
    turns.take(async () => {
      begun.push(i);
      await gates[i].passed;
    });
  turns.giveWay(100);
  const all = [take(0), take(1), take(2)];
  await vi.advanceTimersByTimeAsync(60);
  expect(begun).toEqual([0]);
  // Asked for again, it lasts longer.
  turns.giveWay(100);
  await vi.advanceTimersByTimeAsync(60);
  expect(begun).toEqual([0]);
  // What is under way gives its place to the next.
  gates[0].open();
  await all[0];
  expect(begun).toEqual([0, 1]);
  await vi.advanceTimersByTimeAsync(60);
  expect(begun).toEqual([0, 1, 2]);
  for (const { open } of gates) open();
  await Promise.all(all);
});

test('the only place is always given to work', async () => {
  const turns = createTurns(1);
  turns.giveWay(1e6);
  expect(await turns.take((place) => Promise.resolve(place))).toBe(0);
});
