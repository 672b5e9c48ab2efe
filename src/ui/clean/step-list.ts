import { defaultCleanSteps, type CleanStep } from '../../core/clean/clean-step';
import type { StepReport } from '../../core/clean/run-step';
import { columnsOf } from '../../core/clean/sentences';
import { canonicalJson } from '../../core/plan';

type Steps = readonly CleanStep[];

/** Places in the recipe in the order in which the steps are done: those about copies of rows come first. */
export function runOrder(steps: Steps): number[] {
  const places = steps.map((_, at) => at);
  const isFirst = (at: number) => steps[at].kind === 'duplicates';
  return [...places.filter(isFirst), ...places.filter((at) => !isFirst(at))];
}

/** The place of the step that is done next before (−1) or after (1) it and may change places with it; undefined: none. */
export function neighbour(steps: Steps, at: number, by: -1 | 1): number | undefined {
  if (steps[at].kind === 'duplicates') return undefined;
  const movable = runOrder(steps).filter((place) => steps[place].kind !== 'duplicates');
  const to = movable.indexOf(at) + by;
  // at(−1) would be the last one.
  return to < 0 ? undefined : movable.at(to);
}

export function swapped(steps: Steps, a: number, b: number): CleanStep[] {
  return steps.map((step, at) => (at === a ? steps[b] : at === b ? steps[a] : step));
}

/**
 * The steps and one more, where it takes effect: a rule for some columns' gaps before that for all of them, which would
 * leave it nothing to fill; outliers after those that are looked for already.
 */
export function withStep(steps: Steps, step: CleanStep): CleanStep[] {
  const at = placeFor(steps, step);
  return [...steps.slice(0, at), step, ...steps.slice(at)];
}

function placeFor(steps: Steps, { kind }: CleanStep): number {
  const after = steps.findLastIndex((step) => step.kind === kind) + 1;
  const firstMissing = steps.findIndex((step) => step.kind === 'missing');
  switch (kind) {
    case 'duplicates':
      return after;
    case 'outliers':
      if (after > 0) return after;
      return firstMissing < 0 ? steps.length : firstMissing;
    case 'missing': {
      const general = steps.findIndex((step) => step.kind === kind && step.columns.length === 0);
      return general < 0 ? steps.length : general;
    }
  }
}

export function isUsual(steps: Steps): boolean {
  return canonicalJson(steps) === canonicalJson(defaultCleanSteps);
}

/** Whether this step is the general one of its kind, whose settings have the plain labels. */
export function isMain(steps: Steps, at: number): boolean {
  const alike = runOrder(steps).filter((place) => steps[place].kind === steps[at].kind);
  const general = alike.find((place) => columnsOf(steps[place]).length === 0);
  return at === (general ?? alike[0]);
}

/** A step that was done, and what it found; the report is undefined where it is off. */
export interface DoneStep {
  readonly step: CleanStep;
  readonly report: StepReport | undefined;
}

/**
 * What is known of each step while newer settings are at work: what the same step did, else what stood in its place, as
 * long as that is of the same kind.
 *
 * @param done steps of the newest result
 */
export function matchDone(steps: Steps, done: readonly DoneStep[]): (DoneStep | undefined)[] {
  return steps.map((step, at) => {
    const same = done.find((one) => one.step === step);
    if (same !== undefined || done.length !== steps.length) return same;
    const { kind } = done[at].step;
    const isAlike =
      kind === step.kind && columnsOf(done[at].step).length === columnsOf(step).length;
    return isAlike ? done[at] : undefined;
  });
}
