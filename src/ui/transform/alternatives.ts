import type { CleanStep } from '../../core/clean/clean-step';
import type { PowerOffer } from '../../core/features/power-offer';
import type { Scaling } from '../../core/features/scale';
import type { Recipe } from '../../core/recipe';

/** Another way to prepare the same customers, to see what it would change. */
export interface Alternative {
  readonly id: string;
  readonly label: string;
  /** What is different from the recipe of the page. */
  readonly patch: Partial<Recipe>;
}

const scalingWords: Readonly<Record<Scaling, string>> = {
  standard: 'Columns divided by their standard deviation',
  robust: 'Columns divided by their interquartile range',
  minmax: 'Columns brought to the same range',
  none: 'Columns in their own units, unscaled',
};

/**
 * What could as well have been chosen: nobody can say that one of these is right, only how much depends on it.
 *
 * @param redundant columns that say what others say already
 */
export function alternativesTo(
  recipe: Recipe,
  offers: readonly PowerOffer[],
  redundant: readonly string[],
): Alternative[] {
  const { scale, clean, sweep } = recipe;
  const isEven = scale.powers.length > 0;
  const all: (Alternative | false)[] = [
    isEven && {
      id: 'uneven',
      label: 'Skewed columns as they are',
      patch: { scale: { ...scale, powers: [] } },
    },
    !isEven &&
      offers.length > 0 && {
        id: 'even',
        label: 'Skewed columns evened out',
        patch: {
          scale: {
            ...scale,
            powers: offers.map(({ column, suggested }) => ({ column, power: suggested.kind })),
          },
        },
      },
    ...(['standard', 'robust', 'minmax'] as const)
      .filter((scaling) => scaling !== scale.scaling)
      .map((scaling) => ({
        id: scaling,
        label: scalingWords[scaling],
        patch: { scale: { ...scale, scaling } },
      })),
    ...(['clip', 'set-aside'] as const)
      .filter((action) => !clean.steps.some((step) => isTreated(step, action)))
      .map((action) => ({
        id: action,
        label: action === 'clip' ? 'Outliers moved to the bound' : 'Outliers set aside',
        patch: { clean: { ...clean, steps: clean.steps.map((step) => treated(step, action)) } },
      })),
    redundant.length > 0 && {
      id: 'without',
      label: `Without ${redundant.join(', ')}`,
      patch: {
        clean: {
          ...clean,
          roles: [
            ...clean.roles.filter(({ column }) => !redundant.includes(column)),
            ...redundant.map((column) => ({ column, role: 'describe' as const })),
          ],
        },
      },
    },
    {
      id: 'seed',
      label: 'Other random starts',
      patch: { sweep: { ...sweep, seed: (sweep.seed + 1) % 2 ** 32 } },
    },
  ];
  return all.filter((one) => one !== false);
}

function isTreated(step: CleanStep, action: 'clip' | 'set-aside'): boolean {
  return step.kind === 'outliers' && step.isOn && step.action === action;
}

function treated(step: CleanStep, action: 'clip' | 'set-aside'): CleanStep {
  return step.kind === 'outliers' && step.columns.length === 0
    ? { ...step, isOn: true, action }
    : step;
}
