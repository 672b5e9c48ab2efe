import { findDuplicates } from '../clean/duplicates';
import { part, type Context } from '../context';
import { assignRoles, type RoleChoice } from '../table/roles';
import type { Table } from '../table/table';
import { correlations, type Correlations } from './correlations';
import { domainChecks, type DomainCheck } from './domain-checks';
import { findings, type Finding } from './findings';
import { missingPatterns, type MissingPatterns } from './missing-patterns';
import { redundantColumns, type Redundancy } from './redundant-columns';
import { summariseColumns, type ColumnSummary } from './summary';

/** What there is to see in the table as it was read, derived columns included, before anything is cleaned. */
export interface Exploration {
  readonly columns: readonly ColumnSummary[];
  /** Of the columns of numbers that are not left out. */
  readonly correlations: Correlations;
  readonly missing: MissingPatterns;
  readonly domain: readonly DomainCheck[];
  readonly redundant: readonly Redundancy[];
  readonly findings: readonly Finding[];
}

/** Parts of the work, for telling how much is done. */
const nParts = 6;

/** @param choices roles that the user set */
export async function explore(
  table: Table,
  choices: readonly RoleChoice[],
  ctx: Context,
): Promise<Exploration> {
  const nth = (index: number) => part(ctx, index / nParts, (index + 1) / nParts);
  const roles = assignRoles(table, choices, findDuplicates(table));
  const looked = roles
    .filter(({ role }) => role === 'cluster' || role === 'describe')
    .map(({ column }) => column);
  const columns = await summariseColumns(table, roles, nth(0));
  const related = await correlations(table, looked, nth(1));
  const missing = await missingPatterns(table, looked, nth(2));
  const domain = await domainChecks(table, nth(3));
  const redundant = await redundantColumns(table, related, nth(4));
  const inputs = {
    summaries: columns,
    correlations: related,
    missing,
    redundancies: redundant,
    domain,
  };
  return {
    columns,
    correlations: related,
    missing,
    domain,
    redundant,
    findings: await findings(table, inputs, nth(5)),
  };
}
