import type { EngineChoice } from '../../src/contract/api';
import type { Engine } from '../../src/core/engine';
import { createFasterEngine } from './faster';
import { createReferenceEngine } from './reference';
import { selfTest } from './self-test';

/** The engines that a worker was built with, besides plain loops. */
export interface EngineFactories {
  readonly simd?: () => Promise<Engine>;
  readonly tfjs?: (options: { allowSoftware: boolean }) => Promise<Engine>;
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
  factories: EngineFactories,
): Promise<ChosenEngine> {
  switch (choice) {
    case 'reference':
      return { engine: createReferenceEngine(), reason: 'Chosen by you.' };
    case 'simd':
      return onProcessor(factories, 'Chosen by you; it passed its self-test.');
    case 'tfjs':
    case 'auto':
      return onCard(choice, factories);
  }
}

/** The engine to go on with after one failed in the middle of its work: nearer to plain loops, which cannot fail. */
export async function replaceEngine(
  failed: Engine,
  factories: EngineFactories,
  why: string,
): Promise<ChosenEngine> {
  const reason = `${why} The work went on without it.`;
  if (failed.id === 'tfjs') return onProcessor(factories, reason);
  return { engine: createReferenceEngine(), reason };
}

/** WebAssembly where it works, else plain loops. */
async function onProcessor({ simd }: EngineFactories, reason: string): Promise<ChosenEngine> {
  const loops = createReferenceEngine();
  if (simd === undefined) return { engine: loops, reason: 'The only engine in this worker.' };
  try {
    const engine = await simd();
    await selfTest(engine);
    return { engine, reason };
  } catch (error) {
    return { engine: loops, reason: `WebAssembly could not be used: ${why(error)}` };
  }
}

async function onCard(choice: 'auto' | 'tfjs', factories: EngineFactories): Promise<ChosenEngine> {
  const { tfjs } = factories;
  if (tfjs === undefined) {
    return onProcessor(factories, 'No graphics card that would be faster was found.');
  }
  try {
    const engine = await tfjs({ allowSoftware: choice === 'tfjs' });
    await selfTest(engine);
    if (choice === 'tfjs') return { engine, reason: 'Chosen by you; it passed its self-test.' };
    const other = await onProcessor(factories, '');
    return {
      engine: createFasterEngine(engine, other.engine),
      reason:
        'The graphics card passed its self-test; each job takes what is measured to be faster.',
    };
  } catch (error) {
    return onProcessor(factories, `TensorFlow.js could not be used: ${why(error)}`);
  }
}

function why(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
