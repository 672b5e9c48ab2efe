import { markup, type Markup } from './markup';

interface Curve {
  readonly title: string;
  readonly points: readonly { readonly nClusters: number; readonly value: number }[];
  /** Number of segments of the report. */
  readonly chosen: number;
  readonly format: (value: number) => string;
}

const size = { width: 440, height: 190 };
const margin = { l: 58, r: 14, t: 16, b: 28 };

/** A criterion by number of segments, the chosen one marked and labelled. */
export function curvePicture({ title, points, chosen, format }: Curve): Markup {
  const values = points.map(({ value }) => value);
  const ticks = niceTicks(Math.min(...values), Math.max(...values));
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  const [first, last] = [points[0].nClusters, points[points.length - 1].nClusters];
  const x = (k: number) =>
    at(margin.l, size.width - margin.r, last > first ? (k - first) / (last - first) : 0.5);
  const y = (value: number) =>
    at(size.height - margin.b, margin.t, high > low ? (value - low) / (high - low) : 0.5);
  const own = points.find(({ nClusters }) => nClusters === chosen);
  return markup`<figure><svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${title} by number of segments. The numbers are in the table below.">
${ticks.map(
  (
    tick,
  ) => markup`<path d="M${margin.l} ${y(tick)}H${size.width - margin.r}" stroke="var(--line)"/><text x="${margin.l - 8}" y="${y(tick) + 4}" text-anchor="end">${format(tick)}</text>
`,
)}${points.map(({ nClusters }) => markup`<text x="${x(nClusters)}" y="${size.height - 8}" text-anchor="middle">${nClusters}</text>`)}
<path fill="none" stroke="var(--ink-3)" stroke-width="1.6" d="${points.map(({ nClusters, value }, i) => `${i === 0 ? 'M' : 'L'}${x(nClusters)} ${y(value)}`).join('')}"/>
${points.map(({ nClusters, value }) => markup`<circle cx="${x(nClusters)}" cy="${y(value)}" r="${nClusters === chosen ? 5.5 : 2.6}" fill="${nClusters === chosen ? 'var(--segment-0)' : 'var(--ink-3)'}"/>`)}
${own === undefined ? null : markup`<text class="name" x="${x(chosen) + 9}" y="${y(own.value) - 7}" style="fill:var(--segment-0)">${format(own.value)}</text>`}
</svg><figcaption>${title} by number of segments</figcaption></figure>`;
}

function at(from: number, to: number, share: number): number {
  return Math.round((from + (to - from) * share) * 10) / 10;
}

/** Three to six round values that reach from below the least to above the most. */
export function niceTicks(low: number, high: number): number[] {
  if (!(high > low)) return [low, low + 1];
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  // Counted in steps and rounded once: 3 × 0.1 is 0.3.
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}
