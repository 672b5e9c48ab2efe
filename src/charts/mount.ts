import { drawCloud, isSameCloud, type Cloud } from './cloud';
import type { Figure, Size } from './figure';
import { config, loadLibrary, type Plotly } from './library';
import { createQueue } from './turns';

/** One chart after the other, so that the page answers in between. */
const inTurn = createQueue();

export interface Mounted {
  update(figure: Figure, size: Size): void;
  destroy(): void;
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
    const { figure, size } = wanted;
    const showCloud = await layer.prepare(figure, size);
    // Gone, or to be drawn otherwise by now: then the next turn will.
    if (isGone || isDue) return;
    const { data, layout, isStatic = false } = figure;
    const graph = await library.react(
      plot,
      data as never,
      { ...layout, ...size, datarevision: ++revision },
      { ...config, staticPlot: isStatic },
    );
    showCloud();
    if (onPick === undefined || revision > 1) return;
    graph.on('plotly_click', ({ points }) => {
      const x = points[0]?.x;
      if (typeof x === 'number') onPick(x);
    });
  };

  return {
    update(figure, size) {
      wanted = { figure, size };
      if (isDue) return;
      isDue = true;
      void inTurn(draw);
    },
    destroy() {
      isGone = true;
      library?.purge(plot);
      element.replaceChildren();
    },
  };
}

/** The canvas behind a chart. It is drawn anew out of sight, so that the old one stays until all is there. */
function createCloudLayer(element: HTMLElement) {
  let shown: HTMLCanvasElement | undefined;
  let drawn: { readonly cloud: Cloud; readonly box: string } | undefined;

  const show = (canvas?: HTMLCanvasElement) => {
    shown?.remove();
    shown = canvas;
    if (canvas !== undefined) element.prepend(canvas);
  };

  return {
    /** Draws, and returns how to show it. */
    async prepare({ cloud, layout }: Figure, size: Size): Promise<() => void> {
      if (cloud === undefined) return () => show();
      const { l, r, t, b } = layout.margin;
      const [width, height] = [size.width - l - r, size.height - t - b];
      const box = [l, t, width, height, devicePixelRatio].join();
      if (drawn?.box === box && isSameCloud(drawn.cloud, cloud)) return () => undefined;
      const canvas = document.createElement('canvas');
      Object.assign(canvas.style, {
        left: `${l}px`,
        top: `${t}px`,
        width: `${width}px`,
        height: `${height}px`,
      });
      await drawCloud(canvas, cloud, width, height);
      return () => {
        drawn = { cloud, box };
        show(canvas);
      };
    },
  };
}
