import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curveFigure } from './curve';
import { placeLabels, type Label } from './label-places';
import { cellColors, drawnPoints, drawnRows, isSameCloud, layersOf, maxPoints } from './cloud';
import {
  boxBetween,
  mapFigure,
  mapLayout,
  nOutside,
  rectangleOf,
  segmentAt,
  type MapInput,
} from './map';
import { plainText, segmentColor, segmentSymbol, type ChartTheme } from './theme';

const theme: ChartTheme = {
  ink: '#000',
  ink2: '#222',
  ink3: '#444',
  line: '#ccc',
  surface: '#fff',
  accent: '#06c',
  segments: ['#a00', '#0a0', '#00a'],
};

const size = { width: 526, height: 352 };

const hostile = '<a href="https://evil.example">%{x}</a>&<b>';

/** Every text of a figure, wherever it stands. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsOf);
}

/** The tags that are ours. */
const withoutOurTags = (text: string) => text.replace(/^<b>(.*)<\/b>$/, '$1');

describe('text from a file', () => {
  it('is no markup and no template to plotly', () => {
    expect(plainText('<a href="x">')).toBe('&lt;a href="x">');
    expect(plainText('a & b &lt;')).toBe('a &amp; b &amp;lt;');
    expect(plainText('%{x}')).not.toContain('%{');
    expect(plainText('100 % sure')).toBe('100 % sure');
  });

  it('never keeps what plotly would act on', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '&', '%', '{', '}', 'a', '%{', '>') }),
        (text) => {
          const plain = plainText(text);
          expect(plain).not.toMatch(/<|%\{/);
          // Decoded as plotly does, it is what it was (but for the invisible space in %{).
          const decoded = plain
            .replaceAll('\u200b', '')
            .replaceAll('&lt;', '<')
            .replaceAll('&amp;', '&');
          expect(decoded).toBe(text);
        },
      ),
    );
  });
});

describe('segments are told apart', () => {
  it('by colour and by shape, which begin anew when there are more segments', () => {
    expect([0, 1, 2, 3].map((c) => segmentColor(theme, c))).toEqual([
      '#a00',
      '#0a0',
      '#00a',
      '#a00',
    ]);
    expect(new Set(Array.from({ length: 8 }, (_, c) => segmentSymbol(c))).size).toBe(8);
    expect(segmentSymbol(8)).toBe(segmentSymbol(0));
  });
});

function mapOf(nRows: number, more: Partial<MapInput> = {}): MapInput {
  return {
    scores: Float32Array.from({ length: 2 * nRows }, (_, i) => ((i * 37) % 101) / 10),
    labels: Int32Array.from({ length: nRows }, (_, i) => i % 3),
    segments: [
      { name: 'High spend', center: [2, 8] },
      { name: 'Low spend', center: [8, 2] },
      { name: hostile, center: [5, 5] },
    ],
    axisTitles: ['More purchases', hostile],
    ...more,
  };
}

describe('the map', () => {
  it('has the centre of each segment, and one more customer on top', () => {
    expect(mapFigure(mapOf(30), theme, size).data).toHaveLength(3);
    const here = { point: [3, 3], label: 'This customer' } as const;
    const { data, layout } = mapFigure(mapOf(30, { here }), theme, size);
    expect(data).toHaveLength(4);
    expect(data[3]).toMatchObject({ x: [3], y: [3] });
    expect(layout.annotations).toHaveLength(4);
  });

  it('has the customers behind it, within the same frame and in the colours of their segments', () => {
    const input = mapOf(30);
    const { cloud, layout } = mapFigure(input, theme, size);
    expect(cloud).toMatchObject({ scores: input.scores, labels: input.labels });
    expect(cloud?.colors).toEqual(theme.segments);
    expect(layout).toMatchObject({ xaxis: { range: cloud?.x }, yaxis: { range: cloud?.y } });
  });

  it('lets all but one segment recede', () => {
    const { cloud, data } = mapFigure(mapOf(30, { emphasis: 1 }), theme, size);
    expect(cloud?.emphasis).toBe(1);
    expect(data.map(({ opacity }) => opacity === 1)).toEqual([false, true, false]);
  });

  it('shortens large numbers, for which the margin has no room', () => {
    const wide = mapOf(30, { scores: Float32Array.from({ length: 60 }, (_, i) => i * 1e5) });
    expect(mapFigure(wide, theme, size).layout.yaxis).toMatchObject({ tickformat: '~s' });
    expect(mapFigure(mapOf(30), theme, size).layout.yaxis).not.toHaveProperty('tickformat');
  });

  it('names its axes', () => {
    const { layout } = mapFigure(mapOf(10), theme, size);
    expect(layout.xaxis).toMatchObject({ title: { text: 'More purchases →' } });
    expect(layout.yaxis).toMatchObject({ title: { text: `${plainText(hostile)} →` } });
  });

  it('makes names harmless wherever they stand', () => {
    const here = { point: [1, 1], label: hostile } as const;
    const figure = mapFigure(mapOf(12, { here }), theme, size);
    const texts = textsOf(figure);
    expect(texts.some((text) => text.includes('evil.example'))).toBe(true);
    for (const text of texts) expect(withoutOurTags(text)).not.toMatch(/<|%\{/);
  });

  it('shows all but a few extreme customers, every centre and the one more customer', () => {
    const scores = Float32Array.from({ length: 4000 }, (_, i) => Math.sin(i));
    scores[0] = 1000;
    const input = mapOf(2000, {
      scores,
      segments: [{ name: 'a', center: [5, 0] }],
      labels: new Int32Array(2000),
      here: { point: [0, -7], label: 'x' },
    });
    const { layout } = mapFigure(input, theme, size);
    const [x, y] = [layout.xaxis, layout.yaxis].map((axis) => (axis as { range: number[] }).range);
    expect(x[1]).toBeGreaterThan(5);
    expect(x[1]).toBeLessThan(10);
    expect(y[0]).toBeLessThan(-7);
    expect(nOutside(input)).toBe(1);
  });

  it('of a model without customers has its centres', () => {
    const { data } = mapFigure(
      mapOf(0, { scores: new Float32Array(), labels: new Int32Array() }),
      theme,
      size,
    );
    expect(data).toHaveLength(3);
    expect(data[0]).toMatchObject({ x: [2], y: [8] });
  });
});

describe('what is drawn of segments beside their points', () => {
  const input: MapInput = {
    scores: Float32Array.from([0, 0, 4, 4, 2, 2]),
    labels: Int32Array.from([0, 1, 1]),
    segments: [
      { name: 'a', center: [0, 0] },
      { name: 'b', center: [3, 3] },
    ],
    axisTitles: ['right', 'up'],
  };
  const outline = (segment: number, share: number) => {
    return { segment, share, points: [[0, 0], [1, 0], [0, 1]] as const }; // prettier-ignore
  };

  it('are closed lines in the colour of the segment, each segment with dashes of its own', () => {
    const { data } = mapFigure(
      { ...input, outlines: [outline(0, 0.8), outline(1, 0.8), outline(1, 0.5)], emphasis: 1 },
      theme,
      size,
    );
    const lines = data.filter(({ mode }) => mode === 'lines');
    expect(lines.map(({ x, y }) => [x, y])).toEqual(
      lines.map(() => [
        [0, 1, 0, 0],
        [0, 0, 1, 0],
      ]),
    );
    // Each on a wider one in the colour of the page.
    expect(lines.map(({ line }) => (line as { color: string }).color === '#fff')).toEqual(
      [true, false, true, false, true, false], // prettier-ignore
    );
    const looks = lines
      .filter((_, i) => i % 2 === 1)
      .map(({ line, opacity }) => ({ ...(line as object), opacity }));
    expect(looks).toEqual([
      { color: '#a00', width: 1.5, dash: 'solid', opacity: 0.3 },
      { color: '#0a0', width: 1.5, dash: 'dash', opacity: 1 },
      { color: '#0a0', width: 2.5, dash: 'dash', opacity: 1 },
    ]);
    // Centres are drawn after them, so above.
    expect(data.at(-1)?.mode).toBe('markers');
  });

  it('is shading with a few points, and drawn anew when it is another', () => {
    const raster = { x: [0, 4], y: [0, 4], nx: 2, ny: 1, counts: new Float32Array(4) } as const;
    const { cloud } = mapFigure({ ...input, raster }, theme, size);
    const plain = mapFigure(input, theme, size).cloud;
    expect(cloud?.raster).toBe(raster);
    expect(cloud && plain && isSameCloud(cloud, plain)).toBe(false);
    const many = { labels: new Int32Array(100_000), opacity: 0.5 };
    expect(layersOf(many, null)[0].rows).toHaveLength(maxPoints);
    expect(layersOf({ ...many, raster }, null)[0].rows).toHaveLength(3000);
  });

  it('mixes colours by who is in a cell, the stronger the more there are', () => {
    // Two segments, four cells: nobody; one of the first; three of the first and one of the second; 99 of the second.
    const counts = Float32Array.from([0, 1, 3, 0, 0, 0, 1, 99]);
    const cells = cellColors(counts, 4, [
      [200, 0, 0],
      [0, 100, 0],
    ]);
    expect(cells.map(({ mixed }) => mixed)).toEqual([
      [0, 0, 0],
      [200, 0, 0],
      [150, 25, 0],
      [0, 100, 0],
    ]);
    const [none, one, four, most] = cells.map(({ strength }) => strength);
    expect([none, most]).toEqual([0, 1]);
    expect(one).toBeCloseTo(0.15 + (0.85 * Math.log(2)) / Math.log(100), 6);
    expect(four).toBeGreaterThan(one);
  });
});

describe('the points of a map', () => {
  it('are all customers of a file that is not large', () => {
    expect([...drawnRows(4)]).toEqual([0, 1, 2, 3]);
    expect(drawnRows(0)).toHaveLength(0);
    expect(drawnPoints(8950)).toBe(8950);
  });

  it('of a large file are spread over it, none twice and in its order', () => {
    const nRows = 10 * maxPoints + 7;
    const rows = drawnRows(nRows);
    expect(rows).toHaveLength(drawnPoints(nRows));
    rows.forEach((row, i) => {
      const [from, to] = [(i * nRows) / maxPoints, ((i + 1) * nRows) / maxPoints];
      if (row < Math.floor(from) || row >= to) expect.fail(`${row} is not in part ${i}`);
      if (i > 0 && row <= rows[i - 1]) expect.fail(`${row} comes after ${rows[i - 1]}`);
    });
  });

  it('are of both kinds where two kinds of customers alternate', () => {
    const odd = drawnRows(2 * maxPoints).filter((row) => row % 2 === 1).length;
    expect(odd / maxPoints).toBeGreaterThan(0.45);
    expect(odd / maxPoints).toBeLessThan(0.55);
  });

  it('need not be drawn again for the same picture', () => {
    const input = mapOf(30);
    const cloudOf = (more: Partial<MapInput> = {}) =>
      mapFigure({ ...input, ...more }, theme, size).cloud!;
    expect(isSameCloud(cloudOf(), cloudOf())).toBe(true);
    // One more customer that lies within the frame changes nothing behind it.
    expect(isSameCloud(cloudOf(), cloudOf({ here: { point: [3, 3], label: 'x' } }))).toBe(true);
    for (const other of [
      cloudOf({ here: { point: [99, 3], label: 'x' } }),
      cloudOf({ emphasis: 0 }),
      cloudOf({ labels: input.labels.slice() }),
      mapFigure(input, { ...theme, segments: ['#111', '#222', '#333'] }, size).cloud!,
    ]) {
      expect(isSameCloud(cloudOf(), other)).toBe(false);
    }
  });
});

describe('points that stand out', () => {
  const cloud = { labels: Int32Array.of(0, 1, 0, 2), opacity: 0.5 };
  const rows = Uint8Array.of(0, 1, 0, 1);
  const drawn = (...of: Parameters<typeof layersOf>) =>
    layersOf(...of).map((layer) => [...layer.rows]);

  it('are drawn on top of the others, which are grey, or not drawn at all', () => {
    const layers = layersOf(cloud, { rows, isAlone: false });
    expect(layers.map((layer) => [...layer.rows])).toEqual([
      [0, 2],
      [1, 3],
    ]);
    expect(layers.map(({ isGrey }) => isGrey === true)).toEqual([true, false]);
    expect(layers[1].opacity).toBeGreaterThan(cloud.opacity);
    expect(drawn(cloud, { rows, isAlone: true })).toEqual([[1, 3]]);
  });

  it('are those of a selection rather than of the segment that is looked at', () => {
    expect(drawn({ ...cloud, emphasis: 0 }, null)).toEqual([
      [1, 3],
      [0, 2],
    ]);
    expect(drawn({ ...cloud, emphasis: 0 }, { rows, isAlone: true })).toEqual([[1, 3]]);
    expect(drawn(cloud, null)).toEqual([[0, 1, 2, 3]]);
  });

  it('are all there also where most customers are not drawn', () => {
    const nRows = 50 * maxPoints;
    const few = new Uint8Array(nRows);
    const wanted = [7, 8, 12_345, nRows - 1];
    for (const row of wanted) few[row] = 1;
    const labels = new Int32Array(nRows);
    expect(drawn({ labels, opacity: 0.3 }, { rows: few, isAlone: true })).toEqual([wanted]);
    const [all] = layersOf(
      { labels, opacity: 0.3 },
      { rows: new Uint8Array(nRows).fill(1), isAlone: true },
    );
    expect(all.rows).toHaveLength(maxPoints);
  });
});

describe('a place on the map', () => {
  const input = mapOf(30);
  const layout = mapLayout(input, size);
  const { frame, plot } = layout;
  const corner = { x: plot.left, y: plot.top };
  const opposite = { x: plot.left + plot.width, y: plot.top + plot.height };

  it('belongs to the segment whose centre or name is there', () => {
    const toPixels = ([x, y]: readonly [number, number]) => ({
      x: plot.left + (plot.width * (x - frame.x[0])) / (frame.x[1] - frame.x[0]),
      y: plot.top + (plot.height * (frame.y[1] - y)) / (frame.y[1] - frame.y[0]),
    });
    input.segments.forEach(({ center }, segment) => {
      expect(segmentAt(layout, toPixels(center))).toBe(segment);
    });
    const { point, place } = layout.texts[1];
    const spot = toPixels(point);
    expect(segmentAt(layout, { x: spot.x + place.dx, y: spot.y + place.dy })).toBe(1);
    expect(segmentAt(layout, corner)).toBeNull();
  });

  it('is no segment where the one more customer is', () => {
    const here = { point: [0.1, 0.1], label: 'This customer' } as const;
    const withHere = mapLayout(mapOf(30, { here }), size);
    const [text] = withHere.texts;
    expect(text.segment).toBeNull();
    const x =
      withHere.plot.left +
      (withHere.plot.width * (0.1 - withHere.frame.x[0])) /
        (withHere.frame.x[1] - withHere.frame.x[0]);
    const y =
      withHere.plot.top +
      (withHere.plot.height * (withHere.frame.y[1] - 0.1)) /
        (withHere.frame.y[1] - withHere.frame.y[0]);
    expect(segmentAt(withHere, { x, y })).toBeNull();
  });

  it('and another make a box, whichever comes first; from corner to corner it is the frame', () => {
    const close = (box: typeof frame, to: typeof frame) => {
      expect(box.x[0]).toBeCloseTo(to.x[0], 9);
      expect(box.x[1]).toBeCloseTo(to.x[1], 9);
      expect(box.y[0]).toBeCloseTo(to.y[0], 9);
      expect(box.y[1]).toBeCloseTo(to.y[1], 9);
    };
    close(boxBetween(layout, corner, opposite), frame);
    close(boxBetween(layout, opposite, corner), frame);
    // A quarter of the plot, at the upper left: the lower half of x, the upper half of y.
    const middle = { x: plot.left + plot.width / 2, y: plot.top + plot.height / 2 };
    const half = ([low, high]: readonly [number, number]) => (low + high) / 2;
    close(boxBetween(layout, middle, corner), {
      x: [frame.x[0], half(frame.x)],
      y: [half(frame.y), frame.y[1]],
    });
    // Beyond the plot there is nothing to be seen, and nothing to be selected.
    close(boxBetween(layout, { x: -500, y: -500 }, { x: 5000, y: 5000 }), frame);
  });

  it('is where a box was drawn', () => {
    const [a, b] = [
      { x: 100, y: 60 },
      { x: 300, y: 200 },
    ];
    const rectangle = rectangleOf(layout, boxBetween(layout, a, b));
    expect(rectangle?.left).toBeCloseTo(100, 6);
    expect(rectangle?.top).toBeCloseTo(60, 6);
    expect(rectangle?.width).toBeCloseTo(200, 6);
    expect(rectangle?.height).toBeCloseTo(140, 6);
    // A box of other settings may lie elsewhere.
    expect(rectangleOf(layout, { x: [900, 901], y: [0, 1] })).toBeNull();
    expect(rectangleOf(layout, { x: [NaN, 1], y: [0, 1] })).toBeNull();
  });
});

describe('the curve', () => {
  const points = [1, 2, 3, 4].map((nClusters) => ({ nClusters, value: 100 / nClusters }));
  const format = (value: number) => `${value.toFixed(0)} <i>`;
  const figure = curveFigure({ points, chosen: 3, format }, theme);

  it('has one line through all numbers, the chosen one marked', () => {
    expect(figure.data).toHaveLength(1);
    const [{ x, y, marker }] = figure.data;
    expect([x, y]).toEqual([
      [1, 2, 3, 4],
      [100, 50, 100 / 3, 25],
    ]);
    expect(marker).toMatchObject({
      size: [5, 5, 10, 5],
      color: [theme.ink3, theme.ink3, theme.accent, theme.ink3],
    });
    expect(figure.layout.shapes).toMatchObject([{ x0: 3, x1: 3 }]);
  });

  it('writes the chosen value beside it, made harmless, and within the picture', () => {
    expect(figure.layout.annotations).toMatchObject([
      { x: 3, xanchor: 'left', text: '<b>33 &lt;i></b>' },
    ]);
    for (const text of textsOf(figure)) expect(withoutOurTags(text)).not.toContain('<');
    const { layout } = curveFigure({ points, chosen: 4, format }, theme);
    expect(layout.annotations).toMatchObject([{ x: 4, xanchor: 'right' }]);
  });

  it('marks nothing where the chosen number has no value', () => {
    const { layout } = curveFigure({ points: points.slice(1), chosen: 1, format }, theme);
    expect(layout.annotations).toEqual([]);
  });

  it('rings the number that the criterion likes best', () => {
    const [{ marker }] = curveFigure({ points, chosen: 3, format, best: 2 }, theme).data;
    expect(marker).toMatchObject({
      size: [5, 10, 10, 5],
      color: [theme.ink3, theme.surface, theme.accent, theme.ink3],
      line: { width: [0, 2, 0, 0] },
    });
  });

  it('shows how far the knee lies below the line from the first to the last value', () => {
    const { data } = curveFigure({ points, chosen: 3, format, knee: 2 }, theme);
    expect(data).toHaveLength(3);
    expect(data[0]).toMatchObject({ x: [1, 4], y: [100, 25] });
    // A third of the way down from 100 to 25 is 75.
    expect(data[1]).toMatchObject({ x: [2, 2], y: [75, 50] });
  });

  it('has values on an axis only where there is room for them', () => {
    expect(figure.layout.yaxis).toMatchObject({ showticklabels: false });
    const { layout } = curveFigure({ points, chosen: 3, format, tickFormat: '.0%' }, theme);
    expect(layout.yaxis).toMatchObject({ tickformat: '.0%' });
    expect(layout.margin.l).toBeGreaterThan(figure.layout.margin.l);
  });
});

describe('the places of labels', () => {
  const [width, height] = [600, 400];
  const boxOf = ({ x, y, text }: Label, { dx, dy }: { dx: number; dy: number }) => ({
    left: x + dx - (text.length * 6.8) / 2,
    right: x + dx + (text.length * 6.8) / 2,
    top: y + dy - 9,
    bottom: y + dy + 9,
  });

  it('are above the point where there is room', () => {
    const [{ dx, dy }] = placeLabels([{ x: 300, y: 200, text: 'alone' }], width, height);
    expect(dx).toBe(0);
    expect(dy).toBeLessThan(0);
  });

  it('are inside also where the point is in a corner', () => {
    for (const x of [3, width - 3]) {
      for (const y of [3, height - 3]) {
        const label = { x, y, text: 'in the corner' };
        const box = boxOf(label, placeLabels([label], width, height)[0]);
        expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(0);
        expect(box.right).toBeLessThanOrEqual(width);
        expect(box.bottom).toBeLessThanOrEqual(height);
      }
    }
  });

  it('are inside, do not overlap and cover no other point, where the points are apart', () => {
    // One point in each cell of a grid of 200 × 100, so at least 80 × 60 apart; names of up to 14 characters.
    const cell = fc.record({
      x: fc.integer({ min: 60, max: 120 }),
      y: fc.integer({ min: 30, max: 70 }),
      length: fc.integer({ min: 1, max: 14 }),
    });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 12, maxLength: 12 }), (cells) => {
        const labels = cells.map(({ x, y, length }, i) => ({
          x: (i % 3) * 200 + x,
          y: Math.floor(i / 3) * 100 + y,
          text: 'x'.repeat(length),
        }));
        const places = placeLabels(labels, width, height);
        const boxes = labels.map((label, i) => boxOf(label, places[i]));
        boxes.forEach((box, i) => {
          expect(box.left).toBeGreaterThanOrEqual(0);
          expect(box.right).toBeLessThanOrEqual(width);
          expect(box.top).toBeGreaterThanOrEqual(0);
          expect(box.bottom).toBeLessThanOrEqual(height);
          boxes.slice(i + 1).forEach((other) => {
            const apart =
              box.right <= other.left ||
              other.right <= box.left ||
              box.bottom <= other.top ||
              other.bottom <= box.top;
            expect(apart).toBe(true);
          });
          labels.forEach(({ x, y }, point) => {
            const covers = x > box.left && x < box.right && y > box.top && y < box.bottom;
            expect(covers && point !== i).toBe(false);
          });
        });
      }),
    );
  });

  it('exist for every label even where there is no room at all', () => {
    const crowd = Array.from({ length: 40 }, () => ({ x: 5, y: 5, text: 'x'.repeat(400) }));
    const places = placeLabels(crowd, 10, 10);
    expect(places).toHaveLength(40);
    expect(places.every(({ dx, dy }) => Number.isFinite(dx + dy))).toBe(true);
  });
});
