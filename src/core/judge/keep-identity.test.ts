import { beforeAll, describe, expect, it } from 'vitest';
import { quickRecipe, runPipeline, sampleText } from '../../../tests/helpers/pipeline';
import { toView } from '../../contract/views';
import { predictRows, type ScoreColumn } from '../score';
import type { Recipe } from '../recipe';
import type { StepOutputs } from '../steps';
import { bySegment } from './badges';
import { pinnedFrom, type PinnedSegments } from './identity';

const text = sampleText(400);
const at = (nClusters: number, pinned?: PinnedSegments): Recipe => ({
  ...quickRecipe,
  cluster: { nClusters, ...(pinned === undefined ? {} : { pinned }) },
});

/** The pinned segments in another order. */
const reordered = ({ features }: PinnedSegments, order: readonly number[]): PinnedSegments => ({
  features: features.map((feature) => ({
    ...feature,
    means: order.map((c) => feature.means[c]),
  })),
});

describe('segments with pinned numbers', () => {
  let plain: StepOutputs;
  let turned: StepOutputs;
  const order = [2, 0, 1];
  beforeAll(async () => {
    plain = await runPipeline(text, at(3));
    turned = await runPipeline(text, at(3, reordered(pinnedFrom(plain.profile), order)));
  });

  it('of the run itself change nothing', async () => {
    const same = await runPipeline(text, at(3, pinnedFrom(plain.profile)));
    expect(same.cluster.fit).toEqual(plain.cluster.fit);
    expect(same.cluster.identity).toMatchObject({ order: [0, 1, 2], continues: [0, 1, 2] });
    expect(plain.cluster.identity).toBeNull();
  });

  it('are the same segments under those numbers, in every later step', () => {
    const rank = (c: number) => order.indexOf(c);
    expect(turned.cluster.fit.labels).toEqual(plain.cluster.fit.labels.map(rank));
    expect(turned.cluster.fit.sizes).toEqual(order.map((c) => plain.cluster.fit.sizes[c]));
    expect(turned.profile.segments.map(({ sentence }) => sentence)).toEqual(
      order.map((c) => plain.profile.segments[c].sentence),
    );
    expect(turned.cluster.fit.inertia).toBe(plain.cluster.fit.inertia);
    expect(turned.agreement.adjustedRandIndex).toBe(plain.agreement.adjustedRandIndex);
  });

  it('have a model that labels every customer as clustering did', () => {
    const { model, encode, cluster } = turned;
    const columns = model.inputs.map(({ name }): ScoreColumn => {
      const column = turned.derive.table.columns.find((one) => one.name === name);
      if (column?.kind === 'number') return { kind: 'number', values: column.values };
      throw new Error(`${name} is no column of numbers.`);
    });
    const { labels } = predictRows(model, columns, encode.values[0].length);
    expect(Array.from(labels)).toEqual(Array.from(cluster.fit.labels));
  });

  it('show the silhouettes of the sweep under those numbers, too', () => {
    const [before, after] = [toView.cluster(plain), toView.cluster(turned)];
    expect(after.silhouette?.mean).toBe(before.silhouette?.mean);
    expect(after.silhouette?.clusterMeans).toEqual(
      order.map((c) => before.silhouette?.clusterMeans[c]),
    );
    expect(after.silhouette?.clusterNegativeShares).toEqual(
      order.map((c) => before.silhouette?.clusterNegativeShares[c]),
    );
    expect(before.clusterOf).toEqual([0, 1, 2]);
    // The first by size has become the second, and so on.
    expect(after.clusterOf).toEqual([1, 2, 0]);
    expect(bySegment(['a', 'b', 'c'], after.clusterOf, 3)).toEqual(['c', 'a', 'b']);
  });

  it('keep them when there is one segment more: it comes last', async () => {
    const pinned = reordered(pinnedFrom(plain.profile), order);
    const { cluster } = await runPipeline(text, at(4, pinned));
    expect(cluster.identity?.continues).toEqual([0, 1, 2, null]);
    expect(cluster.fit.sizes.reduce((sum, size) => sum + size, 0)).toBe(400);
  });

  it('are numbered by size where no column is known', async () => {
    const pinned = {
      features: [{ column: 'gone', level: null, means: [1, 2, 3] }],
    };
    const { cluster } = await runPipeline(text, at(3, pinned));
    expect(cluster).toEqual(plain.cluster);
  });
});

describe('what is known of clusters, by segment', () => {
  it('is not known of a segment that is more than one of them, or none', () => {
    expect(bySegment(['a', 'b', null], [0, 0, 1], 3)).toEqual([null, null, null]);
    expect(bySegment(['a', 'b', 'c'], [1, 0, 1], 2)).toEqual(['b', null]);
    expect(bySegment([], [0, 1], 2)).toEqual([null, null]);
  });
});
