import type { Recipe } from './recipe';
import { spaceParams } from './reduce/reduce-params';

/** One step of the pipeline as it is planned; `steps.ts` says how it is done. */
interface Planned<Need extends string> {
  /** Belongs to the key of its results: raise it when the algorithm changes. */
  readonly version: number;
  readonly needs: readonly Need[];
  /** The part of the recipe that this step reads. */
  readonly params: (recipe: Recipe) => unknown;
}

function planned<const Need extends string>(row: Planned<Need>): Planned<Need> {
  return row;
}

/**
 * The pipeline: what each step needs, and what of the recipe it reads. The page knows this and no more, so the
 * algorithms are loaded with the worker alone.
 */
export const plan = {
  read: planned({ version: 3, needs: [], params: ({ read }) => read }),
  derive: planned({ version: 1, needs: ['read'], params: (recipe) => recipe.derive }),
  clean: planned({ version: 3, needs: ['derive'], params: (recipe) => recipe.clean }),
  encode: planned({ version: 1, needs: ['clean'], params: (recipe) => recipe.encode }),
  scale: planned({ version: 3, needs: ['encode'], params: (recipe) => recipe.scale }),
  pca: planned({ version: 2, needs: ['scale'], params: () => null }),
  space: planned({
    version: 1,
    needs: ['scale', 'pca'],
    params: (recipe) => spaceParams(recipe.reduce),
  }),
  sweep: planned({ version: 4, needs: ['scale', 'space'], params: (recipe) => recipe.sweep }),
  cluster: planned({
    version: 3,
    needs: ['encode', 'scale', 'space', 'sweep'],
    params: (recipe) => recipe.cluster,
  }),
  profile: planned({
    version: 4,
    needs: ['encode', 'cluster'],
    params: (recipe) => recipe.segments,
  }),
  tree: planned({ version: 5, needs: ['encode', 'cluster'], params: (recipe) => recipe.tree }),
  model: planned({
    version: 4,
    needs: ['derive', 'encode', 'scale', 'pca', 'space', 'cluster', 'profile', 'tree'],
    params: (recipe) => recipe.scale,
  }),
  ward: planned({ version: 1, needs: ['space'], params: () => null }),
  agreement: planned({ version: 1, needs: ['ward', 'cluster'], params: () => null }),
  personas: planned({
    version: 2,
    needs: ['derive', 'clean', 'encode', 'space', 'cluster', 'profile'],
    params: (recipe) => recipe.personas,
  }),
  explore: planned({ version: 1, needs: ['derive'], params: (recipe) => recipe.clean.roles }),
  evidence: planned({ version: 2, needs: ['space', 'sweep'], params: (recipe) => recipe.trust }),
  trust: planned({
    version: 3,
    needs: ['evidence'],
    params: (recipe) => recipe.cluster.limits ?? null,
  }),
};

export type StepId = keyof typeof plan;

/** Steps that the story does not wait for: they are done when it has been told. */
export const laterSteps = ['personas', 'explore', 'evidence', 'trust'] as const satisfies StepId[];
export type LaterStep = (typeof laterSteps)[number];
export type StoryStep = Exclude<StepId, LaterStep>;

/** What a step needs. */
export type NeedOf<Id extends StepId> = (typeof plan)[Id]['needs'][number] & StepId;

/** In the order in which the page asks for them: the story first, then the proof, then what another method says. */
export const storySteps = (Object.keys(plan) as StepId[]).filter(
  (id): id is StoryStep => !laterSteps.some((later) => later === id),
);

/** All of them: what the story tells, then what comes later. */
export const stepOrder: readonly StepId[] = [...storySteps, ...laterSteps];

/**
 * What a step's result is known by: canonical JSON of the source and, of every step that it stands on and itself, id, version
 * and part of the recipe. Readable in a debugger, free of collisions.
 */
export function stepKey(id: StepId, sourceKey: string, recipe: Recipe): string {
  const parts = [...groundOf(id)].map((step) => [
    step,
    plan[step].version,
    plan[step].params(recipe),
  ]);
  // A list, and not keys inside of keys: each quotes the quotes of the one before, which doubles its length.
  return canonicalJson([sourceKey, ...parts]);
}

const grounds = new Map<StepId, ReadonlySet<StepId>>();

/** The steps that a step stands on, whatever stands on nothing first, and itself last. */
function groundOf(id: StepId): ReadonlySet<StepId> {
  const known = grounds.get(id);
  if (known !== undefined) return known;
  const needs: readonly StepId[] = plan[id].needs;
  const ground = new Set([...needs.flatMap((need) => [...groundOf(need)]), id]);
  grounds.set(id, ground);
  return ground;
}

/** JSON with sorted keys, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
