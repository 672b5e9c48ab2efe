import { stepOrder, type StepId } from '../core/plan';

/** A value for each step, each a signal of its own: whatever shows one step is left alone when another one is done. */
export function byStep<Values extends Record<StepId, unknown>>(
  valueOf: <Id extends StepId>(step: Id) => Values[Id],
): Readonly<Values> {
  const values = {} as Values;
  for (const step of stepOrder) {
    const value = $derived(valueOf(step));
    Object.defineProperty(values, step, { enumerable: true, get: () => value });
  }
  return values;
}
