import { describe, expect, it, vi } from 'vitest';
import { standInCard } from '../../tests/helpers/stand-in-card';
import type { Engine } from '../../src/core/engine';
import { createCardEngine, type CardEngine } from './card-engine';
import { replaceEngine, startEngine, type EngineFactories } from './choose';
import { createFasterEngine } from './faster';
import { createReferenceEngine } from './reference';
import { createSimdEngine } from './simd';

const simd = createSimdEngine;
const tfjs = (processor: Engine) => createCardEngine(standInCard(), processor);
const webgpu = async (processor: Engine): Promise<CardEngine> =>
  createCardEngine({ ...standInCard(), id: 'webgpu' }, processor);
const noCard = () => Promise.reject(new Error('no card'));

/** Plain loops that do not know what the inertia is. */
const wrong = () =>
  Promise.resolve<Engine>({
    ...createReferenceEngine(),
    id: 'simd',
    load: (X) => ({ ...createReferenceEngine().load(X), inertias: () => new Float64Array(1) }),
  });

describe('the choice of an engine', () => {
  it('is WebAssembly by default, where there is no graphics card', async () => {
    const { engine } = await startEngine('auto', { simd });
    expect(engine.id).toBe('simd');
    const { engine: other, reason } = await startEngine('auto', { simd, tfjs: noCard });
    expect(other.id).toBe('simd');
    expect(reason).toMatch(/no card/);
  });

  it('is measured where there is one', async () => {
    const { engine, reason } = await startEngine('auto', {
      simd,
      tfjs,
      faster: createFasterEngine,
    });
    expect(engine.id).toBe('tfjs');
    expect(reason).toMatch(/measured to be faster/);
  });

  it('takes a card that is imitated only if you say so', async () => {
    const asked: boolean[] = [];
    const factories: EngineFactories = {
      tfjs(processor, { allowSoftware }) {
        asked.push(allowSoftware);
        return tfjs(processor);
      },
    };
    await startEngine('auto', factories);
    await startEngine('tfjs', factories);
    expect(asked).toEqual([false, true]);
  });

  it.each(['reference', 'simd', 'tfjs', 'webgpu'] as const)(
    'is %s if you say so',
    async (choice) => {
      const { engine, reason } = await startEngine(choice, { simd, tfjs, webgpu });
      expect(engine.id).toBe(choice);
      expect(reason).toMatch(/Chosen by you/);
    },
  );

  it('says so where there is no WebGPU', async () => {
    const { engine, reason } = await startEngine('webgpu', { simd, tfjs });
    expect(engine.id).toBe('simd');
    expect(reason).toMatch(/no WebGPU/);
  });

  it('gives a card the engine on the processor that passed its self-test', async () => {
    const open = vi.fn(tfjs);
    await startEngine('tfjs', { simd, tfjs: open });
    await startEngine('tfjs', { simd: wrong, tfjs: open });
    expect(open.mock.calls.map(([processor]) => processor.id)).toEqual(['simd', 'reference']);
  });

  it.each(['auto', 'simd'] as const)('%s falls back on plain loops', async (choice) => {
    const broken = () => Promise.reject(new Error('no vectors'));
    const { engine, reason } = await startEngine(choice, { simd: broken });
    expect(engine.id).toBe('reference');
    expect(reason).toMatch(/no vectors/);
  });

  it('refuses an engine that does not pass the self-test', async () => {
    const { engine } = await startEngine('simd', { simd: wrong });
    expect(engine.id).toBe('reference');
    const wrongCard = async (processor: Engine): Promise<CardEngine> => {
      const sound = await tfjs(processor);
      const load: Engine['load'] = (X) => ({
        ...sound.load(X),
        covariance: () => Promise.resolve(new Float64Array(X.nFeatures ** 2)),
      });
      return { ...sound, load };
    };
    const { engine: other, reason } = await startEngine('tfjs', { simd, tfjs: wrongCard });
    expect(other.id).toBe('simd');
    expect(reason).toMatch(/covariance/);
  });
});

describe('an engine that failed in the middle', () => {
  it.each(['tfjs', 'webgpu'] as const)('is replaced by the processor: %s', async (id) => {
    const failed = { ...createReferenceEngine(), id };
    const { engine, reason } = await replaceEngine(failed, { simd, tfjs, webgpu }, 'It was lost.');
    expect(engine.id).toBe('simd');
    expect(reason).toBe('It was lost. The work went on without it.');
  });

  it('is replaced by plain loops, where it was WebAssembly', async () => {
    const { engine } = await replaceEngine(await simd(), { simd, tfjs }, 'It trapped.');
    expect(engine.id).toBe('reference');
  });
});
