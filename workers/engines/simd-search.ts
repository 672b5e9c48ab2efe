import { nobody, type ClusterSearch } from '../../src/core/engine';
import { orderByBoxes } from './box-order';
import { guard } from './simd-guard';
import { blockRows, memoryStart, place, type Kernels } from './simd-memory';

/** Clusters that share a box, see `workers/kernels/neighbours.ts`. */
const boxClusters = 8 * blockRows;
/** The boxes are made anew when so large a share of their clusters is gone: by then they have grown, and have holes. */
const worn = 0.5;

/** What lies in the memory of the kernels. */
interface Layout {
  readonly nBoxes: number;
  readonly addresses: readonly number[];
  readonly x: Float64Array;
  readonly boxes: Float64Array;
  readonly sizes: Float64Array;
  readonly ids: Int32Array;
  readonly point: Float64Array;
  readonly distance: Float64Array;
  readonly nearest: Int32Array;
}

/**
 * `Engine.searchClusters` in float64 vectors. Clusters lie in blocks of eight, neighbours together, each eight blocks
 * in a box, so that whole boxes are passed over. The neighbours are those of plain loops, to the last bit.
 *
 * @param kernels used by nobody else meanwhile
 */
export function simdSearch(
  centers: Float64Array,
  sizes: Float64Array,
  nFeatures: number,
  kernels: Kernels,
  giveBack: () => void,
): ClusterSearch {
  const values = centers.slice();
  const sizeOf = sizes.slice();
  const placeOf = new Int32Array(sizes.length);
  let left = Int32Array.from(sizes.keys());
  let nLeft = left.length;
  let layout = arrange();

  function arrange(): Layout {
    left = left.filter((cluster) => placeOf[cluster] >= 0);
    orderByBoxes(values, nFeatures, left, boxClusters);
    const fresh = guard(() => layOut(kernels, left.length, nFeatures));
    left.forEach((cluster, at) => put(fresh, cluster, at));
    return fresh;
  }

  function put({ x, boxes, sizes, ids }: Layout, cluster: number, at: number): void {
    const box = Math.floor(at / boxClusters);
    let to = (at >> 3) * nFeatures * blockRows + (at & 7);
    let bound = (box >> 1) * nFeatures * 4 + (box & 1);
    for (let j = 0; j < nFeatures; j++, to += blockRows, bound += 4) {
      const value = values[cluster * nFeatures + j];
      x[to] = value;
      if (value < boxes[bound]) boxes[bound] = value;
      if (value > boxes[bound + 2]) boxes[bound + 2] = value;
    }
    sizes[at] = sizeOf[cluster];
    ids[at] = cluster;
    placeOf[cluster] = at;
  }

  return {
    nearest(cluster, known) {
      const { point, distance, nearest, nBoxes, addresses } = layout;
      point.set(values.subarray(cluster * nFeatures, (cluster + 1) * nFeatures));
      distance[0] = known.distance;
      nearest[0] = known.cluster;
      const [x, boxes, sizesAt, ids, pointAt, best] = addresses;
      const size = sizeOf[cluster];
      guard(() => {
        kernels.nearestCluster(
          x,
          boxes,
          nBoxes,
          nFeatures,
          sizesAt,
          ids,
          pointAt,
          size,
          cluster,
          best,
        );
      });
      return { cluster: nearest[0], distance: distance[0] };
    },
    replace(cluster, center, size) {
      values.set(center, cluster * nFeatures);
      sizeOf[cluster] = size;
      put(layout, cluster, placeOf[cluster]);
    },
    remove(cluster) {
      const at = placeOf[cluster];
      const first = (at >> 3) * nFeatures * blockRows + (at & 7);
      for (let j = 0; j < nFeatures; j++) layout.x[first + j * blockRows] = Infinity;
      layout.ids[at] = nobody.cluster;
      placeOf[cluster] = -1;
      if (--nLeft < left.length * worn) layout = arrange();
    },
    dispose: giveBack,
  };
}

/** Room for clusters, all of it empty. */
function layOut({ memory }: Kernels, nClusters: number, nFeatures: number): Layout {
  const nBoxes = 2 * Math.ceil(nClusters / boxClusters / 2);
  const nPlaces = nBoxes * boxClusters;
  const lengths = [
    nPlaces * nFeatures,
    2 * nBoxes * nFeatures,
    nPlaces,
    nPlaces / 2,
    nFeatures,
    10,
  ];
  const { addresses } = place(
    memory,
    memoryStart,
    lengths.map((length) => length * 8),
  );
  const [x, boxes, sizes, , point, distance] = addresses.map(
    (address, piece) => new Float64Array(memory.buffer, address, lengths[piece]),
  );
  const ids = new Int32Array(memory.buffer, addresses[3], nPlaces).fill(nobody.cluster);
  const nearest = new Int32Array(memory.buffer, addresses[5] + 8, 1);
  x.fill(Infinity);
  sizes.fill(1);
  // Nothing is inside of a box whose lower bounds are above its upper ones: both of two by two.
  boxes.forEach((_, at) => (boxes[at] = at & 2 ? -Infinity : Infinity));
  return { nBoxes, addresses, x, boxes, sizes, ids, point, distance, nearest };
}
