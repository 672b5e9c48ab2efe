import type * as PlotlyModule from 'plotly.js-dist-min';
import type { Figure } from './figure';

type Plotly = Pick<typeof PlotlyModule, 'react' | 'purge' | 'Plots'>;

/** Nothing of plotly's own that leaves the page or draws attention: no cloud button, no logo, no MathJax. */
const config = {
  displayModeBar: false,
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: '',
  typesetMath: false,
  responsive: false,
  doubleClick: false as const,
};

let plotly: Promise<Plotly> | undefined;

/** plotly is the largest part of the page: it is a chunk of its own, fetched once. */
function load(): Promise<Plotly> {
  plotly ??= import('./plotly').then((module) => module.plotly);
  return plotly;
}

/**
 * Fetches plotly while the page is idle, so that it is there before the first file is: from then on the page needs no
 * network, and drawing the first chart does not wait. Its evaluation is the longest task that the page has.
 *
 * @param isFree asked when the time has come; a page at work is left alone, the first chart will fetch it
 */
export function preloadCharts(isFree: () => boolean): void {
  const fetchIt = () => {
    if (isFree()) load().then(warmUp, () => (plotly = undefined));
  };
  if ('requestIdleCallback' in window) requestIdleCallback(fetchIt, { timeout: 3000 });
  else setTimeout(fetchIt, 1500);
}

/** The first chart of a page costs several times what the next ones do: it is drawn out of sight. */
async function warmUp(library: Plotly): Promise<void> {
  const element = document.createElement('div');
  element.className = 'chart-warm-up';
  document.body.append(element);
  const data = [{ type: 'scatter', mode: 'lines+markers', x: [0, 1], y: [0, 1] }];
  await library.react(element, data as never, {}, { ...config, staticPlot: true });
  library.purge(element);
  element.remove();
}

let lastDrawn: Promise<void> = Promise.resolve();

/** One chart after the other, each in a task of its own, so that the page answers in between. */
function inTurn(draw: () => Promise<void>): void {
  lastDrawn = lastDrawn
    .then(() => new Promise<void>((resolve) => setTimeout(resolve)))
    .then(draw)
    .catch(() => undefined);
}

export interface Mounted {
  update(figure: Figure): void;
  destroy(): void;
}

/**
 * Draws a chart into an element and keeps it at the element's size. The only place that talks to plotly.
 *
 * @param onPick called with the x of a point that was clicked
 */
export function mountChart(element: HTMLElement, onPick?: (x: number) => void): Mounted {
  let library: Plotly | undefined;
  let wanted: Figure | undefined;
  let revision = 0;
  let isGone = false;

  const draw = async () => {
    try {
      library ??= await load();
    } catch {
      plotly = undefined;
      element.textContent = 'The part of the page that draws charts could not be loaded.';
      return;
    }
    if (isGone || wanted === undefined) return;
    const { data, layout, isStatic = false } = wanted;
    const graph = await library.react(
      element,
      data as never,
      { ...layout, datarevision: ++revision },
      { ...config, staticPlot: isStatic },
    );
    if (onPick === undefined || revision > 1) return;
    graph.on('plotly_click', ({ points }) => {
      const x = points[0]?.x;
      if (typeof x === 'number') onPick(x);
    });
  };
  const observer = new ResizeObserver(() => {
    // It rejects for an element that is hidden: nothing to draw then.
    void Promise.resolve(library?.Plots.resize(element)).catch(() => undefined);
  });
  observer.observe(element);

  return {
    update(figure) {
      wanted = figure;
      inTurn(draw);
    },
    destroy() {
      isGone = true;
      observer.disconnect();
      library?.purge(element);
    },
  };
}
