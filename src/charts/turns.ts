/** The longest stretch of work between two turns of the event loop, in milliseconds: far from what a user would notice. */
const stretch = 10;

/** How long a page that is painted at all takes to be, in milliseconds. */
const longestFrame = 200;

/** How often it is told that the page is at work, in milliseconds. */
const toldEvery = 50;

let tell: () => void = () => undefined;
let lastTold = -Infinity;

/** @param listener called while the page works piece by piece: whoever shares its processors may leave it one */
export function whileAtWork(listener: () => void): void {
  tell = listener;
}

/** When the page last had the chance to answer, as far as is known here. */
let last = -Infinity;

/**
 * Gives the page the chance to answer between pieces of work, if it has not just had one.
 *
 * @param longest work between two chances, in milliseconds: more where somebody waits for just this work
 */
export async function pause(longest = stretch): Promise<void> {
  if (performance.now() - last >= longest) await nextTask();
}

/** By a message, not by a timer: browsers make every timer of a chain wait for four milliseconds. */
function nextTask(): Promise<void> {
  tellOfWork();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      last = performance.now();
      resolve();
    };
    port2.postMessage(null);
  });
}

function tellOfWork(): void {
  const now = performance.now();
  if (now - lastTold < toldEvery) return;
  lastTold = now;
  tell();
}

/**
 * Resolves when the page has been laid out and painted. Who measures something before that pays for all that was put on
 * the page since.
 */
export function painted(): Promise<void> {
  if (document.hidden) return nextTask();
  return new Promise((resolve) => {
    requestAnimationFrame(() => void nextTask().then(resolve));
    // A page that is hidden meanwhile is not painted.
    setTimeout(resolve, longestFrame);
  });
}

/** A queue: what is given to it is done one after the other, each beginning in a task of its own. */
export function createQueue(): (work: () => Promise<void> | void) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const turn = last.then(nextTask).then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
