import { expect, test } from 'vitest';
import { createTurns } from './turns';

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
