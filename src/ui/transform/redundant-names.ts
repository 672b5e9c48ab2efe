import type { Redundancy } from '../../core/explore/redundant-columns';
import type { Feature } from '../../core/features/encode-table';

/**
 * The columns to leave out so that nothing is counted twice: the total of a sum, the copy, the second of a pair. Only
 * those that form segments together with what they repeat.
 */
export function redundantNames(
  redundant: readonly Redundancy[],
  features: readonly Feature[],
): string[] {
  const used = new Set(features.map(({ name }) => name));
  const names = redundant.flatMap((one) => {
    const [spare, ...others] = spareOf(one);
    return used.has(spare) && others.every((other) => used.has(other)) ? [spare] : [];
  });
  return [...new Set(names)];
}

/** The column that can go, then those that say the same. */
export function spareOf(one: Redundancy): [string, ...string[]] {
  switch (one.kind) {
    case 'sum':
      return [one.total, ...one.parts];
    case 'copy':
      return [one.copy, one.original];
    case 'line':
      return [one.b, one.a];
  }
}
