import type { EngineChoice } from '../../src/contract/api';
import type { Engine } from '../../src/core/engine';
import type { Pool } from '../pool/pool';
import { createPooledEngine } from '../pool/pooled-engine';
import type { CardEngine } from './card-engine';
import type { createFasterEngine } from './faster';
import { createReferenceEngine } from './reference';
import { selfTest } from './self-test';

/** The engines that a worker was built with, besides plain loops. */
export interface EngineFactories {
  readonly simd?: () => Promise<Engine>;
  /** Each with an engine on the processor, which does what is float64. */
  readonly tfjs?: (processor: Engine, options: { allowSoftware: boolean }) => Promise<CardEngine>;
  readonly webgpu?: (processor: Engine) => Promise<CardEngine>;
  /** Gives each job to card or processor, for `auto`. With the code of the card, as no other worker has a use for it. */
  readonly faster?: typeof createFasterEngine;
  /** Workers to share with, where there is more than one processor. They have WebAssembly. */
  readonly pool?: Pool;
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
    case 'webgpu':
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
  if (failed.id === 'tfjs' || failed.id === 'webgpu') return onProcessor(factories, reason);
  return { engine: createReferenceEngine(), reason };
}

/** WebAssembly where it works, else plain loops. */
async function onProcessor({ simd, pool }: EngineFactories, reason: string): Promise<ChosenEngine> {
  const loops = createReferenceEngine();
  if (simd === undefined) return { engine: loops, reason: 'The only engine in this worker.' };
  try {
    const engine = await simd();
    await selfTest(engine);
    return { engine: pool === undefined ? engine : createPooledEngine(engine, pool), reason };
  } catch (error) {
    return { engine: loops, reason: `WebAssembly could not be used: ${why(error)}` };
  }
}

async function onCard(
  choice: 'auto' | 'tfjs' | 'webgpu',
  factories: EngineFactories,
): Promise<ChosenEngine> {
  const open = choice === 'webgpu' ? factories.webgpu : factories.tfjs;
  if (open === undefined) {
    return onProcessor(
      factories,
      choice === 'webgpu'
        ? 'This browser offers no WebGPU to the page.'
        : 'No graphics card that would be faster was found.',
    );
  }
  const processor = await onProcessor(factories, '');
  try {
    const engine = await open(processor.engine, { allowSoftware: choice === 'tfjs' });
    await selfTest(engine);
    if (choice !== 'auto') return { engine, reason: 'Chosen by you; it passed its self-test.' };
    const faster = factories.faster?.(engine, processor.engine);
    if (faster === undefined) return { engine, reason: 'The graphics card passed its self-test.' };
    return { engine: faster, reason: faster.reason };
  } catch (error) {
    return { ...processor, reason: `TensorFlow.js could not be used: ${why(error)}` };
  }
}

function why(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
