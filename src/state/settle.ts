import type { Project } from '../contract/project-schema';
import { canonicalJson } from '../core/plan';
import { defaultRecipe, type Recipe } from '../core/recipe';
import type { ColumnFacts } from '../core/replay-columns';
import type { Arrival } from './arrival';
import type { Beginning } from './open-project';
import type { Ground } from './pipeline.svelte';
import type { Projects } from './projects.svelte';

/** What the work on a source begins with, once its content is known. */
export interface Settled {
  readonly recipe: Recipe;
  /** The project that it belongs to; null: none yet. */
  readonly project: Project | null;
  /** Of a project that is not stored yet. */
  readonly beginning: Beginning;
  /** Settings that gave segments, where these are others: one step back. */
  readonly past: readonly Recipe[];
  readonly keptRuns: Project['keptRuns'] | undefined;
  /** What has arrived, to be compared with the segments that it gives here; null: nothing that could. */
  readonly expected: Arrival | null;
  /** What to say about settings of another file; '': nothing. */
  readonly notice: string;
}

/**
 * The recipe of a source is what has arrived for it, else the remembered one, else the default.
 *
 * @param columnsOf what the source holds, read so
 */
export async function settle(
  arrival: Arrival | null,
  { source, sourceKey }: Pick<Ground, 'source' | 'sourceKey'>,
  projects: Pick<Projects, 'find'>,
  columnsOf: (ground: Ground) => Promise<readonly ColumnFacts[]>,
): Promise<Settled> {
  const made = arrival?.sourceKey === sourceKey ? arrival : null;
  const waited = arrival?.recipe ?? null;
  let project = made?.project ?? null;
  if (waited === null) project = projects.find(sourceKey);
  // What is here already, to the letter, is not made a second time.
  else if (made !== null) project ??= projects.find(sourceKey, made);
  let recipe = waited ?? project?.recipe ?? defaultRecipe;
  let notice = '';
  if (arrival !== null && waited !== null && made === null) {
    const { asRead, replayOn } = await import('./replay-on');
    const columns = await columnsOf({ source, sourceKey, recipe: asRead(waited) });
    ({ recipe, notice } = replayOn(arrival, waited, source.name, columns));
  }
  const told = project?.told ?? null;
  return {
    recipe,
    project,
    beginning: made ?? {},
    past: told !== null && canonicalJson(told) !== canonicalJson(recipe) ? [told] : [],
    keptRuns: project?.keptRuns ?? made?.keptRuns,
    expected: waited === null ? null : arrival,
    notice,
  };
}

/** Whether a project file or a link gives what it gave where it was made; '' where that cannot be told. */
export async function comparison(
  expected: Arrival | null,
  recipe: Recipe,
  sizes: readonly number[],
): Promise<string> {
  if (expected === null || expected.recipe !== recipe) return '';
  const { sameSegments } = await import('./replay-on');
  return sameSegments(expected, sizes);
}
