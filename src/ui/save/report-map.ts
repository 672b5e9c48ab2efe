import { drawnRows } from '../../charts/cloud';
import { mapLayout } from '../../charts/map';
import { segmentPath } from '../../charts/theme';
import type { StoryViews } from '../../contract/views';
import { formatShare } from '../../core/words';
import type { ReportMap } from '../../deliver/report/report-input';
import { drawnInWords, outsideInWords, storyOnMap } from '../story/map-input';

const size = { width: 960, height: 560 };

/** The map of the page, laid out for a report. */
export function reportMap(story: StoryViews): ReportMap {
  const input = storyOnMap(story, story.model);
  const { frame, plot, texts } = mapLayout(input, size);
  const { x, y } = frame;
  const place = ([across, up]: readonly [number, number]) =>
    [
      plot.left + ((across - x[0]) / (x[1] - x[0])) * plot.width,
      plot.top + ((y[1] - up) / (y[1] - y[0])) * plot.height,
    ] as const;
  const [first, second = 0] = story.pca.explainedVarianceRatio;
  return {
    ...size,
    plot,
    x,
    y,
    rows: drawnRows(story.cluster.labels.length),
    axisTitles: input.axisTitles,
    segments: texts.map(({ text, point, place: { dx, dy } }) => {
      const mark = place(point);
      return { name: text, mark, label: [mark[0] + dx, mark[1] + dy] };
    }),
    caption: `${drawnInWords(input)}, on the two directions in which they differ most. The picture keeps ${formatShare(first + second)} of the variation: segments that overlap here can be apart in the other directions.${outsideInWords(input)}`,
  };
}

/** Outlines of the segments' marks. */
export function markShapes(nSegments: number): string[] {
  return Array.from({ length: nSegments }, (_, segment) => segmentPath(segment));
}
