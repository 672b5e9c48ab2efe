import { wrap, type Remote } from 'comlink';
import type {
  EngineChoice,
  EngineReport,
  StartOptions,
  StartReport,
  WorkerApi,
} from '../contract/api';
import { toException } from '../contract/wire-error';
import { AppError, CancelledError } from '../core/errors';

/** The part of a Worker that the bridge needs; a MessagePort in tests. */
export interface Thread {
  postMessage: Worker['postMessage'];
  addEventListener: Worker['addEventListener'];
  removeEventListener: Worker['removeEventListener'];
  terminate(): void;
}

/** A running worker. comlink's own promises never settle when a worker dies: race them against `died`. */
export class WorkerHandle implements StartReport {
  readonly api: Remote<WorkerApi>;
  readonly died: Promise<never>;
  engine: EngineReport = { id: 'reference', detail: '', reason: '', nWorkers: 1 };
  graphicsCard: string | null = null;
  readonly #thread: Thread;
  #die: (error: Error) => void = () => undefined;

  constructor(thread: Thread) {
    this.#thread = thread;
    this.died = new Promise<never>((_, reject) => (this.#die = reject));
    this.died.catch(() => undefined);
    thread.addEventListener('error', this.#fail);
    thread.addEventListener('messageerror', this.#fail);
    this.api = wrap<WorkerApi>(thread);
  }

  /** Resolves when the engine has proved itself. */
  async start(choice: EngineChoice, options: StartOptions): Promise<void> {
    const result = await Promise.race([this.api.start(choice, options), this.died]);
    if (!result.ok) {
      this.terminate();
      throw toException(result.error);
    }
    this.engine = result.value.engine;
    this.graphicsCard = result.value.graphicsCard;
  }

  /** Ends the worker; calls that are waiting for it reject as cancelled. */
  terminate(): void {
    this.#end(new CancelledError());
  }

  readonly #fail = (event: Event): void => {
    const message = 'message' in event && typeof event.message === 'string' ? event.message : '';
    const cause = message === '' ? '' : ` (${message})`;
    this.#end(
      new AppError('worker-failed', `The engine stopped${cause}. Nothing is lost: try again.`),
    );
  };

  #end(error: Error): void {
    this.#thread.terminate();
    this.#die(error);
  }
}
