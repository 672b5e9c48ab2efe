import { featureLabel, formatMean, isLevel } from '../../core/explain/feature-words';
import type { Profile } from '../../core/explain/profile';
import { capitalise, formatCount, formatValue } from '../../core/words';
import { curvePicture } from './curve-picture';
import { mapPicture } from './map-picture';
import { markup, type Markup } from './markup';
import { hundredths, segmentHeads, table, type Look } from './pieces';
import type { ReportInput } from './report-input';

/** Where the segments lie, what sets them apart, and how many there could be. */
export function picturesPart({ story, map }: ReportInput, look: Look): Markup {
  const { profile, sweep, cluster } = story;
  const silhouettes = sweep.candidates.flatMap(({ nClusters, silhouette }) =>
    silhouette === null ? [] : [{ nClusters, value: silhouette }],
  );
  const chosen = cluster.clusterOf.length;
  return markup`<h2>The map</h2>
${mapPicture(map, story, look)}
<h2>What sets them apart</h2>
<p class="about">Average of each segment${profile.overall.some(isLevel) ? ', of a category the share that has it' : ''}; the colour tells how far it lies above (blue) or below (orange) all customers, in standard deviations. The sign says the same.</p>
${heatTable(profile, look)}
<h2>How many segments?</h2>
<p class="about">What is left inside the segments (inertia) always falls with one more; the silhouette compares each customer’s own segment with the nearest other one: 1 is far apart, 0 on the border.</p>
<div class="pair">${curvePicture({
    title: 'Inertia',
    points: sweep.candidates.map(({ nClusters, inertia }) => ({ nClusters, value: inertia })),
    chosen,
    format: formatCount,
  })}${silhouettes.length === 0 ? null : curvePicture({ title: 'Silhouette', points: silhouettes, chosen, format: hundredths })}</div>
${table(
  'Every number that was tried',
  [
    { title: 'Segments' },
    { title: 'Inertia', isNumber: true },
    { title: 'Silhouette', isNumber: true },
    { title: 'Calinski-Harabasz', isNumber: true },
    { title: 'Davies-Bouldin', isNumber: true },
    { title: 'Starts that agree', isNumber: true },
  ],
  sweep.candidates.map((one) => ({
    isChosen: one.nClusters === chosen,
    cells: [
      String(one.nClusters),
      formatValue(one.inertia),
      one.silhouette?.toFixed(3) ?? '–',
      one.calinskiHarabasz === null ? '–' : formatValue(one.calinskiHarabasz),
      one.daviesBouldin?.toFixed(3) ?? '–',
      `${one.nStartsAtBest} of ${one.startInertias.length}`,
    ],
  })),
)}`;
}

/** Of very wide tables those columns in which segments differ most. */
const mostColumns = 60;

function heatTable({ overall, segments }: Profile, look: Look): Markup {
  const spread = (j: number) =>
    Math.max(...segments.map(({ columns }) => Math.abs(columns[j].effect)));
  const all = overall.map((_, j) => j);
  const shown =
    all.length <= mostColumns
      ? all
      : all
          .sort((a, b) => spread(b) - spread(a) || a - b)
          .slice(0, mostColumns)
          .sort((a, b) => a - b);
  const { heads, legend } = segmentHeads(
    segments.map(({ name }) => name),
    look,
  );
  return markup`${legend}<div class="wide"><table class="heat" aria-label="Average of every column by segment">
<thead><tr><th scope="col"></th>${heads}<th scope="col">All</th></tr></thead>
<tbody>${shown.map(
    (j) => markup`<tr><th scope="row">${capitalise(featureLabel(overall[j]))}</th>${segments.map(
      ({ columns }) => heatCell(formatMean(overall[j], columns[j].mean), columns[j].effect),
    )}<td>${formatMean(overall[j], overall[j].mean)}</td></tr>
`,
  )}</tbody></table></div>
${shown.length < overall.length ? markup`<p class="quiet">The ${shown.length} of ${formatCount(overall.length)} columns in which segments differ most; the results file has all.</p>` : null}`;
}

/** Colour is full at two standard deviations: 53 %, on which text can still be read. */
function heatCell(text: string, effect: number): Markup {
  const strength = Math.round(Math.min(1, Math.abs(effect) / 2) * 50 + 3);
  const sign = effect >= 0.25 ? ' ▴' : effect <= -0.25 ? ' ▾' : '';
  return markup`<td style="background:rgb(var(--${effect >= 0 ? 'high' : 'low'}) / ${strength}%)">${text}${sign}</td>`;
}
