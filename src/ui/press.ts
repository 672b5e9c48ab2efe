/**
 * Whoever presses a button while something above it appears lets go over something else, and the click is lost. So what
 * appears by itself waits until nothing is pressed.
 */

/** For how long a press is waited for, in milliseconds: the end of a drag out of the window may never be told. */
const longestPress = 1000;

/** How long after the release of a finger its click may come, in milliseconds. */
const clickFollows = 50;

let release: Promise<void> | null = null;

/** Resolves when nothing is pressed. */
export async function released(): Promise<void> {
  while (release !== null) await release;
}

/** @returns ends it */
export function watchPresses(target: EventTarget = window): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let resolve = () => undefined as void;
  const end = () => {
    clearTimeout(timer);
    release = null;
    resolve();
  };
  const endIn = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(end, milliseconds);
  };
  const press = () => {
    release ??= new Promise((settle) => (resolve = settle));
    endIn(longestPress);
  };
  const lift = () => {
    if (release !== null) endIn(clickFollows);
  };
  // Before anything on the page can stop them.
  target.addEventListener('pointerdown', press, true);
  target.addEventListener('pointerup', lift, true);
  target.addEventListener('pointercancel', lift, true);
  return () => {
    target.removeEventListener('pointerdown', press, true);
    target.removeEventListener('pointerup', lift, true);
    target.removeEventListener('pointercancel', lift, true);
    end();
  };
}
