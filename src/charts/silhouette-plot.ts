/** The silhouettes of one segment as an area, in pixels. */
export interface SilhouetteBand {
  readonly y: number;
  readonly height: number;
  /** SVG path data of the area between 0 and the falling values; '' where nobody was judged. */
  readonly path: string;
}

export interface SilhouettePlot {
  readonly bands: readonly SilhouetteBand[];
  /** Silhouettes at both edges of the picture. */
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly height: number;
}

interface PlotSize {
  /** Of the area, without labels. */
  readonly width: number;
  /** Of all bands together, if no segment is tiny. */
  readonly height: number;
  readonly gap: number;
  /** A band is never lower: its label has to stand beside it. */
  readonly lowest: number;
}

/**
 * The classical picture of silhouettes: a band for each segment, as high as it has customers, in it their silhouettes
 * from the highest to the lowest. Tiny segments are drawn higher than they are.
 *
 * @param profiles by segment: falling silhouettes, at evenly spaced places
 */
export function silhouettePlot(
  profiles: readonly { readonly nJudged: number; readonly values: ArrayLike<number> }[],
  { width, height, gap, lowest }: PlotSize,
): SilhouettePlot {
  const total = profiles.reduce((sum, { nJudged }) => sum + nJudged, 0);
  const domain = domainOf(profiles);
  const x = (value: number) => placeOf(value, domain, width);
  let y = 0;
  const bands = profiles.map(({ nJudged, values }): SilhouetteBand => {
    const share = total > 0 ? nJudged / total : 0;
    const band = { y, height: Math.max(lowest, share * height) };
    y += band.height + gap;
    return { ...band, path: area(values, x, band) };
  });
  return { bands, domain, ticks: ticksOf(domain), height: Math.max(0, y - gap) };
}

/** Where a silhouette is in the picture, in pixels. */
export function placeOf(value: number, [low, high]: readonly [number, number], width: number) {
  return ((value - low) / (high - low)) * width;
}

/** The silhouette at a place of the picture, in hundredths. */
export function silhouetteAt(x: number, [low, high]: readonly [number, number], width: number) {
  const value = low + (Math.min(Math.max(x, 0), width) / Math.max(1, width)) * (high - low);
  return Math.round(value * 100) / 100;
}

const tick = 0.2;

/** Whole ticks around all values, 0 included. */
function domainOf(profiles: readonly { readonly values: ArrayLike<number> }[]): [number, number] {
  let [low, high] = [0, tick];
  for (const { values } of profiles) {
    if (values.length === 0) continue;
    high = Math.max(high, values[0]);
    low = Math.min(low, values[values.length - 1]);
  }
  const whole = (value: number) => Math.round(value * 100) / 100;
  return [whole(Math.floor(low / tick) * tick), whole(Math.ceil(high / tick) * tick)];
}

function ticksOf([low, high]: readonly [number, number]): number[] {
  const count = Math.round((high - low) / tick);
  return Array.from({ length: count + 1 }, (_, i) => Math.round((low + i * tick) * 10) / 10 + 0);
}

function area(
  values: ArrayLike<number>,
  x: (value: number) => number,
  { y, height }: { readonly y: number; readonly height: number },
): string {
  if (values.length === 0) return '';
  const step = height / values.length;
  // Each value is as high as its share of the customers: the picture of one customer is a bar.
  const edge = Array.from(values, (value, i) => {
    const at = x(value).toFixed(1);
    return `H${at}V${(y + (i + 1) * step).toFixed(1)}`;
  });
  return `M${x(0).toFixed(1)} ${y.toFixed(1)}${edge.join('')}H${x(0).toFixed(1)}Z`;
}
