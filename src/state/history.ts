import type { Recipe } from '../core/recipe';

/** Past and undone recipes. Immutable: every change gives a new one. */
export class History {
  readonly #past: readonly Recipe[];
  readonly #future: readonly Recipe[];

  constructor(past: readonly Recipe[] = [], future: readonly Recipe[] = []) {
    this.#past = past;
    this.#future = future;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** After a change away from `current`. What was undone before is gone. */
  after(current: Recipe): History {
    return new History([...this.#past, current]);
  }

  undo(current: Recipe): { history: History; recipe: Recipe } | null {
    const recipe = this.#past.at(-1);
    if (recipe === undefined) return null;
    return { recipe, history: new History(this.#past.slice(0, -1), [current, ...this.#future]) };
  }

  redo(current: Recipe): { history: History; recipe: Recipe } | null {
    const [recipe, ...future] = this.#future;
    if (recipe === undefined) return null;
    return { recipe, history: new History([...this.#past, current], future) };
  }
}
