import { drawCloud } from './cloud';
import { loadLibrary } from './library';
import type { Drawn } from './mount';

/** Pixels of a saved picture for one of the chart: sharp in a document. */
const density = 2;

/**
 * A chart as an SVG of its own: what plotly draws, on the ground of the page, with the points of a canvas as a picture
 * behind it.
 */
export async function chartSvg(
  { plot, figure, size, highlight }: Drawn,
  ground: string,
): Promise<string> {
  const { toImage } = await loadLibrary();
  const url = await toImage(plot, { format: 'svg', ...size });
  const written = decodeURIComponent(url.slice(url.indexOf(',') + 1));
  const parsed = new DOMParser().parseFromString(written, 'image/svg+xml');
  const svg = parsed.documentElement;
  const add = (name: string, attributes: Readonly<Record<string, string | number>>) => {
    const element = parsed.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    return element;
  };
  const behind = [add('rect', { ...size, fill: ground })];
  const { cloud, layout } = figure;
  if (cloud !== undefined) {
    const { l, r, t, b } = layout.margin;
    const box = { width: size.width - l - r, height: size.height - t - b };
    const canvas = document.createElement('canvas');
    await drawCloud(canvas, cloud, highlight, box.width, box.height, density);
    behind.push(add('image', { x: l, y: t, ...box, href: canvas.toDataURL('image/png') }));
  }
  svg.prepend(...behind);
  fixWidths(svg);
  return new XMLSerializer().serializeToString(svg);
}

/**
 * Writes down how wide each text is: where the page's typeface is not at hand, which is everywhere but on the page, another
 * one takes no more room.
 */
function fixWidths(svg: Element): void {
  const measured = document.importNode(svg, true);
  const hidden = document.createElement('div');
  hidden.className = 'chart-warm-up';
  hidden.append(measured);
  document.body.append(hidden);
  const own = svg.querySelectorAll('text');
  measured.querySelectorAll('text').forEach((text, i) => {
    const width = text.getComputedTextLength();
    if (!(width > 0)) return;
    own[i].setAttribute('textLength', width.toFixed(1));
    own[i].setAttribute('lengthAdjust', 'spacingAndGlyphs');
  });
  hidden.remove();
}

/** The same in pixels, twice as many as on the page. */
export async function chartPng(drawn: Drawn, ground: string): Promise<Blob> {
  const svg = await chartSvg(drawn, ground);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(drawn.size.width * density);
  canvas.height = Math.round(drawn.size.height * density);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('This browser could not make a picture of the chart.'));
      else resolve(blob);
    }, 'image/png');
  });
}
