import { createRandom } from '../../src/core/random';

const places = { near: [0, 0], right: [40, 0], far: [0, 90] } as const;
export type CloudPlace = keyof typeof places;
export type CloudSizes = Readonly<Record<CloudPlace, number>>;

/** A file with three clouds of customers far from each other, one after the other in the order of their names here. */
export function threeClouds(sizes: CloudSizes): string {
  const random = createRandom(3);
  const lines = (Object.keys(places) as CloudPlace[]).flatMap((place) =>
    Array.from({ length: sizes[place] }, () =>
      places[place].map((value) => (value + random.normal()).toFixed(3)).join(','),
    ),
  );
  return `spend,visits\n${lines.join('\n')}\n`;
}
