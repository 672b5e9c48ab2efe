import type { Context } from '../context';
import type { Table } from '../table/table';
import type { Correlations } from './correlations';
import type { DomainCheck } from './domain-checks';
import { columnFindings } from './finding-columns';
import { groupFindings } from './finding-groups';
import { pairFindings } from './finding-pairs';
import type { MissingPatterns } from './missing-patterns';
import type { Redundancy } from './redundant-columns';
import type { ColumnSummary } from './summary';

export type FindingKind =
  | 'concentration'
  | 'tail'
  | 'zeros'
  | 'one-value'
  | 'missing'
  | 'missing-reason'
  | 'domain'
  | 'redundant'
  | 'together'
  | 'curved'
  | 'opposite'
  | 'groups'
  | 'levels';

/** An observation in words, with its numbers, and the picture in which it can be seen. */
export interface Finding {
  readonly kind: FindingKind;
  readonly columns: readonly string[];
  readonly sentence: string;
  /** In [0, 1]: by what the rule of its kind measures. Comparable between kinds only roughly. */
  readonly strength: number;
  readonly view: { readonly column: string } | { readonly pair: readonly [string, string] };
}

/** What findings are made from, all of the same table. */
export interface FindingInputs {
  readonly summaries: readonly ColumnSummary[];
  readonly correlations: Correlations;
  readonly missing: MissingPatterns;
  readonly redundancies: readonly Redundancy[];
  readonly domain: readonly DomainCheck[];
}

export const mostFindings = 12;
/** A finding counts for less, the more of its kind and about its columns have been told. */
const sameKind = 0.75;
const sameColumn = 0.85;

/**
 * What is worth telling about a table, strongest first, with variety. Rules, by kind (each for at least 50 values, and for
 * columns that are not left out and name nobody):
 *
 * - `concentration`: skewness ≥ 1; the round number that about four of five do not exceed.
 * - `tail`: skewness ≥ 2 or ≤ −2.
 * - `zeros`: at least a quarter, in a column with more than two values. `one-value`: another value in at least 60 %.
 * - `missing`: at least a fifth of the rows. `missing-reason`: see `missingReasons`. `domain`: see `domainChecks`.
 * - `redundant`: see `redundantColumns`.
 * - `together`: |r| ≥ 0.5. `curved`: rank correlation ≥ 0.5 and larger than the other by 0.25. `opposite`: rank correlation
 *   ≤ −0.3. All five standard errors from 0, and none between a sum and its part.
 * - `groups`: words that explain at least a tenth of the variance of a number. `levels`: Cramér's V ≥ 0.3. Both far from
 *   what chance does.
 *
 * On columns that have nothing to do with each other and no odd shape nothing is said.
 */
export async function findings(
  table: Table,
  inputs: FindingInputs,
  ctx: Context,
  most = mostFindings,
): Promise<Finding[]> {
  const drafts = [
    ...columnFindings(table, inputs.summaries),
    ...toldElsewhere(inputs),
    ...(await pairFindings(table, inputs.correlations, inputs.redundancies, ctx)),
    ...(await groupFindings(table, inputs.summaries, ctx)),
  ];
  return chooseVaried(drafts, most);
}

/** What has its sentence already. */
function toldElsewhere({ missing, redundancies, domain }: FindingInputs): Finding[] {
  const told = new Set<string>();
  const reasons = missing.reasons.filter(({ column }) => !told.has(column) && told.add(column));
  return [
    ...reasons.map(({ column, other, sentence, strength }): Finding => {
      const pair = [column, other] as const;
      return {
        kind: 'missing-reason',
        columns: pair,
        sentence,
        strength: 0.5 + 0.4 * strength,
        view: { pair },
      };
    }),
    ...redundancies.map((redundancy): Finding => {
      const [columns, strength] = columnsOf(redundancy);
      const pair = [columns[0], columns[1]] as const;
      return {
        kind: 'redundant',
        columns,
        sentence: redundancy.sentence,
        strength,
        view: { pair },
      };
    }),
    ...domain.map((check): Finding => {
      const { column, sentence } = check;
      const strength = 0.65;
      if (check.kind !== 'exceeds') {
        return { kind: 'domain', columns: [column], sentence, strength, view: { column } };
      }
      const pair = [column, check.bound] as const;
      return { kind: 'domain', columns: pair, sentence, strength, view: { pair } };
    }),
  ];
}

function columnsOf(redundancy: Redundancy): [columns: readonly string[], strength: number] {
  switch (redundancy.kind) {
    case 'copy':
      return [[redundancy.original, redundancy.copy], 0.95];
    case 'sum':
      return [[redundancy.total, ...redundancy.parts], 0.9];
    case 'line':
      return [[redundancy.a, redundancy.b], 0.85];
  }
}

/** Takes the best one again and again, where repetition makes others worse. */
function chooseVaried(drafts: readonly Finding[], most: number): Finding[] {
  const left = [...drafts];
  const chosen: Finding[] = [];
  const kinds = new Map<FindingKind, number>();
  const columns = new Map<string, number>();
  const worth = ({ kind, strength, columns: ofFinding }: Finding) => {
    const nTold = ofFinding.reduce((sum, name) => sum + (columns.get(name) ?? 0), 0);
    return strength * sameKind ** (kinds.get(kind) ?? 0) * sameColumn ** nTold;
  };
  while (left.length > 0 && chosen.length < most) {
    let best = 0;
    left.forEach((draft, at) => {
      if (worth(draft) > worth(left[best])) best = at;
    });
    const [next] = left.splice(best, 1);
    chosen.push(next);
    kinds.set(next.kind, (kinds.get(next.kind) ?? 0) + 1);
    for (const name of next.columns) columns.set(name, (columns.get(name) ?? 0) + 1);
  }
  return chosen;
}
