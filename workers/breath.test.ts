import { describe, expect, it } from 'vitest';
import { CancelledError } from '../src/core/errors';
import { createBreath } from './breath';

function workFor(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** True once a message that is waiting has been let in. */
function messageWaiting(): { arrived: () => boolean } {
  const { port1, port2 } = new MessageChannel();
  let arrived = false;
  port1.onmessage = () => {
    arrived = true;
    port1.close();
  };
  port2.postMessage(null);
  return { arrived: () => arrived };
}

describe('a breath', () => {
  it('costs nothing after little work', async () => {
    const breathe = createBreath(() => true);
    const { arrived } = messageWaiting();
    await breathe();
    expect(arrived()).toBe(false);
  });

  it('lets messages in after 40 ms of work', async () => {
    const breathe = createBreath(() => false);
    const { arrived } = messageWaiting();
    workFor(45);
    await breathe();
    expect(arrived()).toBe(true);
  });

  it('ends the work once it is cancelled', async () => {
    const breathe = createBreath(() => true);
    workFor(45);
    await expect(breathe()).rejects.toBeInstanceOf(CancelledError);
  });
});
