import type { EngineChoice } from '../../src/contract/api';
import type { Engine } from '../../src/core/engine';
import { createFasterEngine } from './faster';
import { createReferenceEngine } from './reference';
import { selfTest } from './self-test';

/** The engines that a worker was built with, besides plain loops. */
export interface EngineFactories {
  tfjs?(options: { allowSoftware: boolean }): Promise<Engine>;
}

export interface ChosenEngine {
  readonly engine: Engine;
  /** Why this one, as a sentence. */
  readonly reason: string;
}

/**
 * The engine to compute with. Whatever is not plain loops has to pass the self-test first. `auto` takes the graphics
 * card only when it is a real one, and then measures on each job whether it pays.
 */
export async function startEngine(
  choice: EngineChoice,
  { tfjs }: EngineFactories,
): Promise<ChosenEngine> {
  const reference = createReferenceEngine();
  if (choice === 'reference') return { engine: reference, reason: 'Chosen by you.' };
  if (tfjs === undefined) {
    return { engine: reference, reason: 'No graphics card that would be faster was found.' };
  }
  try {
    const engine = await tfjs({ allowSoftware: choice === 'tfjs' });
    await selfTest(engine);
    if (choice === 'tfjs') {
      return { engine, reason: 'Chosen by you; it passed its self-test.' };
    }
    return {
      engine: createFasterEngine(engine, reference),
      reason: 'The graphics card passed its self-test; each job takes what is measured to be faster.',
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { engine: reference, reason: `TensorFlow.js could not be used: ${why}` };
  }
}
