import type { Progress } from '../../src/contract/api';
import type { Queries, QueryKind } from '../../src/contract/queries';
import type { Context } from '../../src/core/context';
import type { StepId } from '../../src/core/plan';
import type { Recipe } from '../../src/core/recipe';
import type { StepOutputs } from '../../src/core/steps';
import type { SliceScorers } from '../score/score-file';

/** What questions are answered from. */
export interface Known {
  readonly recipe: Recipe;
  readonly ctx: Context;
  /** The output of a step, from the cache or computed; of another recipe, if one is given. */
  outputOf<Id extends StepId>(
    id: Id,
    recipe?: Recipe,
    tell?: (progress: Progress) => void,
  ): Promise<StepOutputs[Id]>;
  /** Who scores the slices of another file. */
  scorersOf(file: Blob): SliceScorers;
  /** Asked twice it computes once. @param key unique among all that is remembered of this source and recipe */
  remember<T>(key: string, compute: () => Promise<T>): Promise<T>;
}

/** How one question is answered. */
export type Answer<Kind extends QueryKind> = (
  question: Queries[Kind]['question'],
  known: Known,
) => Promise<Queries[Kind]['answer']>;
