import { editDistance } from './edit-distance';
import { foldedTokens, numbersIn, plainTokens, unordered } from './name-tokens';

/**
 * `same`: letter for letter. `spelling`: but for case, accents, spaces and punctuation. `order`: the same words in
 * another order. `abbreviation`: after writing out abbreviations, singular and plural alike. `proposed`: merely the
 * only one that is near; for a person to confirm, never to be used unasked.
 */
export const matchWays = ['same', 'spelling', 'order', 'abbreviation', 'proposed'] as const;
export type MatchWay = (typeof matchWays)[number];

export interface ColumnMatch {
  readonly wanted: string;
  /** null: there is no such column. */
  readonly found: string | null;
  readonly how: MatchWay | null;
}

export interface ColumnMatches {
  /** By wanted name, in the order given. */
  readonly matches: readonly ColumnMatch[];
  /** Columns that nobody asked for, in their order. Those that are only proposed are among them. */
  readonly extra: readonly string[];
}

/** By how many letters a name may differ, as a share of its length, to be proposed. */
const mostDifferent = 0.2;
/** By how many letters the next best must be farther. */
const clearly = 2;
/** Longer names are not compared letter by letter: it would take too long. */
const longestCompared = 100;
/** Nor are more pairs of names than these: nobody would go through so many proposals. */
const mostPairs = 100_000;

/** What must be equal, from strict to lenient. '' is equal to nothing. */
const keys: readonly { readonly how: MatchWay; readonly keyOf: (name: string) => string }[] = [
  { how: 'spelling', keyOf: (name) => plainTokens(name).join('') },
  { how: 'order', keyOf: (name) => unordered(plainTokens(name)).join(' ') },
  { how: 'abbreviation', keyOf: (name) => unordered(foldedTokens(name)).join(' ') },
];

/**
 * Finds the columns that a model or a recipe speaks of in another file. One to one; the strictest way decides, and a
 * lenient one only where exactly one wanted name and one column are left with the same key. No column is given to two names.
 *
 * @param wanted names that are asked for
 * @param present names of the table's columns
 */
export function matchColumns(wanted: readonly string[], present: readonly string[]): ColumnMatches {
  const found = new Map<number, { column: number; how: MatchWay }>();
  const taken = new Set<number>();
  const take = (pairs: readonly Pair[], how: MatchWay) => {
    for (const { want, column } of pairs) {
      found.set(want, { column, how });
      taken.add(column);
    }
  };
  const left = (): [Named[], Named[]] => [
    named(wanted).filter(({ at }) => !found.has(at)),
    named(present).filter(({ at }) => !taken.has(at)),
  ];
  take(sameNames(wanted, present), 'same');
  for (const { how, keyOf } of keys) take(onlyPairs(...left(), keyOf), how);
  const extra = left()[1].map(({ name }) => name);
  take(clearlyNearest(...left()), 'proposed');
  return {
    matches: wanted.map((name, at) => {
      const match = found.get(at);
      return match === undefined
        ? { wanted: name, found: null, how: null }
        : { wanted: name, found: present[match.column], how: match.how };
    }),
    extra,
  };
}

interface Named {
  readonly name: string;
  readonly at: number;
}

interface Pair {
  readonly want: number;
  readonly column: number;
}

function named(names: readonly string[]): Named[] {
  return names.map((name, at) => ({ name, at }));
}

/** The n-th of equal wanted names gets the n-th of equal columns. */
function sameNames(wanted: readonly string[], present: readonly string[]): Pair[] {
  const columns = group(named(present), (name) => name);
  return named(wanted).flatMap(({ name, at }) => {
    const column = columns.get(name)?.shift();
    return column === undefined ? [] : [{ want: at, column: column.at }];
  });
}

/** Pairs of which each has a key that nobody else on its side has. */
function onlyPairs(
  wanted: readonly Named[],
  present: readonly Named[],
  keyOf: (name: string) => string,
): Pair[] {
  const columns = group(present, keyOf);
  return [...group(wanted, keyOf)].flatMap(([key, wants]) => {
    const same = columns.get(key) ?? [];
    return key !== '' && wants.length === 1 && same.length === 1
      ? [{ want: wants[0].at, column: same[0].at }]
      : [];
  });
}

function group(names: readonly Named[], keyOf: (name: string) => string): Map<string, Named[]> {
  const groups = new Map<string, Named[]>();
  for (const entry of names) {
    const key = keyOf(entry.name);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [entry]);
    else members.push(entry);
  }
  return groups;
}

/** Pairs that are nearest to each other, with every other one clearly farther from both. */
function clearlyNearest(wanted: readonly Named[], present: readonly Named[]): Pair[] {
  const wants = comparable(wanted);
  const columns = comparable(present);
  if (wants.length * columns.length > mostPairs) return [];
  const nearestColumn = wants.map(() => nobody);
  const nearestWant = columns.map(() => nobody);
  wants.forEach((want, w) => {
    columns.forEach((column, c) => {
      const distance = distanceOf(want, column);
      if (distance === Infinity) return;
      nearestColumn[w] = withOneMore(nearestColumn[w], c, distance);
      nearestWant[c] = withOneMore(nearestWant[c], w, distance);
    });
  });
  return nearestColumn.flatMap((nearest, w) => {
    if (nearest.at < 0 || !isClear(nearest) || !isClear(nearestWant[nearest.at])) return [];
    const column = columns[nearest.at];
    const longest = Math.max(wants[w].letters.length, column.letters.length);
    return nearestWant[nearest.at].at === w && nearest.distance <= mostDifferent * longest
      ? [{ want: wants[w].at, column: column.at }]
      : [];
  });
}

interface Nearest {
  readonly at: number;
  readonly distance: number;
  /** The distance of the next one. */
  readonly second: number;
}

const nobody: Nearest = { at: -1, distance: Infinity, second: Infinity };

function withOneMore(nearest: Nearest, at: number, distance: number): Nearest {
  if (distance < nearest.distance) return { at, distance, second: nearest.distance };
  return distance < nearest.second ? { ...nearest, second: distance } : nearest;
}

function isClear({ distance, second }: Nearest): boolean {
  return second >= distance + clearly;
}

interface Comparable {
  readonly at: number;
  readonly letters: string;
  readonly numbers: string;
}

function comparable(names: readonly Named[]): Comparable[] {
  return names.flatMap(({ name, at }) => {
    if (name.length > longestCompared) return [];
    const letters = plainTokens(name).join('');
    return letters === '' ? [] : [{ at, letters, numbers: numbersIn(letters) }];
  });
}

/** Distances that can matter: to be proposed, or to stand in its way. Names with other numbers in them are other things. */
function distanceOf(a: Comparable, b: Comparable): number {
  if (a.numbers !== b.numbers) return Infinity;
  const longest = Math.max(a.letters.length, b.letters.length);
  return editDistance(a.letters, b.letters, Math.floor(mostDifferent * longest) + clearly - 1);
}
