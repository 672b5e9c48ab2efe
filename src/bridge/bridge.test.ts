import { afterEach, describe, expect, it, vi } from 'vitest';
import { quickRecipe, sampleText } from '../../tests/helpers/pipeline';
import { fileOf } from '../../tests/helpers/service';
import { startThread, stubService, type FakeThread } from '../../tests/helpers/threads';
import { createService } from '../../workers/service';
import type { Progress, Result, WorkerApi } from '../contract/api';
import { AppError, CancelledError } from '../core/errors';
import { Bridge } from './bridge';

const threads: FakeThread[] = [];
const kinds: string[] = [];

/** A bridge whose workers run the services in turn, the last one for ever. */
function bridgeTo(...services: (() => WorkerApi)[]): Bridge {
  return new Bridge((kind) => {
    kinds.push(kind);
    const service = services[Math.min(threads.length, services.length - 1)]();
    threads.push(startThread(service));
    return Promise.resolve(threads[threads.length - 1]);
  });
}

afterEach(() => {
  vi.useRealTimers();
  for (const thread of threads) thread.terminate();
  threads.length = 0;
  kinds.length = 0;
});

const source = fileOf('a,b\n1,2\n');
const ok = <T>(value: T): Promise<Result<T>> => Promise.resolve({ ok: true, value });

/** A call that hangs, and how the test ends it. */
function hanging<T>() {
  let finish: (result: Result<T>) => void = () => undefined;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const call = () =>
    new Promise<Result<T>>((resolve) => {
      finish = resolve;
      begin();
    });
  return { call, begun, finish: (result: Result<T>) => finish(result) };
}

describe('the bridge', () => {
  it('starts a worker when it is first needed, and one only', async () => {
    const bridge = bridgeTo(() => stubService({ open: () => ok('key') }));
    expect(threads).toHaveLength(0);
    expect(await Promise.all([bridge.open(source), bridge.open(source)])).toEqual(['key', 'key']);
    await bridge.open(source);
    expect(threads).toHaveLength(1);
  });

  it('starts one worker also for a call that comes while an engine is being chosen', async () => {
    const bridge = bridgeTo(() => stubService({ open: () => ok('key') }));
    const [engine, key] = await Promise.all([bridge.start('reference'), bridge.open(source)]);
    expect([engine.id, key]).toEqual(['reference', 'key']);
    expect(threads.filter(({ isTerminated }) => !isTerminated)).toHaveLength(1);
  });

  it('makes errors of the worker exceptions, with code and details', async () => {
    const error = { code: 'k-too-large', message: 'Too many.', details: { limit: 3 } } as const;
    const bridge = bridgeTo(() =>
      stubService({ open: () => Promise.resolve({ ok: false, error }) }),
    );
    const refused = await bridge.open(source).catch((reason: unknown) => reason);
    expect(refused).toBeInstanceOf(AppError);
    expect(refused).toMatchObject(error);
  });

  it('passes on progress', async () => {
    const heard: Progress[] = [];
    const bridge = bridgeTo(() => createService({}));
    const request = { source: fileOf(sampleText(800)), sourceKey: 'key', recipe: quickRecipe };
    await bridge.evaluateOne(request, 'sweep', { onProgress: (progress) => heard.push(progress) });
    expect(heard.length).toBeGreaterThan(0);
  });

  it('sends one call after the other, and one that fails does not concern the next', async () => {
    const log: string[] = [];
    const bridge = bridgeTo(() =>
      stubService({
        open: async (id) => {
          log.push(`begin ${id}`);
          await Promise.resolve();
          log.push(`end ${id}`);
          if (id === 1) throw new Error('broken');
          return { ok: true, value: 'key' };
        },
      }),
    );
    const calls = [1, 2, 3].map(() => bridge.open(source));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(log).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3']);
  });

  it('tells the worker that the page is at work, and starts none for that', async () => {
    let told = 0;
    const giveWay = () => Promise.resolve(void told++);
    const bridge = bridgeTo(() => stubService({ open: () => ok('key'), giveWay }));
    bridge.giveWay();
    expect(threads).toHaveLength(0);
    await bridge.open(source);
    bridge.giveWay();
    await vi.waitFor(() => expect(told).toBe(1));
  });

  it('waits until the page is at rest, but not for one that never is', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    const bridge = bridgeTo(() => stubService({}));
    let isAtRest = false;
    const wait = () => {
      isAtRest = false;
      void bridge.atRest().then(() => (isAtRest = true));
    };
    const workFor = async (milliseconds: number) => {
      for (let ms = 0; ms < milliseconds; ms += 50) {
        bridge.giveWay();
        await vi.advanceTimersByTimeAsync(50);
      }
    };
    wait();
    await workFor(500);
    expect(isAtRest).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    expect(isAtRest).toBe(true);
    wait();
    await vi.advanceTimersByTimeAsync(50);
    expect(isAtRest, 'of what was just given to it the page has yet to hear').toBe(false);
    await workFor(4000);
    expect(isAtRest).toBe(true);
  });

  it('answers a question while a step is under way', async () => {
    const hang = hanging<string>();
    const ask = (() => ok(new Blob(['a\r\n']))) as unknown as WorkerApi['ask'];
    const bridge = bridgeTo(() => stubService({ open: hang.call, ask }));
    const opening = bridge.open(source);
    await hang.begun;
    const request = { source, sourceKey: 'key', recipe: quickRecipe };
    const answer = await bridge.ask(request, 'setAsideCsv', null);
    expect(await answer.text()).toBe('a\r\n');
    threads[0].die('enough');
    await expect(opening).rejects.toBeInstanceOf(AppError);
  });
});

describe('a worker that dies', () => {
  it('rejects what is waiting, and the next call starts another that gives the answer', async () => {
    const hang = hanging<string>();
    const bridge = bridgeTo(
      () => stubService({ open: hang.call }),
      () => stubService({ open: () => ok('key') }),
    );
    const waiting = bridge.open(source);
    await hang.begun;
    threads[0].die('out of memory');
    const refused = await waiting.catch((reason: unknown) => reason);
    expect(refused).toMatchObject({ code: 'worker-failed' });
    expect((refused as AppError).message).toContain('out of memory');
    expect(threads[0].isTerminated).toBe(true);
    expect(await bridge.open(source)).toBe('key');
    expect(threads).toHaveLength(2);
  });

  it('between two calls is replaced, and the answer is the same', async () => {
    const bridge = bridgeTo(() => createService({}));
    const request = { source: fileOf(sampleText(150)), sourceKey: 'key', recipe: quickRecipe };
    const before = await bridge.evaluateOne(request, 'model');
    threads[0].die('crashed');
    const after = await bridge.evaluateOne(request, 'model');
    expect(threads).toHaveLength(2);
    expect(after.view).toEqual(before.view);
  });

  it('while it starts is told, and tried again by the next call', async () => {
    const hang = hanging<never>();
    const bridge = bridgeTo(
      () => stubService({ start: hang.call }),
      () => stubService({ open: () => ok('key') }),
    );
    const waiting = bridge.open(source);
    await hang.begun;
    threads[0].die('no script');
    await expect(waiting).rejects.toMatchObject({ code: 'worker-failed' });
    expect(await bridge.open(source)).toBe('key');
  });

  it('or refuses to start is not left behind', async () => {
    const error = { code: 'engine-failed', message: 'No engine.', details: {} } as const;
    const bridge = bridgeTo(() =>
      stubService({ start: () => Promise.resolve({ ok: false, error }) }),
    );
    await expect(bridge.open(source)).rejects.toMatchObject({ code: 'engine-failed' });
    expect(threads[0].isTerminated).toBe(true);
  });
});

describe('an abort', () => {
  it('rejects at once, and asks the worker to stop', async () => {
    const hang = hanging<string>();
    const cancelled: number[] = [];
    const cancel = (id: number) => {
      cancelled.push(id);
      hang.finish({ ok: false, error: { cancelled: true } });
      return Promise.resolve();
    };
    const bridge = bridgeTo(() => stubService({ open: hang.call, cancel }));
    const controller = new AbortController();
    const waiting = bridge.open(source, { signal: controller.signal });
    await hang.begun;
    controller.abort();
    await expect(waiting).rejects.toBeInstanceOf(CancelledError);
    // The next call waits until the worker has stopped; then it is served by the same one.
    const next = bridge.open(source);
    await vi.waitFor(() => expect(cancelled).toEqual([1]));
    await hang.begun;
    await vi.waitFor(() => {
      hang.finish({ ok: true, value: 'key' });
      return expect(next).resolves.toBe('key');
    });
    expect(threads).toHaveLength(1);
  });

  it('before its turn sends nothing', async () => {
    const hang = hanging<string>();
    let calls = 0;
    const open = () => (calls++ === 0 ? hang.call() : ok('key'));
    const bridge = bridgeTo(() => stubService({ open }));
    const first = bridge.open(source);
    await hang.begun;
    const controller = new AbortController();
    const second = bridge.open(source, { signal: controller.signal });
    controller.abort();
    await expect(second).rejects.toBeInstanceOf(CancelledError);
    hang.finish({ ok: true, value: 'first' });
    expect(await first).toBe('first');
    expect(await bridge.open(source)).toBe('key');
    expect(calls).toBe(2);
  });

  it('before anything else does not even start a worker', async () => {
    const bridge = bridgeTo(() => stubService({}));
    const signal = AbortSignal.abort();
    await expect(bridge.open(source, { signal })).rejects.toBeInstanceOf(CancelledError);
    expect(threads).toHaveLength(0);
  });

  it('leaves a worker that stops in time alone', async () => {
    const hang = hanging<string>();
    let calls = 0;
    const bridge = bridgeTo(() =>
      stubService({
        open: () => (calls++ === 0 ? hang.call() : ok('key')),
        cancel: () => {
          hang.finish({ ok: false, error: { cancelled: true } });
          return Promise.resolve();
        },
      }),
    );
    const controller = new AbortController();
    const waiting = bridge.open(source, { signal: controller.signal });
    await hang.begun;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    controller.abort();
    await expect(waiting).rejects.toBeInstanceOf(CancelledError);
    expect(await bridge.open(source)).toBe('key');
    expect(vi.getTimerCount()).toBe(0);
    expect(threads.map(({ isTerminated }) => isTerminated)).toEqual([false]);
  });

  it('while the worker starts sends nothing either', async () => {
    const starting = hanging<{ engine: never; graphicsCard: null }>();
    let calls = 0;
    const bridge = bridgeTo(() =>
      stubService({ start: starting.call, open: () => (calls++, ok('key')) }),
    );
    const controller = new AbortController();
    const waiting = bridge.open(source, { signal: controller.signal });
    await starting.begun;
    controller.abort();
    await expect(waiting).rejects.toBeInstanceOf(CancelledError);
    starting.finish({ ok: true, value: { engine: {} as never, graphicsCard: null } });
    expect(await bridge.open(source)).toBe('key');
    expect(calls).toBe(1);
  });

  it('terminates a worker that does not stop within its grace time, and goes on with another', async () => {
    const hang = hanging<string>();
    const bridge = bridgeTo(
      () => stubService({ open: hang.call }),
      () => stubService({ open: () => ok('key') }),
    );
    const controller = new AbortController();
    const waiting = bridge.open(source, { signal: controller.signal });
    await hang.begun;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    controller.abort();
    await expect(waiting).rejects.toBeInstanceOf(CancelledError);
    await vi.advanceTimersByTimeAsync(1400);
    expect(threads[0].isTerminated).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(threads[0].isTerminated).toBe(true);
    vi.useRealTimers();
    expect(await bridge.open(source)).toBe('key');
    expect(threads).toHaveLength(2);
  });

  it('of one call leaves the worker alone once it has answered', async () => {
    const hang = hanging<string>();
    const bridge = bridgeTo(() => stubService({ open: hang.call }));
    const controller = new AbortController();
    const waiting = bridge.open(source, { signal: controller.signal });
    await hang.begun;
    hang.finish({ ok: true, value: 'key' });
    expect(await waiting).toBe('key');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    controller.abort();
    expect(vi.getTimerCount()).toBe(0);
    expect(threads[0].isTerminated).toBe(false);
  });
});

describe('the choice of the engine', () => {
  it('starts a new worker and ends the old one', async () => {
    const bridge = bridgeTo(() => createService({}));
    await bridge.start('auto');
    const { id, reason } = await bridge.start('reference');
    expect([id, reason]).toEqual(['reference', 'Chosen by you.']);
    await vi.waitFor(() => expect(threads[0].isTerminated).toBe(true));
    expect(threads).toHaveLength(2);
    expect(kinds).toEqual(['plain', 'plain']);
  });

  it('takes the worker with TensorFlow.js where there is a graphics card', async () => {
    const bridge = bridgeTo(
      () => stubService({}, 'A card'),
      () => stubService({ open: () => ok('by card') }, 'A card'),
    );
    expect(await bridge.open(source)).toBe('by card');
    expect(kinds).toEqual(['plain', 'tfjs']);
    expect(threads.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });

  it.each(['tfjs', 'webgpu'] as const)(
    'starts the worker of %s where it is chosen',
    async (choice) => {
      const bridge = bridgeTo(() => stubService({}));
      await bridge.start(choice);
      expect(kinds).toEqual([choice]);
    },
  );

  it('stays with the plain worker where that one cannot be loaded', async () => {
    const plain = () => stubService({ open: () => ok('plain') }, 'A card');
    const bridge = new Bridge((kind) => {
      kinds.push(kind);
      if (kind === 'tfjs') return Promise.reject(new Error('404'));
      threads.push(startThread(plain()));
      return Promise.resolve(threads[threads.length - 1]);
    });
    expect(await bridge.open(source)).toBe('plain');
    expect(kinds).toEqual(['plain', 'tfjs']);
  });
});
