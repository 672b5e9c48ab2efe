import type { EngineReport, Evaluation } from '../contract/api';
import type { StepViews } from '../contract/views';
import type { StepId } from '../core/plan';

interface Result {
  /** The key (`stepKey`) that it was computed for. */
  readonly key: string;
  readonly evaluation: Evaluation;
}

/** Who computed a step, and how long it took, whenever that was. */
export interface Computation {
  readonly step: StepId;
  readonly milliseconds: number;
  readonly engine: EngineReport;
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

  /** Whether both hold the very same results. */
  equals(other: Results): boolean {
    const own = [...this.#byStep];
    return (
      own.length === other.#byStep.size &&
      own.every(([step, result]) => other.#byStep.get(step) === result)
    );
  }

  /** Without what belongs to other steps. */
  only(steps: readonly StepId[]): Results {
    return new Results(new Map([...this.#byStep].filter(([step]) => steps.includes(step))));
  }

  /** Whether there is a result, of another key. */
  isStale(step: StepId, key: string): boolean {
    return this.#byStep.has(step) && !this.isCurrent(step, key);
  }

  stale(keys: Readonly<Record<StepId, string>>): ReadonlySet<StepId> {
    return new Set([...this.#byStep.keys()].filter((step) => this.isStale(step, keys[step])));
  }

  viewOf<Id extends StepId>(step: Id): StepViews[Id] | undefined {
    return this.#byStep.get(step)?.evaluation.view as StepViews[Id] | undefined;
  }

  /** The engine of the sweep, which is what engines are for. */
  get engine(): EngineReport | null {
    return this.#byStep.get('sweep')?.evaluation.engine ?? null;
  }

  get views(): Partial<StepViews> {
    const entries = [...this.#byStep].map(([step, { evaluation }]) => [step, evaluation.view]);
    return Object.fromEntries(entries) as Partial<StepViews>;
  }

  /** How each of them was computed, in the order in which they were. */
  get computations(): readonly Computation[] {
    return [...this.#byStep].map(([step, { evaluation }]) => ({
      step,
      milliseconds: evaluation.milliseconds,
      engine: evaluation.engine,
    }));
  }
}
