import type { PinnedSegments } from './judge/identity';
import { canonicalJson } from './plan';
import type { Recipe } from './recipe';
import { capitalise, countInWords, listInWords } from './words';

/** A division of the customers that was kept to be compared with others: plain JSON, without a row. */
export interface KeptRun {
  /** Unique among the kept runs. */
  readonly name: string;
  readonly recipe: Recipe;
  readonly nClusters: number;
  /** By what its segments are known, should others take their numbers from them. */
  readonly segments: PinnedSegments;
}

/** As many as can be looked at side by side. */
export const mostRuns = 12;
export const longestRunName = 80;

/** @returns with the run at the end; unchanged where there is no room, or it has no name */
export function withRun(runs: readonly KeptRun[], run: KeptRun): readonly KeptRun[] {
  const name = run.name.trim().slice(0, longestRunName);
  if (runs.length >= mostRuns || name === '') return runs;
  return [...runs, { ...run, name: freeName(runs, name) }];
}

export function withoutRun(runs: readonly KeptRun[], name: string): readonly KeptRun[] {
  return runs.filter((run) => run.name !== name);
}

/** "Four segments", "Four segments (2)" */
export function freeName(runs: readonly KeptRun[], wanted: string): string {
  let name = wanted;
  for (let n = 2; runs.some((run) => run.name === name); n++) name = `${wanted} (${n})`;
  return name;
}

/** Whether the segments of a recipe have their numbers from this run. */
export function isPinnedIn({ cluster }: Recipe, run: KeptRun): boolean {
  return (
    cluster.pinned !== undefined && canonicalJson(cluster.pinned) === canonicalJson(run.segments)
  );
}

const partWords: Readonly<Record<string, string>> = {
  read: 'how the file is read',
  derive: 'computed columns',
  clean: 'cleaning and roles',
  encode: 'categories',
  scale: 'scaling',
  reduce: 'what segments are formed from',
  sweep: 'starts and seed',
};

/** What differs between two runs, as far as it can change the segments. "scaling and starts and seed"; '': nothing */
export function differencesInWords(a: Recipe, b: Recipe): string {
  const [first, second]: Record<string, unknown>[] = [{ ...a }, { ...b }];
  const parts = Object.entries(partWords).flatMap(([part, words]) =>
    canonicalJson(first[part] ?? null) === canonicalJson(second[part] ?? null) ? [] : [words],
  );
  const [own, other] = [a, b].map(({ cluster: { pinned: _, ...cluster } }) =>
    canonicalJson(cluster),
  );
  if (own !== other) parts.push('number of segments');
  return listInWords(parts);
}

/** What a run is called unless somebody says otherwise: "Three segments". */
export function runName(nClusters: number): string {
  return `${capitalise(countInWords(nClusters))} segment${nClusters === 1 ? '' : 's'}`;
}
