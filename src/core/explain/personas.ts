import type { Context } from '../context';
import type { EncodeOutput } from '../features/encode-table';
import type { KMeans } from '../learn/kmeans';
import type { Matrix } from '../matrix';
import type { Table } from '../table/table';
import { adviseSegment, type Advice } from './advice';
import type { Profile } from './profile';
import { findSegmentRule, type SegmentRule } from './segment-rule';
import type { PersonaParams } from './persona-params';
import { typicalRows } from './typical';
import { guessValueColumn, valueShares, type ValueShare } from './value-share';

/** What a segment's card tells beside its profile. */
export interface Persona {
  readonly rule: SegmentRule | null;
  readonly advice: readonly Advice[];
  /** Index into the table of the customers nearest to the centre, nearest first, with their line in the file. */
  readonly typical: readonly { readonly row: number; readonly line: number }[];
}

export interface Personas {
  /** By segment. */
  readonly personas: readonly Persona[];
  /** What they are personas of: a later step is not always of the run whose story is told. */
  readonly profile: Profile;
  readonly value: (ValueShare & { readonly column: string }) | null;
}

interface PersonaInputs {
  readonly table: Table;
  /** Index into the table of each kept row. */
  readonly rows: Int32Array;
  readonly encode: EncodeOutput;
  readonly X: Matrix;
  readonly fit: KMeans;
  readonly profile: Profile;
}

const nTypical = 3;

/** Everything that makes a segment somebody to talk about: nothing but its numbers goes in. */
export async function describePersonas(
  { table, rows, encode, X, fit, profile }: PersonaInputs,
  { valueColumn }: PersonaParams,
  ctx: Context,
): Promise<Personas> {
  const { labels, centers, nClusters } = fit;
  const typical = typicalRows(X, labels, centers, nClusters, nTypical);
  const personas: Persona[] = [];
  for (const [c, segment] of profile.segments.entries()) {
    await ctx.breathe();
    personas.push({
      rule: await findSegmentRule(encode.values, labels, c, ctx),
      advice: adviseSegment(segment, profile.overall),
      typical: typical[c].map((at) => ({ row: rows[at], line: table.lines[rows[at]] })),
    });
    ctx.progress(personas.length, nClusters);
  }
  const column = valueColumn === 'auto' ? guessValueColumn(table.columns) : valueColumn;
  const shares =
    column === undefined || column === null
      ? null
      : valueShares(table, column, rows, labels, nClusters);
  return {
    personas,
    profile,
    value:
      shares === null || column === undefined || column === null ? null : { ...shares, column },
  };
}
