import type { Source } from '../contract/api';
import type { SegmentModel } from '../core/model';
import type { Recipe } from '../core/recipe';
import type { Project } from '../contract/project-schema';

/** Settings that wait for their file, or a model that can do without: from a project, a project file or a link. */
export interface Arrival {
  readonly from: 'project' | 'file' | 'link';
  /** What it is called; '': nothing is known. */
  readonly name: string;
  /** Name of the file that it was made for; '': not known. */
  readonly fileName: string;
  /** Fingerprint of that file; '': not known. */
  readonly sourceKey: string;
  readonly recipe: Recipe | null;
  readonly model: SegmentModel | null;
  /** Sizes of the segments that it had; []: not known. */
  readonly sizes: readonly number[];
  /** The project in the browser that it is; null: none. */
  readonly project: Project | null;
  readonly keptRuns?: Project['keptRuns'];
  /** What a link holds, to the letter. */
  readonly text?: string;
}

export function arrivalOf(project: Project): Arrival {
  return {
    from: 'project',
    name: project.name,
    fileName: project.source.name,
    sourceKey: project.source.key,
    recipe: project.recipe,
    model: null,
    sizes: project.sizes,
    project,
  };
}

/** What a project was made from, as far as it is at hand; null: the user has to bring it. @param rows its file, where kept */
export function sourceOf({ source }: Project, rows: Blob | null): Source | null {
  const { name, key } = source;
  if (rows !== null) return { kind: 'file', name, blob: rows };
  const [, nRows, seed] = /^sample:(\d+):(\d+)$/.exec(key) ?? [];
  return seed === undefined
    ? null
    : { kind: 'sample', name, nRows: Number(nRows), seed: Number(seed) };
}
