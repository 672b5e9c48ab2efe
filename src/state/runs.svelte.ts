import { withoutRun, withRun, type KeptRun } from '../core/runs';

/** Runs that were kept to be compared, for as long as their file is open. Plain JSON (`contract/runs-schema.ts`). */
export class Runs {
  kept = $state.raw<readonly KeptRun[]>([]);

  keep(run: KeptRun): void {
    this.kept = withRun(this.kept, run);
  }

  drop(name: string): void {
    this.kept = withoutRun(this.kept, name);
  }

  /** @param runs those of a project; none: all are forgotten */
  restore(runs: readonly KeptRun[] = []): void {
    this.kept = runs;
  }
}
