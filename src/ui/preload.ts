/**
 * Has parts of the page fetched when it is first idle, so that they are there before they are wanted: from then on the page
 * needs no network. One after the other: to ask for all of them at once is a long task.
 */
export async function preload(parts: readonly (() => Promise<unknown>)[]): Promise<void> {
  await idle();
  for (const fetchPart of parts) {
    // Whoever wants it will try again, and tell.
    await fetchPart().catch(() => undefined);
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 2000 });
    else setTimeout(resolve, 1000);
  });
}
