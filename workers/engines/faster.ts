import type { Engine, LoadedMatrix } from '../../src/core/engine';

/**
 * Both engines in one: each matrix is given to the one that assigns it faster, which is measured on its first real
 * assignment. The labels are the same either way, so this changes the time and nothing else. Sums are left to the
 * engine on the processor: there they are as fast as memory.
 */
export function createFasterEngine(card: Engine, loops: Engine): Engine {
  let current = card;
  return {
    get id() {
      return current.id;
    },
    get detail() {
      return current.detail;
    },
    searchClusters: (centers, sizes, nFeatures) => loops.searchClusters(centers, sizes, nFeatures),
    load(X) {
      const onCard = card.load(X);
      const onLoops = loops.load(X);
      let faster: LoadedMatrix | undefined;
      return {
        async assign(centers, nClusters, labels) {
          if (faster === undefined) {
            // The first run on the card compiles its programs: that is not the speed of the others.
            await onCard.assign(centers, nClusters, labels);
            const cardTime = await timed(() => onCard.assign(centers, nClusters, labels));
            const loopTime = await timed(() => onLoops.assign(centers, nClusters, labels));
            faster = cardTime < loopTime ? onCard : onLoops;
            current = faster === onCard ? card : loops;
            return;
          }
          await faster.assign(centers, nClusters, labels);
        },
        sums: (labels, nClusters) => onLoops.sums(labels, nClusters),
        inertia: (labels, centers) => onLoops.inertia(labels, centers),
        squaredDistances: (points, first, end) => onLoops.squaredDistances(points, first, end),
        distanceSums: (runs, rest) => onLoops.distanceSums(runs, rest),
        project: (components, nComponents) => onLoops.project(components, nComponents),
        dispose() {
          onCard.dispose();
          onLoops.dispose();
        },
      };
    },
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
