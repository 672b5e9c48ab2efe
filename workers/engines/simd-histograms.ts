import type { Kernels } from './simd-memory';

/** The places of some rows, from `start` to before `end`. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/** The histogram of all features of a node's rows. `middle`: where it was divided, if it was. */
interface Kept extends Part {
  readonly address: number;
  middle: number | undefined;
}

/**
 * Histograms of nodes. Of two children one is counted, the one with fewer rows: the other's is what is left of their
 * parent's. Nodes come in the order of their places, so what lies before the one in hand is not needed any more.
 *
 * @param addresses room for histograms, two at least
 */
export function createHistograms(
  kernels: Kernels,
  addresses: readonly number[],
  nFeatures: number,
) {
  const [own, ...free] = addresses;
  const kept: Kept[] = [];

  function release(isOver: (last: Kept) => boolean): void {
    for (let last = kept.at(-1); last !== undefined && isOver(last); last = kept.at(-1)) {
      free.push(last.address);
      kept.pop();
    }
  }

  /** Of all features. */
  function whole(node: Part): number {
    release(({ end }) => end <= node.start);
    const last = kept.at(-1);
    if (last?.start === node.start && last.end === node.end && last.middle === undefined) {
      return last.address;
    }
    const room = free.pop();
    if (room === undefined) {
      kernels.countBins(node.start, node.end, nFeatures, own);
      return own;
    }
    const parent = last?.middle === node.start || last?.middle === node.end ? last : undefined;
    if (parent === undefined) {
      kernels.countBins(node.start, node.end, nFeatures, room);
      kept.push({ ...node, address: room, middle: undefined });
      return room;
    }
    const { start, end, middle = end, address } = parent;
    const children = [
      { start: middle, end },
      { start, end: middle },
    ];
    const isLeftSmaller = middle - start <= end - middle;
    const smaller = children[isLeftSmaller ? 1 : 0];
    kernels.countBins(smaller.start, smaller.end, nFeatures, room);
    kernels.subtractBins(address, room);
    kept.pop();
    const addressOf = (child: Part) => (child === smaller ? room : address);
    for (const child of children) {
      kept.push({ ...child, address: addressOf(child), middle: undefined });
    }
    // The left child comes first, unless it is done.
    return whole(node);
  }

  return {
    /** The histogram of a node, in the listed features. */
    of(node: Part, nListed: number): number {
      if (nListed === nFeatures) return whole(node);
      kernels.countBins(node.start, node.end, nListed, own);
      return own;
    },
    /** The histogram of a node that was counted elsewhere, in all features. */
    keep(node: Part, write: (address: number) => void): number {
      release(({ end }) => end <= node.start);
      const last = kept.at(-1);
      if (last?.start === node.start && last.end === node.end) return last.address;
      const room = free.pop();
      write(room ?? own);
      if (room !== undefined) kept.push({ ...node, address: room, middle: undefined });
      return room ?? own;
    },
    /** The node in hand is divided. */
    divide({ start, end }: Part, middle: number): void {
      const last = kept.at(-1);
      if (last?.start === start && last.end === end) last.middle = middle;
    },
    /** Another tree begins. */
    forget(): void {
      release(() => true);
    },
  };
}
