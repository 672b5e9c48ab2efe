import type { Attachment } from 'svelte/attachments';

/**
 * One tab stop for many buttons: arrows go from one to the next, Home and End to the first and the last of a line. The
 * buttons carry their place as `data-line` and `data-at`; the first one has tabindex 0, the others −1.
 */
export const roving: Attachment<HTMLElement> = (container) => {
  const buttonAt = (line: number, at: number | string) =>
    container.querySelector<HTMLElement>(`button[data-line="${line}"][data-at="${at}"]`);

  const target = (button: HTMLElement, key: string): HTMLElement | null | undefined => {
    const [line, at] = [Number(button.dataset.line), Number(button.dataset.at)];
    const ofLine = container.querySelectorAll<HTMLElement>(`button[data-line="${line}"]`);
    switch (key) {
      case 'ArrowLeft':
        return buttonAt(line, at - 1);
      case 'ArrowRight':
        return buttonAt(line, at + 1);
      case 'ArrowUp':
        return buttonAt(line - 1, at);
      case 'ArrowDown':
        return buttonAt(line + 1, at);
      case 'Home':
        return ofLine[0];
      case 'End':
        return ofLine[ofLine.length - 1];
      default:
        return undefined;
    }
  };

  const onKeydown = (event: KeyboardEvent) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button?.dataset.at === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = target(button, event.key);
    if (next === undefined) return;
    // At the end, too: the page does not scroll on.
    event.preventDefault();
    next?.focus();
  };
  const onFocusin = (event: FocusEvent) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button?.dataset.at === undefined) return;
    for (const other of container.querySelectorAll('button[data-at][tabindex="0"]')) {
      other.setAttribute('tabindex', '-1');
    }
    button.tabIndex = 0;
  };
  container.addEventListener('keydown', onKeydown);
  container.addEventListener('focusin', onFocusin);
  return () => {
    container.removeEventListener('keydown', onKeydown);
    container.removeEventListener('focusin', onFocusin);
  };
};
