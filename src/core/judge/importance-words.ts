import { columnLabel, formatCount, listInWords } from '../words';
import type { Importance } from './permutation-importance';

export interface ColumnImportance {
  readonly column: string;
  /** Share of the tree's gain in Gini impurity. */
  readonly gain: number;
  readonly loss: Importance;
}

/** A loss of less than this cannot be felt, in shares of customers. */
const noticeable = 0.005;
/** A column that brings more of the gain is asked for often. */
const often = 0.05;

/** In points, with what it varies by: "32.6 ± 0.4". */
export function lossText({ mean, sd }: Importance): string {
  return `${points(mean)} ± ${(100 * sd).toFixed(1)}`;
}

function points(share: number): string {
  const text = (100 * share).toFixed(1);
  return text === '-0.0' ? '0.0' : text.replace('-', '−');
}

/** Which columns the tree could not do without, and which it asks for though others would tell as much. */
export function importanceFinding(columns: readonly ColumnImportance[], nRows: number): string {
  const sorted = [...columns].sort((a, b) => b.loss.mean - a.loss.mean);
  const felt = sorted.filter(({ loss }) => loss.mean >= noticeable && loss.mean > 2 * loss.sd);
  const tested = `on ${formatCount(nRows)} customers it had not seen`;
  if (felt.length === 0) {
    return `Without any single column the tree would be as good ${tested}: what one tells, others tell too.`;
  }
  const [first, ...others] = felt;
  const most = `Without ${columnLabel(first.column)} it would be right for ${points(first.loss.mean)} points fewer ${tested}`;
  const next =
    others.length === 0
      ? '; no other column is missed.'
      : `; next come ${listInWords(
          others
            .slice(0, 2)
            .map(({ column, loss }) => `${columnLabel(column)} (${points(loss.mean)})`),
          others.length,
        )}.`;
  const spare = sorted.filter(({ gain, loss }) => gain >= often && loss.mean < noticeable);
  const asked =
    spare.length === 0
      ? ''
      : ` It asks for ${listInWords(spare.slice(0, 3).map(({ column }) => columnLabel(column)))}, and would hardly miss ${spare.length === 1 ? 'it' : 'any one of them'}: other columns tell as much.`;
  return `${most}${next}${asked}`;
}
