import { describe, expect, it } from 'vitest';
import type { Queries, QueryKind } from '../contract/queries';
import { AppError, CancelledError } from '../core/errors';
import { inFileOrder } from '../core/select/order-rows';
import type { Selection } from '../core/select/selection';
import { pageLength, Selecting, type Ground } from './selection.svelte';

/** Answers when the test says so, or at once. */
class FakeGround implements Ground {
  readonly asked: { kind: QueryKind; question: unknown; signal: AbortSignal }[] = [];
  readonly reported: unknown[] = [];
  isSettled = true;
  nRows = 120;
  failure: Error | undefined;
  /** What waits for an answer, the oldest first. */
  #waiting: (() => void)[] = [];
  isHeld = false;

  canAsk() {
    return this.isSettled;
  }
  report(error: unknown) {
    this.reported.push(error);
  }

  async ask<Kind extends QueryKind>(
    kind: Kind,
    question: Queries[Kind]['question'],
    signal: AbortSignal,
  ): Promise<Queries[Kind]['answer']> {
    this.asked.push({ kind, question, signal });
    if (this.isHeld) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.failure !== undefined) throw this.failure;
    const answer =
      kind === 'selected'
        ? { nRows: this.nRows, kept: Uint8Array.of(1, 0) }
        : { nRows: this.nRows, columns: [], rows: [] };
    return answer;
  }

  answerOldest(): void {
    this.#waiting.shift()?.();
  }

  get kinds() {
    return this.asked.map(({ kind }) => kind);
  }
}

function start() {
  const ground = new FakeGround();
  return { ground, selecting: new Selecting(ground) };
}

const segment = (index: number): Selection => ({ kind: 'segment', segment: index });
/** Whatever has been answered has arrived. */
const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

describe('a selection', () => {
  it('is there at once, then a count, then its first rows', async () => {
    const { ground, selecting } = start();
    ground.isHeld = true;
    void selecting.select(segment(1));
    expect(selecting.selected).toEqual({
      selection: segment(1),
      ownTitle: undefined,
      nRows: null,
      kept: null,
    });
    ground.answerOldest();
    await settled();
    expect(selecting.selected).toMatchObject({ nRows: 120, kept: Uint8Array.of(1, 0) });
    expect(selecting.listed).toBeNull();
    ground.answerOldest();
    await settled();
    expect(selecting.listed).toMatchObject({ nRows: 120, first: 0, order: inFileOrder });
    expect(ground.kinds).toEqual(['selected', 'rows']);
  });

  it('ends the question of the one before, whose answer is not shown', async () => {
    const { ground, selecting } = start();
    ground.isHeld = true;
    void selecting.select(segment(0));
    void selecting.select(segment(1));
    expect(ground.asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    ground.answerOldest();
    await settled();
    expect(selecting.selected).toMatchObject({ selection: segment(1), nRows: null });
    ground.answerOldest();
    await settled();
    expect(selecting.selected).toMatchObject({ selection: segment(1), nRows: 120 });
  });

  it('is unknown while source or recipe change, and asked anew when they are settled', async () => {
    const { ground, selecting } = start();
    await selecting.select(segment(0));
    await selecting.turnTo(2);
    ground.isSettled = false;
    selecting.suspend();
    expect(selecting.selected).toMatchObject({ nRows: null, kept: null });
    expect(selecting.listed).toBeNull();
    await selecting.resume();
    expect(selecting.selected?.nRows).toBeNull();
    ground.isSettled = true;
    ground.nRows = 7;
    await selecting.resume();
    expect(selecting.selected?.nRows).toBe(7);
    // There is only one page now.
    expect(selecting.listed?.first).toBe(0);
  });

  it('made while they change waits', async () => {
    const { ground, selecting } = start();
    ground.isSettled = false;
    await selecting.select(segment(0));
    expect(ground.asked).toEqual([]);
    ground.isSettled = true;
    await selecting.resume();
    expect(selecting.selected?.nRows).toBe(120);
  });

  it('is asked for once', async () => {
    const { ground, selecting } = start();
    await selecting.select(segment(0));
    await selecting.resume();
    expect(ground.kinds).toEqual(['selected', 'rows']);
  });

  it('that is cleared is gone, whatever is answered later', async () => {
    const { ground, selecting } = start();
    ground.isHeld = true;
    void selecting.select(segment(0));
    selecting.showAlone(true);
    selecting.clear();
    ground.answerOldest();
    await settled();
    expect(selecting.selected).toBeNull();
    expect(selecting.isAlone).toBe(false);
    expect(ground.reported).toEqual([]);
  });

  it('that cannot be answered is told of, and gone', async () => {
    const { ground, selecting } = start();
    ground.failure = new AppError('worker-failed', 'The worker has stopped.');
    await selecting.select(segment(0));
    expect(selecting.selected).toBeNull();
    expect(ground.reported).toEqual([ground.failure]);
  });

  it('that was cancelled is not told of', async () => {
    const { ground, selecting } = start();
    ground.failure = new CancelledError();
    await selecting.select(segment(0));
    expect(ground.reported).toEqual([]);
  });
});

describe('the list of a selection', () => {
  const lastQuestion = ({ asked }: FakeGround) => asked.at(-1)?.question;

  it('is ordered by another column, upwards first and downwards when asked again', async () => {
    const { ground, selecting } = start();
    await selecting.select(segment(0));
    await selecting.turnTo(1);
    await selecting.orderBy({ column: 'BALANCE' });
    expect(lastQuestion(ground)).toMatchObject({
      order: { by: { column: 'BALANCE' }, isFalling: false },
      first: 0,
    });
    await selecting.orderBy({ column: 'BALANCE' });
    expect(selecting.listed?.order).toEqual({ by: { column: 'BALANCE' }, isFalling: true });
    await selecting.orderBy('line');
    expect(selecting.listed?.order).toEqual(inFileOrder);
  });

  it('may begin with an order', async () => {
    const { ground, selecting } = start();
    const order = { by: { column: 'BALANCE' }, isFalling: true };
    await selecting.select(segment(0), undefined, order);
    expect(lastQuestion(ground)).toMatchObject({ order });
    await selecting.select(segment(1));
    expect(lastQuestion(ground)).toMatchObject({ order: inFileOrder });
  });

  it('has as many pages as it takes, and turns to the nearest one that there is', async () => {
    const { ground, selecting } = start();
    await selecting.select(segment(0));
    // 120 in pages of 50.
    expect([selecting.nPages, pageLength]).toEqual([3, 50]);
    await selecting.turnTo(99);
    expect(lastQuestion(ground)).toMatchObject({ first: 100, nRows: 50 });
    await selecting.turnTo(-1);
    expect(lastQuestion(ground)).toMatchObject({ first: 0 });
    ground.nRows = 0;
    await selecting.select(segment(1));
    expect(selecting.nPages).toBe(1);
  });

  it('keeps the page before until the next is there, and shows only the last one asked for', async () => {
    const { ground, selecting } = start();
    await selecting.select(segment(0));
    ground.isHeld = true;
    void selecting.turnTo(1);
    void selecting.turnTo(2);
    expect(selecting.listed?.first).toBe(0);
    ground.answerOldest();
    await settled();
    expect(selecting.listed?.first).toBe(0);
    ground.answerOldest();
    await settled();
    expect(selecting.listed?.first).toBe(100);
  });
});
