import { afterEach, describe, expect, it, vi } from 'vitest';
import { browserStore } from '../../tests/helpers/browser-store';
import { startMember } from '../../tests/helpers/members';
import { quickRecipe, sampleText } from '../../tests/helpers/pipeline';
import { fileOf } from '../../tests/helpers/service';
import { startThread, type FakeThread } from '../../tests/helpers/threads';
import { createSimdEngine } from '../../workers/engines/simd';
import { createService } from '../../workers/service';
import { Bridge } from '../bridge/bridge';
import { Workbench } from './workbench.svelte';

/** The workers that the page talks to, each with those that it started itself. */
const started: { worker: FakeThread; members: FakeThread[] }[] = [];

afterEach(() => {
  for (const { worker, members } of started.splice(0)) {
    for (const thread of [worker, ...members]) thread.terminate();
  }
});

function start(): Workbench {
  const bridge = new Bridge(() => {
    const members: FakeThread[] = [];
    const service = createService({ simd: createSimdEngine }, () => {
      members.push(startMember());
      return members[members.length - 1];
    });
    const worker = startThread(service);
    started.push({ worker, members });
    return Promise.resolve(worker);
  });
  return new Workbench(bridge, browserStore());
}

describe('workers that share the work', () => {
  it('are as many as the user chose, and form the same segments', async () => {
    const workbench = start();
    await workbench.setEngine({ engine: 'simd', nWorkers: 1 });
    const opening = workbench.open(fileOf(sampleText(600)));
    // The default recipe would take longer; it is not waited for.
    await vi.waitFor(() => expect(workbench.sourceKey).not.toBe(''));
    const { sweep, trust } = quickRecipe;
    await Promise.all([opening, workbench.change({ sweep, trust })]);
    const labels = workbench.story?.cluster.labels;
    expect(labels).toHaveLength(600);
    expectSharedBy(workbench, 1);
    for (const nWorkers of [2, 4]) {
      await workbench.setEngine({ nWorkers });
      expectSharedBy(workbench, nWorkers);
      expect(workbench.story?.cluster.labels).toEqual(labels);
    }
    // Each choice has ended the worker of the choice before.
    expect(started.map(({ worker }) => worker.isTerminated)).toEqual([true, true, false]);
  });
});

/** The worker that was started last. One that is asked to share with nobody starts nobody. */
function expectSharedBy({ engine, computations }: Workbench, nWorkers: number) {
  expect(started.at(-1)?.members).toHaveLength(nWorkers === 1 ? 0 : nWorkers);
  expect(engine).toMatchObject({ id: 'simd', nWorkers });
  const sweep = computations.find(({ step }) => step === 'sweep');
  expect(sweep?.engine).toMatchObject({ id: 'simd', nWorkers });
}
