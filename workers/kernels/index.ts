// @ts-nocheck AssemblyScript: its own compiler checks it.

/** What the worker calls. Compiled to one module without imports; its memory is laid out by `engines/simd-memory.ts`. */
export { assign } from './nearest';
export { inertia } from './exact';
export { reachFour, takeAll, takePoint } from './reach';
export { sumRows } from './sums';
export { follow } from './follow';
export { addColumns, addProducts } from './covariance';
export { projectPair } from './project';
export { addDistances } from './distances';
export { nearestCluster } from './neighbours';
export { multiply, scale, adamStep } from './dense';
export { gelu, relu, tanh } from './activations';
export { countLines, isAscii, takeLines } from './rows';
export { sortColumn, rankColumn } from './ranks';
export { binColumn } from './bins';
export { useRows, layOut, plant, open, countBins, subtractBins } from './splits';
export { tryBins, tryRanks, hasCut, split } from './splits';
