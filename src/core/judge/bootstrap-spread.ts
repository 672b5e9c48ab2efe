/** @param ascending not empty. @returns between what the middle nine tenths of the values lie */
export function middleOf(ascending: readonly number[]): readonly [number, number] {
  const last = ascending.length - 1;
  return [ascending[Math.floor(0.05 * last)], ascending[Math.ceil(0.95 * last)]];
}
