import { drawCloud } from './cloud';
import { loadLibrary } from './library';
import type { Drawn } from './mount';
import { density, type SavedPicture } from './saved-picture';

/**
 * A chart as an SVG of its own: what plotly draws, on the ground of the page, with the points of a canvas as a picture
 * behind it.
 */
export async function chartSvg(
  { plot, figure, size, highlight }: Drawn,
  title: string,
  ground: string,
): Promise<SavedPicture> {
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
  const name = add('title', {});
  name.textContent = title;
  const behind = [name, add('rect', { ...size, fill: ground })];
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
  return { svg: new XMLSerializer().serializeToString(svg), size };
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
