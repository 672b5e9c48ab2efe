import { withoutRun, withRun, type KeptRun } from '../core/runs';

/** Runs that were kept to be compared; the project remembers them. Plain JSON (`contract/runs-schema.ts`). */
export class Runs {
  kept = $state.raw<readonly KeptRun[]>([]);
  readonly #onChange: () => void;

  /** @param onChange somebody kept one or dropped one */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  keep(run: KeptRun): void {
    this.kept = withRun(this.kept, run);
    this.#onChange();
  }

  drop(name: string): void {
    this.kept = withoutRun(this.kept, name);
    this.#onChange();
  }

  /** @param runs those of a project; none: all are forgotten */
  restore(runs: readonly KeptRun[] = []): void {
    this.kept = runs;
  }
}
