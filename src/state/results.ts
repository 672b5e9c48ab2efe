import type { EngineReport, Evaluation } from '../contract/api';
import type { StepViews } from '../contract/views';
import type { StepId } from '../core/steps';

interface Result {
  /** The key (`stepKey`) that it was computed for. */
  readonly key: string;
  readonly evaluation: Evaluation;
}

/** Results by step. Immutable: every change gives a new one. */
export class Results {
  readonly #byStep: ReadonlyMap<StepId, Result>;

  constructor(byStep: ReadonlyMap<StepId, Result> = new Map()) {
    this.#byStep = byStep;
  }

  get isEmpty(): boolean {
    return this.#byStep.size === 0;
  }

  with(step: StepId, key: string, evaluation: Evaluation): Results {
    return new Results(new Map(this.#byStep).set(step, { key, evaluation }));
  }

  isCurrent(step: StepId, key: string): boolean {
    return this.#byStep.get(step)?.key === key;
  }

  /** Steps whose result belongs to another key than the one that `keyOf` wants now. */
  stale(keyOf: (step: StepId) => string): ReadonlySet<StepId> {
    return new Set([...this.#byStep.keys()].filter((step) => !this.isCurrent(step, keyOf(step))));
  }

  /** The engine of the sweep, which is what engines are for. */
  get engine(): EngineReport | null {
    return this.#byStep.get('sweep')?.evaluation.engine ?? null;
  }

  get views(): Partial<StepViews> {
    const entries = [...this.#byStep].map(([step, { evaluation }]) => [step, evaluation.view]);
    return Object.fromEntries(entries) as Partial<StepViews>;
  }

  /** Milliseconds that computing each of them took. */
  get timings(): ReadonlyMap<StepId, number> {
    return new Map(
      [...this.#byStep].map(([step, { evaluation }]) => [step, evaluation.milliseconds]),
    );
  }
}
