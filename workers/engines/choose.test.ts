import { describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../src/core/engine';
import { startEngine } from './choose';
import { createReferenceEngine } from './reference';
import { createSimdEngine } from './simd';

/** Plain loops under another name. */
function standIn(id: Engine['id']): Engine {
  return { ...createReferenceEngine(), id, detail: id };
}

const card = () => Promise.resolve(standIn('tfjs'));
const noCard = () => Promise.reject(new Error('no card'));

describe('the choice of an engine', () => {
  it('is WebAssembly by default, where there is no graphics card', async () => {
    const { engine } = await startEngine('auto', { simd: createSimdEngine });
    expect(engine.id).toBe('simd');
    const { engine: other, reason } = await startEngine('auto', {
      simd: createSimdEngine,
      tfjs: noCard,
    });
    expect(other.id).toBe('simd');
    expect(reason).toMatch(/no card/);
  });

  it('is measured where there is one', async () => {
    const simd = vi.fn(createSimdEngine);
    const { engine, reason } = await startEngine('auto', { simd, tfjs: card });
    expect(simd).toHaveBeenCalledOnce();
    expect(engine.id).toBe('tfjs');
    expect(reason).toMatch(/measured to be faster/);
  });

  it.each(['reference', 'simd', 'tfjs'] as const)('is %s if you say so', async (choice) => {
    const { engine } = await startEngine(choice, { simd: createSimdEngine, tfjs: card });
    expect(engine.id).toBe(choice);
  });

  it.each(['auto', 'simd'] as const)('%s falls back on plain loops', async (choice) => {
    const broken = () => Promise.reject(new Error('no vectors'));
    const { engine, reason } = await startEngine(choice, { simd: broken });
    expect(engine.id).toBe('reference');
    expect(reason).toMatch(/no vectors/);
  });

  it('refuses an engine that does not pass the self-test', async () => {
    const wrong = () =>
      Promise.resolve({
        ...standIn('simd'),
        load: (X) => ({
          ...createReferenceEngine().load(X),
          inertia: () => 0,
        }),
      } satisfies Engine);
    const { engine } = await startEngine('simd', { simd: wrong });
    expect(engine.id).toBe('reference');
  });
});
