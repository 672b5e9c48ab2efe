/** How often a worker that is at work is asked whether it is still there, in milliseconds. */
const interval = 2000;
/** How long it may take to answer: steps let messages in between pieces of work, but some pieces are long. */
const patience = 8000;

/**
 * Asks a worker again and again for a sign of life. One that the system has ended, for its memory say, tells nobody: all
 * there is to notice is that it no longer answers.
 *
 * @param ask settles when the worker has answered
 * @param onChange called with true when it has not answered for long, and with false when it does again
 * @returns ends it
 */
export function listenFor(
  ask: () => Promise<unknown>,
  onChange: (isSilent: boolean) => void,
): () => void {
  let isSilent = false;
  let isOver = false;
  let timer: ReturnType<typeof setTimeout>;

  const beat = () => {
    timer = setTimeout(() => tell(true), patience);
    const answered = () => {
      if (isOver) return;
      clearTimeout(timer);
      tell(false);
      timer = setTimeout(beat, interval);
    };
    ask().then(answered, () => undefined);
  };
  const tell = (now: boolean) => {
    if (now !== isSilent) onChange(now);
    isSilent = now;
  };

  timer = setTimeout(beat, interval);
  return () => {
    isOver = true;
    clearTimeout(timer);
    tell(false);
  };
}
