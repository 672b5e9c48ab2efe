import { drawCloud, isSameCloud, type Cloud, type Highlight } from './cloud';
import type { Figure, Size } from './figure';
import { config, loadLibrary, type Plotly } from './library';
import { createQueue, painted } from './turns';

/** One chart after the other, so that the page answers in between. */
const inTurn = createQueue();

export interface Mounted {
  update(figure: Figure, size: Size): void;
  /** Points that stand out from now on; null: all are alike. What plotly draws stays as it is. */
  highlight(highlight: Highlight | null): void;
  /** What is on the page now, to be saved; undefined before there is anything. */
  drawn(): Drawn | undefined;
  destroy(): void;
}

export interface Drawn {
  /** plotly's element. */
  readonly plot: HTMLElement;
  readonly figure: Figure;
  readonly size: Size;
  readonly highlight: Highlight | null;
}

interface Wanted {
  readonly figure: Figure;
  readonly size: Size;
}

/**
 * Draws a chart into an element: points by the thousand on a canvas, everything else by plotly above it. The only place
 * that talks to plotly.
 *
 * @param onPick called with the x of a point that was clicked
 */
export function mountChart(element: HTMLElement, onPick?: (x: number) => void): Mounted {
  const plot = document.createElement('div');
  const layer = createCloudLayer(element);
  element.append(plot);
  let library: Plotly | undefined;
  let wanted: Wanted | undefined;
  let drawn: Wanted | undefined;
  let highlight: Highlight | null = null;
  let isDue = false;
  let isGone = false;
  let revision = 0;

  const draw = async () => {
    isDue = false;
    if (isGone || wanted === undefined) return;
    try {
      library ??= await loadLibrary();
    } catch {
      element.textContent = 'The part of the page that draws charts could not be loaded.';
      return;
    }
    const current = wanted;
    const { figure, size } = current;
    const showCloud = await layer.prepare(figure, size, highlight);
    await painted();
    // Gone, or to be drawn otherwise by now: then the next turn will.
    if (isGone || isDue) return;
    if (drawn === current) {
      showCloud();
      return;
    }
    const { data, layout, isStatic = false } = figure;
    const graph = await library.react(
      plot,
      data as never,
      { ...layout, ...size, datarevision: ++revision },
      { ...config, staticPlot: isStatic },
    );
    drawn = current;
    showCloud();
    if (onPick === undefined || revision > 1) return;
    graph.on('plotly_click', ({ points }) => {
      const x = points[0]?.x;
      if (typeof x === 'number') onPick(x);
    });
  };

  const drawSoon = () => {
    if (isDue || wanted === undefined) return;
    isDue = true;
    void inTurn(draw);
  };

  return {
    update(figure, size) {
      wanted = { figure, size };
      drawSoon();
    },
    highlight(next) {
      if (next === highlight) return;
      highlight = next;
      drawSoon();
    },
    drawn: () => drawn && { plot, ...drawn, highlight },
    destroy() {
      isGone = true;
      element.replaceChildren();
      // It may be half drawn.
      void inTurn(() => library?.purge(plot));
    },
  };
}

/** The canvas behind a chart. It is drawn anew out of sight, so that the old one stays until all is there. */
function createCloudLayer(element: HTMLElement) {
  let shown: HTMLCanvasElement | undefined;
  let drawn:
    | { readonly cloud: Cloud; readonly highlight: Highlight | null; readonly box: string }
    | undefined;

  const show = (canvas?: HTMLCanvasElement) => {
    shown?.remove();
    shown = canvas;
    if (canvas !== undefined) element.prepend(canvas);
  };

  return {
    /** Draws, and returns how to show it. */
    async prepare(
      { cloud, layout }: Figure,
      size: Size,
      highlight: Highlight | null,
    ): Promise<() => void> {
      if (cloud === undefined) return () => show();
      const { l, r, t, b } = layout.margin;
      const [width, height] = [size.width - l - r, size.height - t - b];
      const box = [l, t, width, height, devicePixelRatio].join();
      const isSame = drawn?.box === box && drawn.highlight === highlight;
      if (isSame && drawn !== undefined && isSameCloud(drawn.cloud, cloud)) return () => undefined;
      const canvas = document.createElement('canvas');
      Object.assign(canvas.style, {
        left: `${l}px`,
        top: `${t}px`,
        width: `${width}px`,
        height: `${height}px`,
      });
      await drawCloud(canvas, cloud, highlight, width, height);
      return () => {
        drawn = { cloud, highlight, box };
        show(canvas);
      };
    },
  };
}
