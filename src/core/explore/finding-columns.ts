import { quantiles } from '../table/stats';
import type { Table } from '../table/table';
import {
  concentrationSentence,
  missingShareSentence,
  oneValueSentence,
  tailSentence,
  zerosSentence,
} from './finding-sentences';
import type { Finding } from './findings';
import type { ColumnSummary, NumberSummary } from './summary';
import { columnNamed, finiteOf } from './values';

const fewestValues = 50;
/** Fewer different values are levels rather than a distribution with a tail. */
const fewestDistinct = 10;

/** What single columns show by themselves. */
export function columnFindings(table: Table, summaries: readonly ColumnSummary[]): Finding[] {
  return summaries.flatMap((summary) => {
    if (summary.role === 'id' || summary.role === 'ignore') return [];
    const gaps = missingShare(summary);
    if (summary.kind !== 'number' || summary.count < fewestValues) return gaps;
    return [
      ...gaps,
      ...concentration(table, summary),
      ...tail(summary),
      ...zeros(table, summary),
      ...oneValue(summary),
    ];
  });
}

function about(
  column: string,
  kind: Finding['kind'],
  sentence: string,
  strength: number,
): Finding[] {
  return [{ kind, columns: [column], sentence, strength, view: { column } }];
}

function missingShare({ name, count, missing }: ColumnSummary): Finding[] {
  const share = missing / (count + missing);
  if (!(share >= 0.2 && count + missing >= fewestValues)) return [];
  return about(name, 'missing', missingShareSentence(name, share), 0.3 + 0.5 * share);
}

function concentration(table: Table, summary: NumberSummary): Finding[] {
  const { name, statistics, distinct } = summary;
  const { skewnessCorrected: skewness, max, zeroShare } = statistics;
  if (!(skewness >= 1 && zeroShare < 0.5 && distinct.count > fewestDistinct)) return [];
  const found = roundBoundNear(valuesOf(table, name), 0.8);
  if (found === undefined) return [];
  const sentence = concentrationSentence(name, found.bound, found.share, max);
  return about(name, 'concentration', sentence, 0.4 + 0.3 * Math.min(1, skewness / 5));
}

const roundDigits = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/**
 * The round number that comes nearest to cutting off this share of the values.
 *
 * @param values finite, at least one
 * @returns undefined where none cuts off about that share
 */
export function roundBoundNear(values: Float64Array, share: number) {
  const [low, middle, high] = quantiles(values, [share - 0.1, share, share + 0.12]);
  if (!(middle > 0)) return undefined;
  const exponent = Math.floor(Math.log10(middle));
  const candidates = [-1, 0, 1]
    .flatMap((more) => roundDigits.map((digits) => Number(`${digits}e${exponent + more}`)))
    .filter((bound) => bound >= low && bound <= high);
  const cuts = candidates.map((bound) => {
    let count = 0;
    for (let i = 0; i < values.length; i++) if (values[i] <= bound) count++;
    return { bound, share: count / values.length };
  });
  return cuts
    .sort((a, b) => Math.abs(a.share - share) - Math.abs(b.share - share) || a.bound - b.bound)
    .at(0);
}

function tail({ name, statistics, distinct }: NumberSummary): Finding[] {
  const { skewnessCorrected: skewness, median, min, max } = statistics;
  const size = Math.abs(skewness);
  if (!(size >= 2 && distinct.count > fewestDistinct)) return [];
  const sentence = tailSentence(name, median, skewness > 0 ? max : min, skewness);
  return about(name, 'tail', sentence, 0.3 + 0.4 * (1 - 2 / size));
}

function zeros(table: Table, { name, statistics, distinct }: NumberSummary): Finding[] {
  const { zeroShare } = statistics;
  if (!(zeroShare >= 0.25 && zeroShare < 1 && distinct.count > 2)) return [];
  const [median] = quantiles(
    valuesOf(table, name).filter((value) => value !== 0),
    [0.5],
  );
  return about(name, 'zeros', zerosSentence(name, zeroShare, median), 0.3 + 0.4 * zeroShare);
}

function oneValue({ name, count, nInfinite, frequent, distinct }: NumberSummary): Finding[] {
  const commonest = frequent.at(0);
  if (commonest === undefined || commonest.value === 0 || distinct.count <= 2) return [];
  const share = commonest.count / (count - nInfinite);
  if (share < 0.6) return [];
  const sentence = oneValueSentence(name, commonest.value, share);
  return about(name, 'one-value', sentence, 0.25 + 0.3 * share);
}

function valuesOf(table: Table, name: string): Float64Array {
  const column = columnNamed(table, name);
  return column.kind === 'number' ? finiteOf(column.values) : new Float64Array();
}
