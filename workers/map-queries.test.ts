import { proxy, type Remote } from 'comlink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quickRecipe } from '../tests/helpers/pipeline';
import { connect, fileOf, requestOf, valueOf } from '../tests/helpers/service';
import type { Result, WorkerApi } from '../src/contract/api';
import type { Queries, QueryKind } from '../src/contract/queries';
import { covarianceTypes } from '../src/core/learn/gaussian-mixture';
import { mapShapeKinds } from '../src/core/map/map-shapes';
import { projections } from '../src/core/map/projection';
import type { Recipe } from '../src/core/recipe';
import { createRandom } from '../src/core/random';

let api: Remote<WorkerApi>;
let close: () => void;
beforeEach(() => ({ api, close } = connect()));
afterEach(() => close());

/** Three groups that differ in three columns; a fourth is noise. */
function threeGroups(nRows: number): string {
  const random = createRandom(5);
  const middles = [
    [0, 0, 0],
    [8, 0, 4],
    [0, 8, 8],
  ];
  const rows = Array.from({ length: nRows }, (_, i) => {
    const values = middles[i % 3].map((middle) => middle + random.normal());
    return [`c${i}`, ...values, 3 * random.normal()].join(',');
  });
  return `id,one,two,three,noise\n${rows.join('\n')}\n`;
}

const source = fileOf(threeGroups(240));
const three: Recipe = { ...quickRecipe, cluster: { nClusters: 3 } };

async function ask<Kind extends QueryKind>(
  kind: Kind,
  question: Queries[Kind]['question'],
  onProgress?: (share: number) => void,
): Promise<Queries[Kind]['answer']> {
  const listener = onProgress === undefined ? undefined : proxy(onProgress);
  const asked = api.ask(requestOf(source, three), kind, question, listener);
  return valueOf((await asked) as Result<Queries[Kind]['answer']>);
}

describe('the worker draws maps', () => {
  it.each(projections)('of the kind %s: two numbers for each customer, and words', async (kind) => {
    const map = await ask('map', { projection: kind });
    expect(map.scores).toHaveLength(480);
    expect(map.labels).toHaveLength(240);
    expect(map.kept).toBeGreaterThan(0.4);
    expect(map.kept).toBeLessThanOrEqual(1);
    expect(map.sentences).toHaveLength(2);
    // Centres are the means of their customers, and each lies apart from the others.
    map.centers.forEach(([x, y], c) => {
      let [sumX, sumY, n] = [0, 0, 0];
      map.labels.forEach((label, i) => {
        if (label !== c) return;
        sumX += map.scores[2 * i];
        sumY += map.scores[2 * i + 1];
        n++;
      });
      expect([x, y]).toEqual([expect.closeTo(sumX / n, 6), expect.closeTo(sumY / n, 6)]);
    });
    // What goes along with a direction most grows with it.
    for (const { correlation } of map.meanings) expect(correlation).toBeGreaterThanOrEqual(0);
    expect(await ask('map', { projection: kind })).toEqual(map);
  });

  it('that say how far they can be trusted', async () => {
    const trust = await ask('mapTrust', { projection: 'discriminant' });
    expect(trust.pairs.map(({ a, b }) => [a, b])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    for (const { full, is, picture, seen } of trust.pairs) {
      expect([full, is, picture, seen]).toEqual([0, 'well apart', 0, 'well apart']);
    }
    expect(trust.neighbourhood?.trustworthiness).toBeGreaterThan(0.7);
    expect(trust.silhouette?.picture).toBeGreaterThan(trust.silhouette?.full ?? 1);
    expect(trust.sentences).toContain(
      'Each of the 3 pairs of segments stands here about as it does in all 4 columns.',
    );
  });

  it.each(mapShapeKinds)('with shapes of the kind %s, in a frame', async (shape) => {
    const frame = { x: [-20, 20], y: [-20, 20] } as const;
    const { outlines, raster } = await ask('mapShapes', {
      projection: 'discriminant',
      shape,
      frame,
    });
    const segments = new Set(outlines.map(({ segment }) => segment));
    expect([...segments]).toEqual(shape === 'shade' ? [] : [0, 1, 2]);
    const counted = raster?.counts.reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(shape === 'shade' ? 240 : undefined);
  });

  it('and tell how far they are', async () => {
    const heard: number[] = [];
    await ask('map', { projection: 'code' }, (share) => void heard.push(share));
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it.each(projections)('on which customers are selected by a line, kind %s', async (projection) => {
    const { scores, labels, centers } = await ask('map', { projection });
    // A diamond around the first segment's centre.
    const [x, y] = centers[0];
    const points = [
      [x - 1, y],
      [x, y - 1],
      [x + 1, y],
      [x, y + 1],
    ] as const;
    const inside = Array.from(labels.keys()).filter(
      (i) => Math.abs(scores[2 * i] - x) + Math.abs(scores[2 * i + 1] - y) < 1,
    );
    const { nRows, kept } = await ask('selected', {
      selection: { kind: 'lasso', projection, points },
    });
    expect(nRows).toBe(inside.length);
    expect(nRows).toBeGreaterThan(0);
    expect(Array.from(kept ?? []).flatMap((is, i) => (is === 1 ? [i] : []))).toEqual(inside);
    const box = { x: [x - 1, x + 1], y: [y - 1, y + 1] } as const;
    const inBox = await ask('selected', { selection: { kind: 'map', projection, ...box } });
    expect(inBox.nRows).toBeGreaterThan(nRows);
  });

  it('also for whoever asks again while an earlier question is being taken back', async () => {
    const first = requestOf(source, three);
    const given = api.ask(first, 'map', { projection: 'code' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const again = ask('map', { projection: 'code' });
    await api.cancel(first.id);
    expect((await again).scores).toHaveLength(480);
    const result = await given;
    expect(result.ok || result.error.cancelled === true).toBe(true);
  });
});

describe('the worker softens segments', () => {
  it.each(covarianceTypes)('by a mixture, %s, and selects who lies in between', async (type) => {
    const soft = await ask('mixture', { covarianceType: type });
    expect(soft.adjustedRandIndex).toBeGreaterThan(0.95);
    expect(soft.sentences[0]).toContain('Three normal distributions');
    const nRows = async (segment: number | null, group: number | null, isBetween: boolean) => {
      const selection = {
        kind: 'mixture',
        covarianceType: type,
        segment,
        group,
        isBetween,
      } as const;
      return (await ask('selected', { selection })).nRows;
    };
    expect(await nRows(null, null, false)).toBe(240);
    expect(await nRows(null, null, true)).toBe(soft.nBetween);
    for (const c of [0, 1, 2]) {
      expect(await nRows(c, c, false)).toBe(soft.crosstab[c][c]);
      expect(await nRows(null, c, false)).toBe(soft.groups[c].size);
      expect(await nRows(c, null, true)).toBe(soft.segments[c].nBetween);
    }
  });

  it('and compares numbers of groups', async () => {
    const { numbers, sentence } = await ask('mixtureNumbers', { covarianceType: 'diag' });
    // Two fewer to two more, of the four that there are.
    expect(numbers.map(({ nClusters }) => nClusters)).toEqual([1, 2, 3, 4]);
    expect(sentence).toBe('BIC is lowest with three groups, of one to four that were tried.');
  });
});
