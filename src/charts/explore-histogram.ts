import type { Histogram } from '../core/explore/histogram';

/** One bar of a histogram: whom it holds, and where it stands. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  /** `to` belongs to it. */
  readonly isClosed: boolean;
  readonly count: number;
  /** Of the whole picture, in [0, 1]. */
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

/** The bars of a histogram; the tallest has height 1. */
export function barsOf({ edges, counts }: Pick<Histogram, 'edges' | 'counts'>): Bar[] {
  const most = counts.reduce((best, count) => Math.max(best, count), 1);
  const [first, last] = [edges[0], edges[edges.length - 1]];
  return Array.from(counts, (count, i) => ({
    from: edges[i],
    to: edges[i + 1],
    isClosed: i === counts.length - 1,
    count,
    left: (edges[i] - first) / (last - first),
    width: (edges[i + 1] - edges[i]) / (last - first),
    height: count / most,
  }));
}

/** The one whole number that a bar holds, where histograms have a bar for each. */
export function wholeNumberOf({ from, to }: Pick<Bar, 'from' | 'to'>): number | undefined {
  return to - from === 1 && Number.isInteger(from + 0.5) ? from + 0.5 : undefined;
}
