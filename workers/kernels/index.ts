// @ts-nocheck AssemblyScript: its own compiler checks it.

/** What the worker calls. Compiled to one module without imports; its memory is laid out by `engines/simd-memory.ts`. */
export { assign } from './nearest';
export { inertia, measurePoint } from './exact';
export { sumRows } from './sums';
export { follow } from './follow';
export { addColumns, addProducts } from './covariance';
export { projectPair } from './project';
export { addDistances } from './distances';
export { nearestCluster } from './neighbours';
export { multiply, scale, adamStep } from './dense';
export { gelu, relu, tanh } from './activations';
export { countLines, isAscii, takeLines } from './rows';
