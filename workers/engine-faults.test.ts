import { afterEach, describe, expect, it, vi } from 'vitest';
import { mortal, startMember } from '../tests/helpers/members';
import { quickRecipe, sampleText } from '../tests/helpers/pipeline';
import { evaluateStep, fileOf, requestOf, valueOf } from '../tests/helpers/service';
import { standInCard, type StandInCard } from '../tests/helpers/stand-in-card';
import type { FakeThread } from '../tests/helpers/threads';
import { stubTraps } from '../tests/helpers/traps';
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

/** The segment of every customer. */
async function labelsOf(service: WorkerApi) {
  const evaluated = await evaluateStep(service, requestOf(source, quickRecipe), 'cluster');
  return valueOf(evaluated).view.labels;
}

/** @param spawn starts one of two workers that share the work; absent: one computes alone */
async function started(choice: EngineChoice, factories: EngineFactories, spawn?: () => FakeThread) {
  const service = createService(factories, spawn);
  const { engine } = valueOf(await service.start(choice, { nWorkers: 2 }));
  expect(engine.id).toBe(choice);
  return service;
}

/** Of the workers that share the work. */
const members: FakeThread[] = [];

/** As on a page with two processors. @param spawn starts a worker that shares the work */
function sharing(spawn: () => FakeThread = startMember): Promise<WorkerApi> {
  return started('simd', { simd: createSimdEngine }, () => {
    const member = spawn();
    members.push(member);
    return member;
  });
}

const expected = await sweepOf(await started('simd', { simd: createSimdEngine }));
const expectedLabels = await labelsOf(createService({}));

afterEach(() => {
  for (const member of members.splice(0)) member.terminate();
  vi.unstubAllGlobals();
});

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
  it('ends in the right answer on plain loops, told', async () => {
    const { failAfter } = stubTraps();
    const service = await started('simd', { simd: createSimdEngine });
    failAfter(30);
    const { view, engine } = await sweepOf(service);
    expect(engine.id).toBe('reference');
    expect(engine.reason).toMatch(/^WebAssembly could not be used: .*unreachable/);
    expect(engine.reason).toMatch(/The work went on without it\.$/);
    expect(sameButSilhouettes(view)).toEqual(sameButSilhouettes(expected.view));
  });
});

describe('a kernel that traps in one of the workers that share the work', () => {
  const places: [string, string][] = [
    ['seeds', 'reachFour'],
    ['descends', 'follow'],
    ['adds up distances', 'addDistances'],
  ];
  it.each(places)(
    'while it %s, ends in the right answer on plain loops, told',
    async (_place, kernel) => {
      // Module 0 is that of the worker that the page talks to.
      const { failAfter } = stubTraps((module, name) => module === 1 && name === kernel);
      const service = await sharing();
      failAfter(2);
      const { view, engine } = await sweepOf(service);
      expect(members).toHaveLength(2);
      expect(engine).toMatchObject({ id: 'reference', nWorkers: 1 });
      expect(engine.reason).toMatch(/^WebAssembly could not be used: .*unreachable/);
      expect(engine.reason).toMatch(/The work went on without it\.$/);
      expect(sameButSilhouettes(view)).toEqual(sameButSilhouettes(expected.view));
      expect(await labelsOf(service)).toEqual(expectedLabels);
    },
  );
});

describe('workers that share the work', () => {
  it('and fail nowhere give the same answer', async () => {
    const { view, engine } = await sweepOf(await sharing());
    expect(engine).toMatchObject({ id: 'simd', nWorkers: 2 });
    expect(view).toEqual(expected.view);
  });

  it('and keep stopping leave the right answer to one alone, told', async () => {
    const service = await sharing(() => mortal('descend', 'error', true));
    const { view, engine } = await sweepOf(service);
    expect(engine).toMatchObject({ id: 'simd', nWorkers: 1 });
    expect(engine.detail).toMatch(/kept stopping, so one computes alone\.$/);
    expect(view).toEqual(expected.view);
    expect(await labelsOf(service)).toEqual(expectedLabels);
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
