import { releaseProxy, type ProxyMethods } from 'comlink';
import type {
  EngineChoice,
  EngineReport,
  Evaluation,
  OnShare,
  Progress,
  Request,
  Result,
  Source,
  StartOptions,
  WorkerApi,
} from '../src/contract/api';
import { toView } from '../src/contract/views';
import type { Queries, QueryKind } from '../src/contract/queries';
import type { Engine } from '../src/core/engine';
import { AppError, CancelledError } from '../src/core/errors';
import { mostWorkers } from '../src/core/memory';
import { canonicalJson, stepKey, type StepId } from '../src/core/plan';
import { steps, type StepContext, type StepOutputs } from '../src/core/steps';
import { createBreath } from './breath';
import { ResultCache } from './cache';
import { replaceEngine, startEngine, type EngineFactories } from './engines/choose';
import { probeGpu } from './engines/gpu';
import { createReferenceEngine } from './engines/reference';
import type { MemberThread } from './pool/member-handle';
import { createPool, type Pool } from './pool/pool';
import { parsersFor } from './pool/pooled-parsers';
import type { Later } from './later';
import { createLaterLoader } from './load-later';
import type { Known } from './queries/known';
import { limitRate } from './rate';
import { readTable } from './read/read-table';
import { scorersFor } from './score/scorers';
import { bytesOf, fingerprint } from './source';
import { warmUp } from './warm-up';
import { toWireError } from './wire-error';

/**
 * Typed bytes of results to keep: all that one story makes of the largest file, or those of many recipes of a small one.
 * To drop what the story still needs would free little, because results share their columns, and read the file again.
 */
const cacheBytes = 2.5 * 2 ** 30;
/** At most ten progress messages a second. */
const progressInterval = 100;

const quiet = () => undefined;

/** Of a step that asks nothing of the engine. */
const withoutEngine = {
  id: 'reference',
  detail: 'code of its own',
  reason: 'It asks nothing of an engine.',
} as const;

interface Timed<T> {
  readonly value: T;
  readonly milliseconds: number;
  readonly engine: EngineReport;
}

/** Closes the port behind a callback of the page; in tests it is a plain function. */
function release(callback: object): void {
  (callback as Partial<ProxyMethods>)[releaseProxy]?.();
}

/** The worker: walks the step table, remembers results, and turns everything that goes wrong into a value. */
export function createService(
  factories: EngineFactories,
  spawnMember?: () => MemberThread,
): WorkerApi {
  const cache = new ResultCache(cacheBytes);
  const cancelled = new Set<number>();
  let nCalls = 0;
  let engine: Engine = createReferenceEngine();
  let reason = 'The default without a graphics card.';
  let pool: Pool | undefined;
  let address: string | undefined;
  let later = createLaterLoader(address);

  const report = (): EngineReport => ({
    id: engine.id,
    detail: engine.detail,
    reason: engine.reason ?? reason,
    nWorkers: engine.nWorkers,
  });
  const withPool = (): EngineFactories => ({ ...factories, ...(pool && { pool }) });

  /** Runs one request of the page: errors become values, a cancel that came is forgotten afterwards. */
  async function answer<T>(id: number, work: () => Promise<T>): Promise<Result<T>> {
    nCalls++;
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    } finally {
      cancelled.delete(id);
    }
  }

  /** @param onEngine called when the step asks for the engine: most do without */
  function contextOf(
    id: number,
    source: Source,
    onProgress: OnShare,
    onEngine: () => void = quiet,
  ): StepContext {
    const breathe = createBreath(() => cancelled.has(id));
    const progress: StepContext['progress'] = (done, total, losses) =>
      onProgress(total > 0 ? done / total : 1, losses);
    return {
      get engine() {
        onEngine();
        return engine;
      },
      breathe,
      progress,
      readTable: (params) => {
        const bytes = bytesOf(source);
        const parsers = parsersFor(bytes, pool);
        return readTable(bytes, params, { progress, breathe, parsers });
      },
      later: async () => (await later()).runs,
    };
  }

  /** The result of one step: from the cache, else computed from those that it needs. */
  function resultOf<Id extends StepId>(
    request: Request,
    id: Id,
    tell: (progress: Progress) => void,
  ): Promise<Timed<StepOutputs[Id]>> {
    const key = stepKey(id, request.sourceKey, request.recipe);
    return cache.get(key, async () => {
      const inputs: Partial<StepOutputs> = {};
      for (const need of steps[id].needs) {
        Object.assign(inputs, { [need]: (await resultOf(request, need, tell)).value });
      }
      const nPieces = pool?.nPieces;
      let usesEngine = false;
      const start = performance.now();
      const value = await runStep(
        request,
        id,
        inputs,
        (share, losses) => tell({ step: id, share, ...(losses && { losses }) }),
        () => (usesEngine = true),
      );
      const milliseconds = performance.now() - start;
      const nWorkers = pool !== undefined && pool.nPieces !== nPieces ? pool.size : 1;
      const by = usesEngine ? report() : { ...withoutEngine, nWorkers };
      // What others had a share in, and one did again alone, was not shared.
      const nSharing = Math.min(by.nWorkers, nWorkers);
      return { value, milliseconds, engine: { ...by, nWorkers: nSharing } };
    });
  }

  async function evaluationOf<Id extends StepId>(
    request: Request,
    step: Id,
    tell: (progress: Progress) => void,
  ): Promise<Evaluation<Id>> {
    const { value, milliseconds, engine } = await resultOf(request, step, tell);
    const outputs: Partial<StepOutputs> = { [step]: value };
    // What the view draws on besides its own step; in the cache by now.
    if (step === 'cluster') outputs.sweep = (await resultOf(request, 'sweep', tell)).value;
    const view = toView[step](outputs as Pick<StepOutputs, Id>);
    return { step, view, milliseconds, engine };
  }

  /** Should the engine fail in the middle, the step is done again, from its inputs, on the next one. */
  async function runStep<Id extends StepId>(
    request: Request,
    id: Id,
    inputs: Partial<StepOutputs>,
    onProgress: OnShare,
    onEngine: () => void,
  ): Promise<StepOutputs[Id]> {
    const run = steps[id].run as (
      inputs: Partial<StepOutputs>,
      recipe: Request['recipe'],
      ctx: StepContext,
    ) => Promise<StepOutputs[Id]>;
    try {
      const ctx = contextOf(request.id, request.source, onProgress, onEngine);
      return await run(inputs, request.recipe, ctx);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'engine-failed') throw error;
      if (engine.id === 'reference') throw error;
      ({ engine, reason } = await replaceEngine(engine, withPool(), error.message));
      return await runStep(request, id, inputs, onProgress, onEngine);
    }
  }

  /** What a question about this request is answered from. */
  function knownOf(request: Request, more: Later, onProgress: OnShare): Known {
    const { source, sourceKey, recipe } = request;
    return {
      scorersOf: (file) => scorersFor(file, pool, more, address),
      recipe,
      ctx: contextOf(request.id, source, onProgress),
      outputOf: async (id, other = recipe, tell = quiet) =>
        (await resultOf({ ...request, recipe: other }, id, tell)).value,
      remember: async (key, compute) => {
        for (;;) {
          try {
            return await cache.get(canonicalJson([key, sourceKey, recipe]), compute);
          } catch (error) {
            // Whoever began to work this out has given it up; this question stands.
            if (!(error instanceof CancelledError) || cancelled.has(request.id)) throw error;
          }
        }
      },
    };
  }

  function poolOf(nWorkers?: number): Pool | undefined {
    if (spawnMember === undefined) return undefined;
    const size = nWorkers ?? Math.min(mostWorkers, navigator.hardwareConcurrency);
    return size > 1 ? createPool(size, spawnMember) : undefined;
  }

  return {
    start: (choice: EngineChoice, { nWorkers, laterAddress }: StartOptions = {}) =>
      answer(-1, async () => {
        address = laterAddress;
        later = createLaterLoader(address);
        pool?.end();
        pool = poolOf(nWorkers);
        ({ engine, reason } = await startEngine(choice, withPool()));
        return { engine: report(), graphicsCard: probeGpu()?.renderer ?? null };
      }),

    warmUp: async () => {
      const { simd } = factories;
      if (engine.id !== 'simd' || simd === undefined) return;
      const before = nCalls;
      const breathe = createBreath(() => nCalls !== before);
      // Nobody waits for it: whatever goes wrong will be told when it matters.
      await simd()
        .then((alone) => warmUp(alone, breathe))
        .catch(quiet);
    },

    open: (id, source) =>
      answer(id, () =>
        fingerprint(
          source,
          createBreath(() => cancelled.has(id)),
        ),
      ),

    evaluate: (request, steps, onProgress, onEvaluation) =>
      answer(request.id, async () => {
        pool?.warm();
        const tell = limitRate(progressInterval, onProgress);
        const told: unknown[] = [];
        try {
          for (const step of steps) {
            told.push(onEvaluation(await evaluationOf(request, step, tell)));
          }
        } finally {
          await Promise.all(told);
        }
        return null;
      }).finally(() => {
        release(onProgress);
        release(onEvaluation);
      }),

    ask: <Kind extends QueryKind>(
      request: Request,
      kind: Kind,
      question: Queries[Kind]['question'],
      onProgress?: OnShare,
    ) =>
      answer(request.id, async (): Promise<Queries[Kind]['answer']> => {
        const tell = onProgress === undefined ? quiet : limitRate(progressInterval, onProgress);
        const more = await later();
        return more.answers[kind](question, knownOf(request, more, tell));
      }).finally(() => onProgress !== undefined && release(onProgress)),

    scoreCsv: (id, source, model, settings, into, onProgress) =>
      answer(id, async () => {
        const more = await later();
        const tell = limitRate(progressInterval, onProgress);
        const bytes = bytesOf(source);
        const sink = into === null ? more.createBlobSink() : await more.createFileSink(into);
        try {
          const scored = await more.scoreFile(bytes, model, settings, {
            progress: (done, total) => tell(done / total),
            breathe: createBreath(() => cancelled.has(id)),
            scorers: scorersFor(bytes, pool, more, address),
            sink,
          });
          return { ...scored, csv: await sink.finish() };
        } catch (error) {
          await sink.abort().catch(quiet);
          throw error;
        }
      }).finally(() => release(onProgress)),

    cancel: (id) => {
      cancelled.add(id);
      return Promise.resolve();
    },

    giveWay: () => {
      // Where there are more processors than workers, the page has one anyway.
      if (pool !== undefined && pool.size >= navigator.hardwareConcurrency) pool.giveWay();
      return Promise.resolve();
    },

    ping: () => Promise.resolve(),
  };
}
