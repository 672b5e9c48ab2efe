import type { Context } from '../../src/core/context';
import { fitScaler, transform } from '../../src/core/features/scale';
import { judgeTrust, type Trust } from '../../src/core/judge/trust';
import { trustDefaults } from '../../src/core/judge/trust-params';
import { sweep, sweepDefaults } from '../../src/core/learn/sweep';
import { quantiles } from '../../src/core/table/stats';
import { createSimdEngine } from '../../workers/engines/simd';
import { creditCardTable } from '../helpers/credit-card';
import { hasShared } from '../helpers/shared-data';
import {
  tablesWithGroups,
  tablesWithOneTail,
  tablesWithoutGroups,
  type KnownTable,
} from './tables';

const file = 'CC GENERAL.csv';

/** Columns, standardised, swept and judged with the settings of the page. */
export async function trustOf(columns: Float64Array[], ctx: Context): Promise<Trust> {
  const X = await transform(await fitScaler(columns, 'standard', ctx), columns, ctx);
  const loaded = ctx.engine.load(X);
  try {
    return await judgeTrust(X, await sweep(X, loaded, sweepDefaults, ctx), trustDefaults, ctx);
  } finally {
    loaded.dispose();
  }
}

/** The numbers of the published credit-card file, gaps filled with medians. */
export function creditCardColumns(): Float64Array[] {
  return creditCardTable().columns.flatMap((column) => {
    if (column.kind !== 'number') return [];
    const [middle] = quantiles(
      column.values.filter((value) => !Number.isNaN(value)),
      [0.5],
    );
    return [column.values.map((value) => (Number.isNaN(value) ? middle : value))];
  });
}

/** Judges tables of which the truth is known, and tells how often the verdict is right. */
export async function calibrate(count: number, say: (line: string) => void): Promise<void> {
  const engine = await createSimdEngine();
  const ctx: Context = {
    engine,
    progress: () => undefined,
    breathe: () => Promise.resolve(),
  };
  const known = hasShared(file) ? creditCardColumns() : undefined;
  await tell('without groups', tablesWithoutGroups(count, known));
  await tell('with 3 to 6 groups', tablesWithGroups(count));
  await tell('with a long tail that all columns share', tablesWithOneTail(Math.ceil(count / 2)));
  if (known !== undefined) {
    const { verdict, recommended, candidates } = await trustOf(known, ctx);
    const all = candidates.map(({ nClusters, verdict: own }) => `${nClusters} ${own}`);
    say(`${file}: ${verdict}, ${recommended} segments (${all.join(', ')})`);
  }

  async function tell(name: string, tables: readonly KnownTable[]): Promise<void> {
    const tally = new Map<string, number>();
    let nNatural = 0;
    let nRight = 0;
    for (const { kind, nGroups, columns } of tables) {
      const { verdict, recommended } = await trustOf(columns, ctx);
      const key = `${kind}: ${verdict}`;
      tally.set(key, (tally.get(key) ?? 0) + 1);
      if (verdict === 'natural') nNatural++;
      if (verdict === 'natural' && recommended === nGroups) nRight++;
    }
    const right = tables.some(({ nGroups }) => nGroups > 1) ? `, ${nRight} with the right k` : '';
    say(`${tables.length} tables ${name}: ${nNatural} called natural${right}`);
    for (const [key, times] of [...tally].sort()) say(`  ${key}: ${times}`);
  }
}
