import { CancelledError } from '../src/core/errors';

/** Longest stretch of work between two turns of the event loop, in milliseconds. A cancel waits at most this long. */
const stretch = 40;

/** Lets messages in between pieces of work, and stops the work once `isCancelled` says so. */
export function createBreath(isCancelled: () => boolean): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < stretch) return;
    await turnOfTheLoop();
    last = performance.now();
    if (isCancelled()) throw new CancelledError();
  };
}

/** A message to oneself: unlike a timer it is not held back by 4 ms. */
function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
