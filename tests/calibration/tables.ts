import { createRandom, type Random } from '../../src/core/random';

/** A table of which it is known how many groups it has; 1: none. */
export interface KnownTable {
  readonly kind: string;
  readonly nGroups: number;
  readonly columns: Float64Array[];
}

type Draw = (random: Random, nRows: number, nColumns: number) => Float64Array[];

/** 300 to 1,000 rows, 4 to 8 columns. */
function table(kind: string, seed: number, draw: Draw, nGroups = 1): KnownTable {
  const random = createRandom(seed, 0);
  const nRows = 300 + random.integer(701);
  const nColumns = 4 + random.integer(5);
  return { kind, nGroups, columns: draw(random, nRows, nColumns) };
}

const columnsOf = (nColumns: number, nRows: number, value: (j: number, i: number) => number) =>
  Array.from({ length: nColumns }, (_, j) =>
    Float64Array.from({ length: nRows }, (__, i) => value(j, i)),
  );

/** One normal cloud, its columns mixed at random, so that they correlate. */
const normalCloud: Draw = (random, nRows, nColumns) => {
  const mix = columnsOf(nColumns, nColumns, () => random.normal());
  const rows = Array.from({ length: nRows }, () => mix.map(() => random.normal()));
  return columnsOf(nColumns, nRows, (j, i) =>
    rows[i].reduce((sum, value, m) => sum + value * mix[j][m], 0),
  );
};

const evenBox: Draw = (random, nRows, nColumns) =>
  columnsOf(nColumns, nRows, () => random.uniform());

const skewed: Draw = (random, nRows, nColumns) => {
  const shapes = Array.from({ length: nColumns }, () => 0.3 + random.uniform());
  return columnsOf(nColumns, nRows, (j) => Math.exp(shapes[j] * random.normal()));
};

/** One long tail that all columns share: harder than what is asked for. */
const sharedTail: Draw = (random, nRows, nColumns) =>
  normalCloud(random, nRows, nColumns).map((column) => {
    const deviation = Math.sqrt(column.reduce((sum, x) => sum + x * x, 0) / nRows);
    return column.map((x) => Math.exp((0.7 * x) / deviation));
  });

/** Some rows and columns of a file, each column in an order of its own. */
function shuffledFile(file: readonly Float64Array[]): Draw {
  return (random, nRows, nColumns) => {
    const chosen = random.shuffle(Int32Array.from(file, (_, j) => j)).slice(0, nColumns);
    return Array.from(chosen, (j) => {
      const order = random.shuffle(Int32Array.from(file[j], (_, i) => i));
      return Float64Array.from({ length: nRows }, (_, i) => file[j][order[i]]);
    });
  };
}

/** No two centres are nearer than this many standard deviations of a group. */
const apart = 6;

/** 3 to 6 normal clouds, the smallest at least a third of the largest. */
function blobs(seed: number): KnownTable {
  const nGroups = 3 + createRandom(seed, 1).integer(4);
  const draw: Draw = (random, nRows, nColumns) => {
    const centers: number[][] = [];
    while (centers.length < nGroups) {
      const center = Array.from({ length: nColumns }, () => 14 * random.uniform());
      const isApart = (other: number[]) =>
        other.reduce((sum, value, j) => sum + (value - center[j]) ** 2, 0) >= apart ** 2;
      if (centers.every(isApart)) centers.push(center);
    }
    const weights = centers.map(() => 1 + 2 * random.uniform());
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const groups = Array.from({ length: nRows }, () => {
      let at = total * random.uniform();
      const group = weights.findIndex((weight) => (at -= weight) < 0);
      return Math.max(0, group);
    });
    return columnsOf(nColumns, nRows, (j, i) => centers[groups[i]][j] + random.normal());
  };
  return table('separated clouds', seed, draw, nGroups);
}

/** @param file columns to shuffle; a log-normal cloud stands in where there is none */
export function tablesWithoutGroups(count: number, file?: readonly Float64Array[]): KnownTable[] {
  const kinds: readonly (readonly [string, Draw])[] = [
    ['one normal cloud', normalCloud],
    ['an even box', evenBox],
    file === undefined ? ['one skewed cloud', skewed] : ['shuffled columns', shuffledFile(file)],
  ];
  return Array.from({ length: count }, (_, i) => table(kinds[i % 3][0], 1000 + i, kinds[i % 3][1]));
}

export function tablesWithGroups(count: number): KnownTable[] {
  return Array.from({ length: count }, (_, i) => blobs(5000 + i));
}

export function tablesWithOneTail(count: number): KnownTable[] {
  return Array.from({ length: count }, (_, i) => table('one long tail', 9000 + i, sharedTail));
}
