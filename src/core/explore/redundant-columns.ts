import type { Context } from '../context';
import { describe } from '../table/stats';
import type { NumberColumn, Table } from '../table/table';
import type { Correlations } from './correlations';
import { redundancySentence } from './redundancy-sentences';
import { finiteOf, frequentValues, sampledRows } from './values';

/** A column that other columns already contain. Numbers are rows. */
export type Redundancy = RedundancyFact & { readonly sentence: string };

export type RedundancyFact =
  | {
      /** `total` is the sum of the two `parts`. */
      readonly kind: 'sum';
      readonly total: string;
      readonly parts: readonly [string, string];
      /** Rows that have all three values. */
      readonly nRows: number;
      readonly nExceptions: number;
      /** Between the total and the sum of its parts, in their unit. */
      readonly largestGap: number;
    }
  | {
      /** `copy` holds the same value as `original`, the first of the two in the table. */
      readonly kind: 'copy';
      readonly original: string;
      readonly copy: string;
      readonly nRows: number;
      readonly nExceptions: number;
    }
  | {
      /** Nearly on a line: |Pearson's r| > 0.98. */
      readonly kind: 'line';
      readonly a: string;
      readonly b: string;
      readonly pearson: number;
    };

/** What is said holds in 98 of 100 rows. */
const leastHolding = 0.98;
/** … and in 9 of 10 of those in which no part has its commonest value: any column is itself and a column of zeros. */
const leastInformative = 0.9;
const fewestInformative = 20;
const nearlyOne = 0.98;
/** Values agree within this part of the standard deviation: sums in files are rounded. */
const tolerance = 1e-5;
/** Rows that propose, and proposals that are looked into. */
const sampleSize = 96;
const mostProposals = 300;

/**
 * Columns that are the sum of two others (which a difference is, read the other way), copies, and pairs on a line. A sample
 * of rows proposes, all rows decide.
 *
 * @param related of the columns to look at, see {@link correlations}
 */
export async function redundantColumns(
  table: Table,
  related: Correlations,
  ctx: Context,
): Promise<Redundancy[]> {
  const wanted = new Set(related.names);
  const rows = sampledRows(table.nRows, sampleSize, 1);
  const columns: Candidate[] = [];
  for (const column of table.columns) {
    if (column.kind !== 'number' || !wanted.has(column.name)) continue;
    const candidate = prepare(column, rows);
    if (candidate !== undefined) columns.push(candidate);
    await ctx.breathe();
  }
  const copies = await findCopies(columns, ctx);
  const originals = columns.filter(({ name }) => !copies.some(({ copy }) => copy === name));
  const sums = await findSums(originals, ctx);
  const facts: RedundancyFact[] = [...copies, ...sums, ...findLines(related, copies)];
  return facts.map((fact) => ({ ...fact, sentence: redundancySentence(fact) }));
}

type Copy = Extract<RedundancyFact, { kind: 'copy' }>;
type Sum = Extract<RedundancyFact, { kind: 'sum' }>;
type Line = Extract<RedundancyFact, { kind: 'line' }>;

interface Candidate {
  readonly name: string;
  readonly values: Float64Array;
  readonly sample: Float64Array;
  /** What a fifth of the rows or more have, NaN if nothing is so common. */
  readonly common: number;
  /** Largest difference of values that agree. */
  readonly slack: number;
}

/** @returns undefined for a column that does not vary */
function prepare({ name, values }: NumberColumn, rows: Int32Array): Candidate | undefined {
  const finite = finiteOf(values);
  const { sdPopulation } = describe(finite);
  if (!(sdPopulation > 0 && sdPopulation < Infinity)) return undefined;
  return {
    name,
    values,
    sample: Float64Array.from(rows, (row) => values[row]),
    common: frequentValues(finite, 0.2, 1).at(0)?.value ?? NaN,
    slack: tolerance * sdPopulation,
  };
}

async function findCopies(columns: readonly Candidate[], ctx: Context): Promise<Copy[]> {
  const copies: Copy[] = [];
  for (const [j, copy] of columns.entries()) {
    for (const original of columns.slice(0, j)) {
      if (!proposes(copy, original)) continue;
      const found = hold(copy, original);
      await ctx.breathe();
      if (found === undefined) continue;
      const { nRows, nExceptions } = found;
      copies.push({ kind: 'copy', original: original.name, copy: copy.name, nRows, nExceptions });
      break;
    }
    await ctx.breathe();
  }
  return copies;
}

async function findSums(columns: readonly Candidate[], ctx: Context): Promise<Sum[]> {
  const sums: Sum[] = [];
  let nProposals = 0;
  for (const total of columns) {
    for (const [j, first] of columns.entries()) {
      for (const second of columns.slice(0, j)) {
        if (first === total || second === total || !proposes(total, first, second)) continue;
        if (++nProposals > mostProposals) return sums;
        const found = hold(total, first, second);
        await ctx.breathe();
        if (found === undefined) continue;
        sums.push({ kind: 'sum', total: total.name, parts: [second.name, first.name], ...found });
      }
    }
    await ctx.breathe();
  }
  return sums;
}

/** Whether the sample agrees, and not only where a part has its commonest value. */
function proposes(total: Candidate, first: Candidate, second?: Candidate): boolean {
  const mostExceptions = (1 - leastInformative) * total.sample.length;
  let nExceptions = 0;
  let nInformative = 0;
  for (let i = 0; i < total.sample.length; i++) {
    const one = first.sample[i];
    const other = second === undefined ? 0 : second.sample[i];
    const gap = Math.abs(total.sample[i] - one - other);
    if (gap > total.slack && ++nExceptions > mostExceptions) return false;
    if (gap <= total.slack && one !== first.common && other !== second?.common) nInformative++;
  }
  return nInformative >= 3;
}

/** Whether `total` is `first`, or the sum of both, in nearly all rows that have these values. */
function hold(total: Candidate, first: Candidate, second?: Candidate) {
  let nRows = 0;
  let nExceptions = 0;
  let nInformative = 0;
  let nInformativeExceptions = 0;
  let largestGap = 0;
  for (let i = 0; i < total.values.length; i++) {
    const one = first.values[i];
    const other = second === undefined ? 0 : second.values[i];
    const gap = Math.abs(total.values[i] - one - other);
    if (Number.isNaN(gap)) continue;
    const isInformative = one !== first.common && other !== second?.common;
    nRows++;
    if (isInformative) nInformative++;
    if (gap <= total.slack) continue;
    nExceptions++;
    if (isInformative) nInformativeExceptions++;
    if (gap > largestGap) largestGap = gap;
  }
  const holds =
    nExceptions <= (1 - leastHolding) * nRows &&
    nInformative >= fewestInformative &&
    nInformativeExceptions <= (1 - leastInformative) * nInformative;
  return holds ? { nRows, nExceptions, largestGap } : undefined;
}

function findLines({ ranked }: Correlations, copies: readonly Copy[]): Line[] {
  return ranked
    .filter(({ pearson }) => Math.abs(pearson) > nearlyOne)
    .filter(({ a, b }) => !copies.some(({ original, copy }) => original === a && copy === b))
    .map(({ a, b, pearson }) => ({ kind: 'line', a, b, pearson }));
}
