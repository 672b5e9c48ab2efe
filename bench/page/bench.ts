import { defaultRecipe } from '../../src/core/recipe';
import type { StepContext } from '../../src/core/steps';
import { createBreath } from '../../workers/breath';
import { startEngine, type EngineFactories } from '../../workers/engines/choose';
import { createReferenceEngine } from '../../workers/engines/reference';
import type { MemberThread } from '../../workers/pool/member-handle';
import { createPool, type Pool } from '../../workers/pool/pool';
import { parsersFor } from '../../workers/pool/pooled-parsers';
import { readTable } from '../../workers/read/read-table';
import type { BenchApi, Outcome, Settings, StageId } from './api';
import { median } from './median';
import { stages, type Results, type Space } from './stages';

/** A stage that takes less is done again, and the median counts. */
const leastMilliseconds = 50;
const mostRepeats = 20;

/** One file and what was computed from it so far, stage by stage. */
export function createBench(factories: EngineFactories, spawnMember: () => MemberThread): BenchApi {
  let engine = createReferenceEngine();
  let pool: Pool | undefined;
  let file = new Blob();
  let settings: Settings | undefined;
  const results = new Map<StageId, unknown>();

  function get<Id extends StageId>(id: Id): Results[Id] {
    if (results.has(id)) return results.get(id) as Results[Id];
    throw new Error(`“${id}” is needed, and was not run.`);
  }

  function space(): Space {
    if (settings === undefined) throw new Error('No file was opened.');
    const { kMax, nInit, seed } = settings;
    return { settings, recipe: { ...defaultRecipe, sweep: { kMax, nInit, seed } }, get };
  }

  function context(): StepContext {
    const breathe = createBreath(() => false);
    const progress = () => undefined;
    return {
      engine,
      breathe,
      progress,
      readTable: (params) =>
        readTable(file, params, { progress, breathe, parsers: parsersFor(file, pool) }),
      later: () => Promise.reject(new Error('Later steps are not timed.')),
    };
  }

  return {
    async start({ choice, nWorkers }) {
      // As many as the service takes.
      const size = nWorkers ?? Math.min(8, navigator.hardwareConcurrency);
      if (size > 1) pool = createPool(size, spawnMember);
      ({ engine } = await startEngine(choice, { ...factories, ...(pool && { pool }) }));
      const workers = engine.nWorkers === 1 ? 'one worker' : `${engine.nWorkers} workers`;
      return `${engine.id} (${engine.detail}), ${workers}`;
    },
    open(blob, wanted) {
      file = blob;
      settings = wanted;
      results.clear();
    },
    async run(id) {
      const ctx = context();
      pool?.warm();
      const times = await repeated(async () => {
        const result = await stages[id].run(space(), ctx);
        results.set(id, result);
        return result;
      });
      return median(times);
    },
    outcome: <Id extends StageId>(id: Id): Outcome => stages[id].outcome(get(id)),
    input: (id) => stages[id].input?.(space()) ?? {},
    matrix() {
      const { data, nFeatures } = get('scale').X;
      return { X: data, nFeatures };
    },
    forget: (id) => void results.delete(id),
  };
}

/** Milliseconds of each time that the work was done; of what measures itself, its own. */
async function repeated(work: () => Promise<object>): Promise<number[]> {
  const times: number[] = [];
  const begin = performance.now();
  while (times.length < mostRepeats) {
    const start = performance.now();
    const result = await work();
    const end = performance.now();
    times.push('milliseconds' in result ? Number(result.milliseconds) : end - start);
    if (end - begin >= leastMilliseconds) break;
  }
  return times;
}
