/**
 * Has parts of the page fetched while it is idle, one after the other, so that they are there before they are wanted: from
 * then on the page needs no network.
 */
export async function preload(parts: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const fetchPart of parts) {
    await idle();
    // Whoever wants it will try again, and tell.
    await fetchPart().catch(() => undefined);
  }
}

/** When the page has nothing to do, or has had much to do for long. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 2000 });
    else setTimeout(resolve, 500);
  });
}
