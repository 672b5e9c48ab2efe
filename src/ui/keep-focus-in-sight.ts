/**
 * What the keyboard has reached stays in sight when a panel above it grows. Browsers hold on to what stands at the top of
 * the window, and that may be the very panel that grows.
 *
 * @returns ends it
 */
export function keepFocusInSight(): () => void {
  let wasInSight = false;
  const look = () => {
    const focused = document.querySelector(':focus-visible');
    wasInSight = focused !== null && isInSight(focused);
  };
  // It is called when the page has been laid out anew, before that is shown.
  const sizes = new ResizeObserver(() => {
    if (!wasInSight) return;
    const focused = document.querySelector(':focus-visible');
    if (focused !== null && !isInSight(focused)) {
      focused.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    }
  });
  addEventListener('focusin', look);
  addEventListener('scroll', look, { passive: true });
  sizes.observe(document.body);
  return () => {
    removeEventListener('focusin', look);
    removeEventListener('scroll', look);
    sizes.disconnect();
  };
}

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
