import { expose, proxy, wrap, type Remote } from 'comlink';
import type {
  Evaluation,
  Progress,
  Request,
  Result,
  Source,
  WorkerApi,
} from '../../src/contract/api';
import type { Queries } from '../../src/contract/queries';
import type { StepViews } from '../../src/contract/views';
import { AppError } from '../../src/core/errors';
import type { Recipe } from '../../src/core/recipe';
import { stepOrder, type StepId } from '../../src/core/plan';
import { createService } from '../../workers/service';

/** The service behind a real wire, as the page sees it. */
export function connect(service: WorkerApi = createService({})): {
  api: Remote<WorkerApi>;
  close: () => void;
} {
  const { port1, port2 } = new MessageChannel();
  expose(service, port1);
  port1.start();
  port2.start();
  return {
    api: wrap<WorkerApi>(port2),
    close: () => {
      port1.close();
      port2.close();
    },
  };
}

export function fileOf(...content: BlobPart[]): Source {
  return { kind: 'file', name: 'customers.csv', blob: new Blob(content) };
}

let nextId = 1;

export function requestOf(source: Source, recipe: Recipe, sourceKey = 'key'): Request {
  return { id: nextId++, source, sourceKey, recipe };
}

export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw result.error.cancelled
    ? new Error('Cancelled')
    : new AppError(result.error.code, result.error.message, result.error.details);
}

/** One step, asked for behind a wire or without. */
export async function evaluateStep<Id extends StepId>(
  api: Pick<Remote<WorkerApi>, 'evaluate'> | Pick<WorkerApi, 'evaluate'>,
  request: Request,
  step: Id,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Result<Evaluation<Id>>> {
  const found: Evaluation[] = [];
  const onEvaluation = (evaluation: Evaluation) => void found.push(evaluation);
  const answer = await api.evaluate(request, [step], proxy(onProgress), proxy(onEvaluation));
  return answer.ok ? { ok: true, value: found[0] as Evaluation<Id> } : answer;
}

/** What every step shows, computed without a wire. @param steps those of the story, where the later ones are not asked about */
export async function evaluateAll(
  service: WorkerApi,
  source: Source,
  recipe: Recipe,
  steps: readonly StepId[] = stepOrder,
): Promise<{ views: StepViews; computations: Evaluation[]; sourceKey: string }> {
  const sourceKey = valueOf(await service.open(nextId++, source));
  const views: Partial<Record<StepId, unknown>> = {};
  const computations: Evaluation[] = [];
  const request = requestOf(source, recipe, sourceKey);
  const onEvaluation = (evaluation: Evaluation) => {
    views[evaluation.step] = evaluation.view;
    computations.push(evaluation);
  };
  valueOf(await service.evaluate(request, steps, () => undefined, onEvaluation));
  return { views: views as StepViews, computations, sourceKey };
}

/** The labelled table, as the page saves it. */
export async function labelledText(
  service: Pick<WorkerApi, 'ask'>,
  request: Request,
  question: Queries['labelledCsv']['question'] = { second: false, mixture: null },
): Promise<string> {
  const answer = await service.ask(request, 'labelledCsv', question);
  return valueOf(answer).text();
}
