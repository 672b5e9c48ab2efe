import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  /** `X`: it has a duration. */
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Of the thread's own time: what other programs of the machine take is not in it. */
  readonly tdur?: number;
  readonly args?: { readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string } };
}

/** How the test itself comes into the page: its own scripts are the longest tasks there. */
const devTools = 'blink.mojom.DevToolsSession';
const mark = 'which thread this is';

/**
 * Records the tasks of the page's own thread. Unlike a long task's duration, their processor time says the same on a busy
 * machine as on an idle one, unless that is a virtual one whose host takes processors away.
 *
 * @returns ends the recording; the processor time of each task in milliseconds, longest first
 */
export async function recordTasks(browser: Browser, page: Page): Promise<() => Promise<number[]>> {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  return async () => {
    await page.evaluate((name) => performance.mark(name), mark);
    const trace = JSON.parse((await browser.stopTracing()).toString()) as {
      traceEvents: TraceEvent[];
    };
    const here = trace.traceEvents.find(({ name }) => name === mark);
    const events = trace.traceEvents.filter(
      ({ pid, tid, ph }) => pid === here?.pid && tid === here.tid && ph === 'X',
    );
    const foreign = events.filter(
      ({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag === devTools,
    );
    return events
      .filter(({ name }) => name.endsWith('RunTask'))
      .filter(({ ts, dur = 0 }) => !foreign.some((it) => it.ts >= ts && it.ts <= ts + dur))
      .map(({ tdur = 0 }) => tdur / 1000)
      .sort((a, b) => b - a);
  };
}
