import type { Page } from '@playwright/test';

export interface Measured {
  /** From the drop to the first frame with the story, in milliseconds. */
  readonly dropToStory: number;
  /** The longest task of the page's own thread in that time; 0 when none was over 50 ms. */
  readonly longestTask: number;
  /** The longest task from the story until now: the charts. */
  readonly longestTaskAfter: number;
}

/** Starts to measure, in the page, what happens from the next drop on. Returns a way to read the figures. */
export async function watchDrop(page: Page): Promise<() => Promise<Measured>> {
  const watch = await page.evaluateHandle(() => {
    const tasks: PerformanceEntry[] = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
    observer.observe({ type: 'longtask' });
    const times = { drop: NaN, story: NaN };
    addEventListener('drop', () => (times.drop = performance.now()), { capture: true, once: true });
    const appearing = new MutationObserver(() => {
      if (document.getElementById('story') === null) return;
      appearing.disconnect();
      requestAnimationFrame(() => (times.story = performance.now()));
    });
    appearing.observe(document.body, { childList: true, subtree: true });
    return { tasks, observer, times };
  });
  return () =>
    watch.evaluate(({ tasks, observer, times }) => {
      const all = [...tasks, ...observer.takeRecords()];
      const longest = (from: number, to: number) =>
        Math.max(
          0,
          ...all
            .filter(({ startTime, duration }) => startTime + duration > from && startTime < to)
            .map(({ duration }) => duration),
        );
      return {
        dropToStory: times.story - times.drop,
        longestTask: longest(times.drop, times.story),
        longestTaskAfter: longest(times.story, Infinity),
      };
    });
}

/**
 * Starts to measure, in the page, how long after the next click on a button there is nothing to be cancelled any more. What
 * the run had shown already is put back after that, part by part, and the state is `running` until it has been.
 */
export async function watchCancel(page: Page): Promise<() => Promise<number>> {
  const watch = await page.evaluateHandle(() => {
    const times = { click: NaN, left: NaN };
    addEventListener('click', () => (times.click = performance.now()), {
      capture: true,
      once: true,
    });
    new MutationObserver(() => {
      if (Number.isNaN(times.click) || !Number.isNaN(times.left)) return;
      if (document.querySelector('[data-testid="cancel"]') === null) times.left = performance.now();
    }).observe(document.body, { childList: true, subtree: true });
    return times;
  });
  return () => watch.evaluate(({ click, left }) => left - click);
}

/**
 * Makes waits of so many milliseconds a tenth as long, so that whatever comes after them need not take longer than any
 * machine does; counts them; and notes in which state the page was when a section appeared.
 */
export async function watchSection(page: Page, id: string, longestWait: number) {
  const watch = await page.evaluateHandle(
    ([id, longestWait]) => {
      const seen = { nWaits: 0, state: undefined as string | undefined };
      const wait = window.setTimeout.bind(window);
      window.setTimeout = ((work: () => void, milliseconds?: number) => {
        if (milliseconds !== longestWait) return wait(work, milliseconds);
        seen.nWaits++;
        return wait(work, longestWait / 10);
      }) as typeof setTimeout;
      new MutationObserver(() => {
        if (document.getElementById(id) !== null) seen.state ??= document.body.dataset.state;
      }).observe(document.body, { childList: true, subtree: true });
      return seen;
    },
    [id, longestWait] as const,
  );
  return () => watch.evaluate(({ nWaits, state }) => ({ nWaits, state }));
}

/** What a page that is at work shows. */
export interface SeenRunning {
  /** `data-stale` of each section; undefined: it was not there. */
  readonly stale: Record<string, string | undefined>;
  readonly canDownload: boolean;
}

/** Notes in the page, from now on, all that it shows while it is at work: that may not last until a test could look. */
export async function watchRunning(page: Page, ids: readonly string[]) {
  const watch = await page.evaluateHandle((ids) => {
    const seen: SeenRunning[] = [];
    new MutationObserver(() => {
      if (document.body.dataset.state !== 'running') return;
      const staleOf = (id: string) => document.getElementById(id)?.dataset.stale;
      const download = document.querySelector('[data-testid="download-results"]');
      seen.push({
        stale: Object.fromEntries(ids.map((id) => [id, staleOf(id)])),
        canDownload: download?.matches(':enabled') === true,
      });
    }).observe(document.body, { attributes: true, childList: true, subtree: true });
    return seen;
  }, ids);
  return () => watch.evaluate((seen) => seen);
}
