import { afterEach, describe, expect, it, vi } from 'vitest';
import { quickRecipe, sampleText } from '../tests/helpers/pipeline';
import { evaluateStep, fileOf, requestOf, valueOf } from '../tests/helpers/service';
import { standInCard, type StandInCard } from '../tests/helpers/stand-in-card';
import type { EngineChoice, WorkerApi } from '../src/contract/api';
import { AppError } from '../src/core/errors';
import { createCardEngine } from './engines/card-engine';
import type { EngineFactories } from './engines/choose';
import { createSimdEngine } from './engines/simd';
import { createService } from './service';

const source = fileOf(sampleText(600));

/** All that the sweep shows, and the engine that it ended on. */
async function sweepOf(service: WorkerApi) {
  const evaluated = await evaluateStep(service, requestOf(source, quickRecipe), 'sweep');
  const { view, engine } = valueOf(evaluated);
  return { view, engine };
}

async function started(choice: EngineChoice, factories: EngineFactories) {
  const service = createService(factories);
  const { engine } = valueOf(await service.start(choice));
  expect(engine.id).toBe(choice);
  return service;
}

const expected = await sweepOf(await started('simd', { simd: createSimdEngine }));

afterEach(() => vi.unstubAllGlobals());

describe('a card that fails in the middle of a fit', () => {
  /** Sound until the sweep is under way: from the answer after so many on. */
  function cardThat(fails: (values: Float32Array) => Float32Array) {
    let soundReads = Infinity;
    const card: StandInCard = standInCard({
      spoil: (values) => (--soundReads < 0 ? fails(values) : values),
    });
    const factories: EngineFactories = {
      simd: createSimdEngine,
      tfjs: (processor) => createCardEngine(card, processor),
    };
    return { card, factories, failAfter: (reads: number) => (soundReads = reads) };
  }

  const faults: [string, (values: Float32Array) => Float32Array, RegExp][] = [
    [
      'because it is taken away',
      () => {
        throw new AppError('engine-failed', 'The graphics card was taken away from this page.');
      },
      /^The graphics card was taken away from this page\. The work went on without it\.$/,
    ],
    ['because its memory is gone and it returns zeros', (values) => values.fill(0), /wrong|uphill/],
    ['because it computes nonsense', (values) => values.map(() => 2 ** 30), /wrong segment/],
  ];

  it.each(faults)('%s, ends in the right answer, told', async (_name, fails, told) => {
    const { card, factories, failAfter } = cardThat(fails);
    const service = await started('tfjs', factories);
    failAfter(7);
    const { view, engine } = await sweepOf(service);
    expect(view).toEqual(expected.view);
    expect(engine.id).toBe('simd');
    expect(engine.reason).toMatch(told);
    expect(card.nTensors).toBe(0);
  });

  it('that does not fail gives the same answer', async () => {
    const { card, factories } = cardThat((values) => values);
    const { view, engine } = await sweepOf(await started('tfjs', factories));
    expect(engine.id).toBe('tfjs');
    expect(sameButSilhouettes(view)).toEqual(sameButSilhouettes(expected.view));
    expect(new Set(card.ran)).toContain('distances');
  });
});

describe('a kernel that traps in the middle of a fit', () => {
  /** A module whose only function is `unreachable`. */
  const trapBytes = Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 4, 1, 0x60, 0, 0],
    ...[3, 2, 1, 0],
    ...[7, 8, 1, 4, ...new TextEncoder().encode('trap'), 0, 0],
    ...[10, 5, 1, 3, 0, 0x00, 0x0b],
  );

  it('ends in the right answer on plain loops, told', async () => {
    let soundCalls = Infinity;
    const { Instance, Module } = WebAssembly;
    const { trap } = new Instance(new Module(trapBytes)).exports as { trap: () => void };
    /** An instance whose functions trap, from one call on. */
    class Trapping {
      readonly exports: WebAssembly.Exports;

      constructor(module: WebAssembly.Module) {
        const entries = Object.entries(new Instance(module).exports).map(([name, value]) => {
          if (typeof value !== 'function') return [name, value] as const;
          const guarded = (...all: unknown[]): unknown => {
            if (--soundCalls < 0) trap();
            return Reflect.apply(value, undefined, all);
          };
          return [name, guarded] as const;
        });
        this.exports = Object.fromEntries<WebAssembly.ExportValue>(entries);
      }
    }
    const altered: unknown = Object.create(WebAssembly, { Instance: { value: Trapping } });
    vi.stubGlobal('WebAssembly', altered);
    const service = await started('simd', { simd: createSimdEngine });
    soundCalls = 30;
    const { view, engine } = await sweepOf(service);
    expect(engine.id).toBe('reference');
    expect(engine.reason).toMatch(/^WebAssembly could not be used: .*unreachable/);
    expect(engine.reason).toMatch(/The work went on without it\.$/);
    expect(sameButSilhouettes(view)).toEqual(sameButSilhouettes(expected.view));
  });
});

/** Distances may differ by 1e-6 between engines; the rest has the same bits. */
function sameButSilhouettes(view: (typeof expected)['view']) {
  return {
    ...view,
    candidates: view.candidates.map((candidate) => ({
      ...candidate,
      silhouette: 0,
      silhouetteOverColumns: 0,
      clusterMeans: 0,
      clusterNegativeShares: 0,
    })),
  };
}
