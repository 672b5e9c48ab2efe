import { wrap, type Remote } from 'comlink';
import type { BenchApi, Settings, StageId } from './api';
import BenchWorker from './bench.worker?worker&inline';

/** What the script outside calls. The page's own thread only waits, as the app's does. */
interface BenchPage {
  readonly api: Remote<BenchApi>;
  /** Takes the file that was put into the page's input. */
  open(settings: Settings): Promise<void>;
  /** @returns milliseconds */
  run(stage: StageId): Promise<number>;
  /** When stages were run, by the clock of the page. */
  readonly spans: { readonly from: number; readonly to: number }[];
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}

const api = wrap<BenchApi>(new BenchWorker());

window.bench = {
  api,
  async open(settings) {
    const file = document.querySelector('input')?.files?.[0];
    if (file === undefined) throw new Error('No file was chosen.');
    await api.open(file, settings);
  },
  async run(stage) {
    const from = performance.now();
    const milliseconds = await api.run(stage);
    window.bench.spans.push({ from, to: performance.now() });
    return milliseconds;
  },
  spans: [],
};
