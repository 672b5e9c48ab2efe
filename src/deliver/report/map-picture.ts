import type { StoryViews } from '../../contract/views';
import { listInWords } from '../../core/words';
import { markup, raw, type Markup } from './markup';
import { colorOf, shapeOf, type Look } from './pieces';
import type { ReportMap } from './report-input';

/** Customers are drawn in so many turns, each segment once in each, so that none lies on top of all others. */
const nTurns = 12;

/** The map of the customers as a drawing of a few paths: a dot is a line of no length with round ends. */
export function mapPicture(
  map: ReportMap,
  { pca, cluster }: Pick<StoryViews, 'pca' | 'cluster'>,
  look: Look,
): Markup {
  const { plot, width, height, axisTitles, segments } = map;
  const names = listInWords(segments.map(({ name }) => name));
  const [right, bottom] = [plot.left + plot.width, plot.top + plot.height];
  return markup`<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Map of the customers, coloured by segment: ${names}.">
<rect x="${plot.left}" y="${plot.top}" width="${plot.width}" height="${plot.height}" fill="none" stroke="var(--line)"/>
<g fill="none" stroke-width="3.6" stroke-linecap="round" stroke-opacity=".5">${dots(map, pca.scores, cluster.labels)}</g>
${segments.map(({ mark: [x, y] }, c) => centre(x, y, c, look))}
${segments.map(
  ({ name, label: [x, y] }, c) =>
    markup`<text class="name" x="${fixed(x)}" y="${fixed(y + 4)}" text-anchor="middle" style="fill:${colorOf(c)}">${name}</text>`,
)}
<text x="${fixed((plot.left + right) / 2)}" y="${bottom + 20}" text-anchor="middle">${axisTitles[0]} →</text>
<text transform="translate(${plot.left - 10} ${fixed((plot.top + bottom) / 2)}) rotate(-90)" text-anchor="middle">${axisTitles[1]} →</text>
</svg><figcaption>${map.caption}</figcaption></figure>`;
}

function centre(x: number, y: number, segment: number, { shapes }: Look): Markup {
  return markup`<path transform="translate(${fixed(x - 8)} ${fixed(y - 8)}) scale(1.333)" d="${shapeOf(segment, shapes)}" fill="${colorOf(segment)}" stroke="var(--bg)" stroke-width="1.4"/>`;
}

function dots({ rows, plot, x, y, segments }: ReportMap, scores: Float32Array, labels: Int32Array) {
  const paths: string[] = [];
  const scaleX = plot.width / (x[1] - x[0]);
  const scaleY = plot.height / (y[1] - y[0]);
  for (let turn = 0; turn < nTurns; turn++) {
    const drawn = segments.map(() => '');
    const end = Math.floor(((turn + 1) * rows.length) / nTurns);
    for (let i = Math.floor((turn * rows.length) / nTurns); i < end; i++) {
      const [across, up] = [scores[2 * rows[i]], scores[2 * rows[i] + 1]];
      if (!(across >= x[0] && across <= x[1] && up >= y[0] && up <= y[1])) continue;
      const left = plot.left + (across - x[0]) * scaleX;
      const top = plot.top + (y[1] - up) * scaleY;
      drawn[labels[rows[i]]] += `M${fixed(left)} ${fixed(top)}h0`;
    }
    drawn.forEach((path, c) => {
      if (path !== '') paths.push(`<path stroke="${colorOf(c)}" d="${path}"/>`);
    });
  }
  return raw(paths.join('\n'));
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
