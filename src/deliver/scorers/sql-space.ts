import type { Activation } from '../../core/learn/dense-layer';
import { largestFloat32, type PlannedSpace } from './score-plan';
import type { SqlDialect } from './sql-dialect';
import type { SqlLayers } from './sql-layers';

/** Terms of a sum that stand in one expression: databases bear expressions of some depth only. */
const mostTerms = 200;

interface Term {
  readonly text: string;
  /** The name of the value in it. */
  readonly uses: string;
}

/** Added up in their order. @returns the name of the sum */
export function sumOf(terms: readonly Term[], { define }: SqlLayers, first?: string): string {
  let sum = first;
  for (let from = 0; from < terms.length; from += mostTerms) {
    const some = terms.slice(from, from + mostTerms);
    const texts = some.map(({ text }) => text);
    const uses = some.map((term) => term.uses);
    sum = define([...(sum === undefined ? [] : [sum]), ...texts].join(' + '), [
      ...(from > 0 && sum !== undefined ? [sum] : []),
      ...uses,
    ]);
  }
  return sum ?? define('0e0', []);
}

/** The coordinates behind the layers of a space, on its grid. @param x names of the scaled features */
export function inSpace(
  { layers, center, step }: PlannedSpace,
  x: readonly string[],
  sql: SqlLayers,
  dialect: SqlDialect,
): string[] {
  const { number } = dialect;
  let inputs = x;
  for (const { nOutputs, activation, weights, biases } of layers) {
    const from = inputs;
    inputs = biases.map((bias, o) => {
      const terms = from.map((name, j) => ({
        text: `${name} * ${number(weights[j * nOutputs + o])}`,
        uses: name,
      }));
      return activated(activation, sumOf(terms, sql, number(bias)), sql, dialect);
    });
  }
  const largest = number(largestFloat32);
  return inputs.map((name, m) => {
    const moved = sql.define(`${name} - ${number(center[m])}`, [name]);
    const bounded = sql.define(
      `CASE WHEN ${moved} > ${largest} THEN ${largest} WHEN ${moved} < -${largest} THEN (-${largest}) ELSE ${moved} END`,
      [moved],
    );
    const onGrid = step[m] > 0 ? sql.define(toGrid(bounded, step[m], dialect), [bounded]) : bounded;
    return toFloat32(onGrid, sql, dialect);
  });
}

/** As `activate` of `core/learn/activate.ts`, with the exponential of the database. */
function activated(
  activation: Activation,
  x: string,
  { define }: SqlLayers,
  { number }: SqlDialect,
): string {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return define(`CASE WHEN ${x} > 0e0 THEN ${x} ELSE 0e0 END`, [x]);
    case 'tanh': {
      const e = define(
        `EXP(2e0 * CASE WHEN ${x} > 20e0 THEN 20e0 WHEN ${x} < -20e0 THEN -20e0 ELSE ${x} END)`,
        [x],
      );
      return define(`(${e} - 1e0) / (${e} + 1e0)`, [e]);
    }
    case 'gelu': {
      const half = `-0.5e0 * ${x} * ${x}`;
      const density = define(
        `EXP(CASE WHEN ${half} < -87e0 THEN -87e0 ELSE ${half} END) * ${number(0.3989422804014327)}`,
        [x],
      );
      const t = define(`1e0 / (0.2316419e0 * ABS(${x}) + 1e0)`, [x]);
      const tail = define(
        `${density} * (((((1.330274429e0 * ${t} - 1.821255978e0) * ${t} + 1.781477937e0) * ${t} - 0.356563782e0) * ${t} + 0.31938153e0) * ${t})`,
        [density, t],
      );
      return define(`${x} * CASE WHEN ${x} < 0e0 THEN ${tail} ELSE 1e0 - ${tail} END`, [x, tail]);
    }
  }
}

/** As `scaleValue`: to the nearest multiple of step, half to even, by going where neighbours are a step apart and back. */
export function toGrid(x: string, step: number, { number }: SqlDialect): string {
  const half = step * 2 ** 51;
  const [one, two, three] = [number(half), number(2 * half), number(3 * half)];
  return `CASE WHEN ${x} < ${one} AND ${x} > -${one} THEN ${x} + ${three} - ${three} WHEN ${x} >= ${two} OR ${x} <= -${two} THEN ${x} WHEN ${x} < 0e0 THEN ${x} - ${two} + ${two} ELSE ${x} + ${two} - ${two} END`;
}

/**
 * To the nearest 32-bit float, half to even, with doubles alone: casts overflow, or are not there. `unit` is the largest
 * power of two in x (S. Rump, T. Ogita, S. Oishi, 2008, "Accurate floating-point summation", algorithm 3.5); at
 * 3·2^28 of it doubles are as far apart as 32-bit floats are at x.
 */
export function toFloat32(x: string, { define }: SqlLayers, { number }: SqlDialect): string {
  const times = define(`${x} * ${number(2 ** 52 + 1)}`, [x]);
  const unit = define(`ABS(${times} - ${times} * ${number(1 - 2 ** -53)})`, [times]);
  // 2^-126: below it 32-bit floats are no closer.
  const least = number(2 ** -126);
  const far = define(
    `${number(3 * 2 ** 28)} * CASE WHEN ${unit} < ${least} THEN ${least} ELSE ${unit} END`,
    [unit],
  );
  return define(`${x} + ${far} - ${far}`, [x, far]);
}
