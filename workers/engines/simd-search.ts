import { nobody, type ClusterSearch } from '../../src/core/engine';
import { orderByBoxes } from './box-order';
import { castShadows } from './shadows';
import { guard } from './simd-guard';
import { blockRows, memoryStart, place, type Kernels } from './simd-memory';

/** Clusters that share a box, see `workers/kernels/neighbours.ts`. */
const boxClusters = 4 * blockRows;
/** Boxes that are looked at together. */
const groupBoxes = 4;
/** The boxes are made anew when so large a share of their clusters is gone: by then they have grown, and have holes. */
const worn = 0.5;

/** What lies in the memory of the kernels. */
interface Layout {
  readonly nBoxes: number;
  readonly addresses: Readonly<Record<Piece, number>>;
  readonly shadows: Float32Array;
  readonly boxes: Float32Array;
  readonly centers: Float64Array;
  readonly sizes: Float64Array;
  readonly ids: Int32Array;
  readonly shadow: Float32Array;
  readonly distance: Float64Array;
  readonly nearest: Int32Array;
}

type Piece = 'shadows' | 'boxes' | 'centers' | 'sizes' | 'ids' | 'shadow' | 'best';

/**
 * `Engine.searchClusters` with vectors. Shadows of the clusters lie in blocks of eight, neighbours together, each four
 * blocks in a box, so that whole boxes are passed over. The neighbours are those of plain loops, to the last bit.
 *
 * @param kernels used by nobody else meanwhile
 */
export async function simdSearch(
  centers: Float64Array,
  sizes: Float64Array,
  nFeatures: number,
  kernels: Kernels,
  giveBack: () => void,
): Promise<ClusterSearch> {
  const values = centers.slice();
  const sizeOf = sizes.slice();
  const seen = await castShadows(values, nFeatures);
  const placeOf = new Int32Array(sizes.length);
  let left = Int32Array.from(sizes.keys());
  let nLeft = left.length;
  let layout = arrange();

  function arrange(): Layout {
    left = left.filter((cluster) => placeOf[cluster] >= 0);
    orderByBoxes(seen.values, nFeatures, left, boxClusters);
    const fresh = guard(() => layOut(kernels, left.length, nFeatures));
    left.forEach((cluster, at) => put(fresh, cluster, at));
    return fresh;
  }

  function rowOf<T extends Float32Array | Float64Array>(rows: T, cluster: number): T {
    return rows.subarray(cluster * nFeatures, (cluster + 1) * nFeatures) as T;
  }

  function put(layout: Layout, cluster: number, at: number): void {
    const { shadows, boxes } = layout;
    const box = Math.floor(at / boxClusters);
    let to = (at >> 3) * nFeatures * blockRows + (at & 7);
    let bound = Math.floor(box / groupBoxes) * nFeatures * 8 + (box % groupBoxes);
    for (let j = 0; j < nFeatures; j++, to += blockRows, bound += 8) {
      const value = seen.values[cluster * nFeatures + j];
      shadows[to] = value;
      if (value < boxes[bound]) boxes[bound] = value;
      if (value > boxes[bound + 4]) boxes[bound + 4] = value;
    }
    layout.centers.set(rowOf(values, cluster), at * nFeatures);
    layout.sizes[at] = sizeOf[cluster];
    layout.ids[at] = cluster;
    placeOf[cluster] = at;
  }

  return {
    nearest(cluster, known) {
      const { shadow, distance, nearest, nBoxes, addresses: at } = layout;
      shadow.set(rowOf(seen.values, cluster));
      distance[0] = known.distance;
      nearest[0] = known.cluster;
      guard(() => {
        kernels.nearestCluster(
          at.shadows,
          at.boxes,
          nBoxes,
          nFeatures,
          at.centers,
          at.sizes,
          at.ids,
          placeOf[cluster],
          at.shadow,
          seen.unit,
          seen.slack,
          at.best,
        );
      });
      return { cluster: nearest[0], distance: distance[0] };
    },
    replace(cluster, center, size) {
      values.set(center, cluster * nFeatures);
      seen.cast(cluster);
      sizeOf[cluster] = size;
      put(layout, cluster, placeOf[cluster]);
    },
    remove(cluster) {
      const at = placeOf[cluster];
      const first = (at >> 3) * nFeatures * blockRows + (at & 7);
      for (let j = 0; j < nFeatures; j++) layout.shadows[first + j * blockRows] = NaN;
      layout.ids[at] = nobody.cluster;
      placeOf[cluster] = -1;
      if (--nLeft < left.length * worn) layout = arrange();
    },
    dispose: giveBack,
  };
}

/** Room for clusters, all of it empty. */
function layOut({ memory }: Kernels, nClusters: number, nFeatures: number): Layout {
  const nBoxes = groupBoxes * Math.ceil(nClusters / boxClusters / groupBoxes);
  const nPlaces = nBoxes * boxClusters;
  const bytes: Readonly<Record<Piece, number>> = {
    shadows: nPlaces * nFeatures * 4,
    boxes: 2 * nBoxes * nFeatures * 4,
    centers: nPlaces * nFeatures * 8,
    sizes: nPlaces * 8,
    ids: nPlaces * 4,
    shadow: nFeatures * 4,
    best: 16 + blockRows * 4,
  };
  const pieces = Object.keys(bytes) as Piece[];
  const placed = place(memory, memoryStart, Object.values(bytes));
  const addresses = Object.fromEntries(
    pieces.map((piece, i) => [piece, placed.addresses[i]]),
  ) as Record<Piece, number>;
  const floats = (piece: Piece) =>
    new Float32Array(memory.buffer, addresses[piece], bytes[piece] / 4);
  const doubles = (piece: Piece) =>
    new Float64Array(memory.buffer, addresses[piece], bytes[piece] / 8);
  const boxes = floats('boxes');
  // Nothing is inside of a box whose lower bounds are above its upper ones: both of four by four.
  boxes.forEach((_, at) => (boxes[at] = at & 4 ? -Infinity : Infinity));
  return {
    nBoxes,
    addresses,
    shadows: floats('shadows').fill(NaN),
    boxes,
    centers: doubles('centers'),
    sizes: doubles('sizes'),
    ids: new Int32Array(memory.buffer, addresses.ids, nPlaces).fill(nobody.cluster),
    shadow: floats('shadow'),
    distance: new Float64Array(memory.buffer, addresses.best, 1),
    nearest: new Int32Array(memory.buffer, addresses.best + 8, 1),
  };
}
