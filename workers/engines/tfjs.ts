import type { Engine } from '../../src/core/engine';
import { createCardEngine, type CardEngine } from './card-engine';
import { openWebGlCard } from './webgl-card';

/**
 * TensorFlow.js on WebGL.
 *
 * @param options.allowSoftware also where the card is imitated by the processor: correct, but slower than any other engine
 * @throws AppError `engine-failed` when there is no usable WebGL 2, or it does not compute in 32-bit floats
 */
export async function createTfjsEngine(
  processor: Engine,
  options: { allowSoftware: boolean },
): Promise<CardEngine> {
  return createCardEngine(await openWebGlCard(options), processor);
}
