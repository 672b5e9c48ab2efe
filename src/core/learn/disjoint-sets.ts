/** Sets that are united: union by number, paths halved on the way (Tarjan, van Leeuwen 1984). */
export interface DisjointSets {
  /** @returns the member that stands for the whole set */
  find(member: number): number;
  /** @returns the root of the union */
  unite(rootA: number, rootB: number): number;
}

export function disjointSets(nMembers: number): DisjointSets {
  const parents = Int32Array.from({ length: nMembers }, (_, i) => i);
  return {
    find(member) {
      let at = member;
      while (parents[at] !== at) at = parents[at] = parents[parents[at]];
      return at;
    },
    unite: (rootA, rootB) => (parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB)),
  };
}
