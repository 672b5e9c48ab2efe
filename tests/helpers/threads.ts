import { expose } from 'comlink';
import type { EngineReport, StartReport, WorkerApi } from '../../src/contract/api';
import type { MemberApi } from '../../workers/pool/member-api';
import type { Thread } from '../../src/bridge/worker-handle';

export interface FakeThread extends Thread {
  readonly isTerminated: boolean;
  /** What the browser does when the worker's script throws outside of a call. */
  die(message: string): void;
}

/** A worker that is no thread: a service, or a member of the pool, behind a real wire in the same event loop. */
export function startThread(service: WorkerApi | MemberApi): FakeThread {
  const { port1, port2 } = new MessageChannel();
  const events = new EventTarget();
  let isTerminated = false;
  expose(service, port1);
  port1.start();
  port2.start();
  const targetOf = (type: string): EventTarget => (type === 'message' ? port2 : events);
  const thread = {
    postMessage: port2.postMessage.bind(port2) as Thread['postMessage'],
    addEventListener: ((type: string, listener: EventListener) => {
      targetOf(type).addEventListener(type, listener);
    }) as Thread['addEventListener'],
    removeEventListener: ((type: string, listener: EventListener) => {
      targetOf(type).removeEventListener(type, listener);
    }) as Thread['removeEventListener'],
    terminate() {
      isTerminated = true;
      port1.close();
      port2.close();
    },
    get isTerminated() {
      return isTerminated;
    },
    die(message: string) {
      events.dispatchEvent(Object.assign(new Event('error'), { message }));
    },
  };
  return thread;
}

export const plainLoops: EngineReport = {
  id: 'reference',
  detail: 'plain loops',
  reason: 'For a test.',
  nWorkers: 1,
};

/** A service in which every call is refused, unless the test says otherwise. */
export function stubService(
  methods: Partial<WorkerApi>,
  graphicsCard: string | null = null,
): WorkerApi {
  const refuse = () =>
    Promise.resolve({
      ok: false as const,
      error: { code: 'internal' as const, message: 'Not part of this test.', details: {} },
    });
  const report: StartReport = { engine: plainLoops, graphicsCard };
  return {
    start: () => Promise.resolve({ ok: true, value: report }),
    warmUp: () => Promise.resolve(),
    open: refuse,
    evaluate: refuse,
    ask: refuse,
    scoreCsv: refuse,
    cancel: () => Promise.resolve(),
    giveWay: () => Promise.resolve(),
    ping: () => Promise.resolve(),
    ...methods,
  };
}
