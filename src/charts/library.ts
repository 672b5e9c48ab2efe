import type * as PlotlyModule from 'plotly.js-dist-min';
import type { DrawingStep } from './plotly';
import { pause } from './turns';

export type Plotly = Pick<typeof PlotlyModule, 'react' | 'purge' | 'toImage'>;

/** Nothing of plotly's own that leaves the page or draws attention: no cloud button, no logo, no MathJax. */
export const config = {
  displayModeBar: false,
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: '',
  typesetMath: false,
  responsive: false,
  doubleClick: false as const,
};

let library: Promise<Plotly> | undefined;

/** plotly, ready to draw. It is the largest part of the page: a chunk of its own, fetched once. */
export function loadLibrary(): Promise<Plotly> {
  library ??= evaluate().catch((error: unknown) => {
    library = undefined;
    throw error;
  });
  return library;
}

/** Evaluated at once, plotly would stop the page for a third of a second: it is evaluated module by module. */
async function evaluate(): Promise<Plotly> {
  const { pieces, plotly, passSteps } = await import('./plotly');
  passSteps(withPauses);
  for (const piece of pieces) {
    piece();
    await pause();
  }
  const ready = plotly();
  await warmUp(ready);
  return ready;
}

/** plotly waits for a step that returns a promise: between any two of them the page may answer. */
function withPauses(steps: readonly DrawingStep[]): DrawingStep[] {
  return steps.flatMap((step) => [() => pause(), step]);
}

/**
 * A browser compiles functions when they are first called, so the first chart costs several times what the next ones do.
 * It is drawn out of sight, and bit by bit.
 */
async function warmUp({ makeTemplate, react, purge }: typeof PlotlyModule): Promise<void> {
  const element = document.createElement('div');
  element.className = 'chart-warm-up';
  document.body.append(element);
  const size = { width: 100, height: 100 };
  const hidden = { ...size, xaxis: { visible: false }, yaxis: { visible: false } };
  const points = { type: 'scatter', x: [0, 1], y: [0, 1] };
  const annotations = [{ x: 0, y: 0, text: '<b>0</b>', showarrow: false }];
  for (const [data, layout, staticPlot] of [
    [[], hidden, true],
    [[], size, true],
    [[{ ...points, mode: 'lines' }], size, true],
    [[{ ...points, mode: 'lines+markers' }], { ...size, annotations }, true],
    [[{ ...points, mode: 'lines+markers' }], { ...size, annotations }, false],
  ] as const) {
    // A template is what a chart begins with: what its data and layout mean.
    makeTemplate({ data, layout } as never);
    await pause(0);
    await react(element, data as never, layout, { ...config, staticPlot });
    await pause(0);
  }
  purge(element);
  element.remove();
}
