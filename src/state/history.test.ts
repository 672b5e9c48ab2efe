import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRecipe, type Recipe } from '../core/recipe';
import { History } from './history';

const recipe = (seed: number): Recipe => ({
  ...defaultRecipe,
  sweep: { ...defaultRecipe.sweep, seed },
});

describe('the history', () => {
  it('has nothing to undo or redo at first', () => {
    const history = new History();
    expect([history.canUndo, history.canRedo]).toEqual([false, false]);
    expect(history.undo(recipe(0))).toBeNull();
    expect(history.redo(recipe(0))).toBeNull();
  });

  it('goes back and forth', () => {
    const [a, b] = [recipe(1), recipe(2)];
    const changed = new History().after(a);
    const undone = changed.undo(b);
    expect(undone?.recipe).toBe(a);
    expect(undone?.history.canRedo).toBe(true);
    const redone = undone?.history.redo(a);
    expect(redone?.recipe).toBe(b);
    expect(redone?.history.canUndo).toBe(true);
  });

  it('forgets what was undone once something else is changed', () => {
    const undone = new History().after(recipe(1)).undo(recipe(2));
    expect(undone?.history.after(recipe(1)).canRedo).toBe(false);
  });

  it('never changes: an older one is as it was', () => {
    const first = new History().after(recipe(1));
    first.after(recipe(2));
    first.undo(recipe(2));
    expect(first.undo(recipe(9))?.recipe).toEqual(recipe(1));
    expect(first.canRedo).toBe(false);
  });

  it('is what a list with a cursor is', () => {
    const action = fc.constantFrom('change', 'undo', 'redo');
    fc.assert(
      fc.property(fc.array(action), (actions) => {
        let history = new History();
        let current = recipe(0);
        let list = [0];
        let at = 0;
        let next = 1;
        for (const name of actions) {
          if (name === 'change') {
            history = history.after(current);
            current = recipe(next);
            list = [...list.slice(0, at + 1), next++];
            at++;
          } else {
            const step = history[name](current);
            if (step !== null) ({ history, recipe: current } = step);
            at = Math.min(list.length - 1, Math.max(0, at + (name === 'undo' ? -1 : 1)));
          }
          expect(current.sweep.seed).toBe(list[at]);
          expect(history.canUndo).toBe(at > 0);
          expect(history.canRedo).toBe(at < list.length - 1);
        }
      }),
    );
  });
});
