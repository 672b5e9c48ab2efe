import type { Engine } from '../../src/core/engine';
import { createCardEngine, type CardEngine } from './card-engine';
import { openWebGpuCard } from './webgpu-card';

/**
 * TensorFlow.js on WebGPU: by choice only, so also where the card is imitated.
 *
 * @throws AppError `engine-failed` when this browser has no WebGPU, or it does not compute in 32-bit floats
 */
export async function createWebGpuEngine(processor: Engine): Promise<CardEngine> {
  return createCardEngine(await openWebGpuCard(), processor);
}
