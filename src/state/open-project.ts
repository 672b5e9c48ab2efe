import type { Source } from '../contract/api';
import { AppError } from '../core/errors';
import type { Recipe } from '../core/recipe';
import { nameOfProject, type Project } from '../contract/project-schema';
import type { ProjectStore, Saved } from '../storage/project-store';
import { Autosave } from './autosave';

/** What is kept of the work on a source. */
export interface Work {
  readonly source: Source;
  /** Fingerprint of the source's content. */
  readonly sourceKey: string;
  readonly recipe: Recipe;
  /** The segments that were told last, and the recipe that gave them; null: none yet. */
  readonly keptRuns: Project['keptRuns'];
  readonly told: { readonly recipe: Recipe; readonly sizes: readonly number[] } | null;
}

/** What a project begins with that somebody made elsewhere. */
export interface Beginning {
  readonly name?: string;
}

interface Listener {
  /** It was stored; `problem` is a sentence where that went otherwise than expected. */
  readonly onSaved: (saved: Project) => void;
  readonly tell: (sentence: string) => void;
}

/** The project that is being worked on: it writes itself, within a second of a change. */
export class OpenProject {
  /** null: nothing was worth keeping yet. */
  project: Project | null;
  readonly #store: ProjectStore;
  readonly #beginning: Beginning;
  readonly #listener: Listener;
  readonly #autosave = new Autosave(() => this.#write());

  constructor(
    store: ProjectStore,
    project: Project | null,
    beginning: Beginning,
    listener: Listener,
  ) {
    this.#store = store;
    this.project = project;
    this.#beginning = beginning;
    this.#listener = listener;
  }

  keep(work: Work): void {
    this.project = projectOf(work, this.project, this.#beginning);
    this.#autosave.touch();
  }

  /** Writes now what is not written yet. */
  flush(): Promise<void> {
    return this.#autosave.flush();
  }

  /** It was deleted: what comes next is a new one. */
  forget(): void {
    this.#autosave.drop();
    this.project = null;
  }

  async #write(): Promise<boolean> {
    if (this.project === null) return true;
    const draft = this.project;
    try {
      const saved = await this.#store.save(draft, newId());
      const { id, name, revision } = saved.project;
      // Deleted meanwhile, it stays forgotten; changed meanwhile, the change is newer than what was stored.
      if (this.project?.id === draft.id) {
        this.project = { ...this.project, id, name, revision };
      }
      this.#listener.onSaved(saved.project);
      const sentence = outcomeInWords(saved);
      if (sentence !== '') this.#listener.tell(sentence);
      return true;
    } catch (error) {
      this.#listener.tell(storageProblem(error));
      return false;
    }
  }
}

export function newId(): string {
  // `randomUUID` is only there on https.
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function projectOf(
  { source, sourceKey, recipe, told, keptRuns }: Work,
  known: Project | null,
  beginning: Beginning,
): Project {
  return {
    id: known?.id ?? newId(),
    name: known?.name ?? (beginning.name || nameOfProject(source.name)),
    source: {
      name: source.name,
      key: sourceKey,
      isSample: source.kind === 'sample',
      nBytes: source.kind === 'file' ? source.blob.size : null,
    },
    recipe,
    told: told?.recipe ?? known?.told ?? null,
    nSegments: told?.sizes.length ?? known?.nSegments ?? null,
    sizes: [...(told?.sizes ?? known?.sizes ?? [])],
    keptRuns,
    savedAt: Date.now(),
    revision: known?.revision ?? 0,
  };
}

function outcomeInWords({ outcome, project }: Saved): string {
  switch (outcome) {
    case 'saved':
      return '';
    case 'copied':
      return `This project was changed in another tab. Nothing is lost: what you do here is kept as “${project.name}”.`;
    case 'again':
      return `“${project.name}” was deleted in another tab; with this change it is kept again.`;
  }
}

/** Why something could not be stored, and the way out. */
export function storageProblem(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (error instanceof Error && error.name === 'QuotaExceededError') {
    return 'The browser has no room left for this page, so your last changes could not be stored. They hold as long as the page is open: save the project as a file, or delete another one under Projects.';
  }
  return 'This project could not be stored in the browser: save it as a file to keep it.';
}
