import type { RowsOfInput, ScoredFile } from '../../contract/scoring';
import { featureLabel } from '../../core/explain/feature-words';
import type { SegmentModel } from '../../core/model';
import { counted, formatCount, formatShare, listInWords } from '../../core/words';

/** So many names are listed, the others counted. */
const mostNames = 6;

/** What came of a scored file: its rows by segment, then whatever was not as it should be. Full sentences. */
export function scoredInWords(
  scored: Omit<ScoredFile, 'csv'>,
  model: Pick<SegmentModel, 'segments' | 'features'>,
): { readonly summary: string; readonly notes: readonly string[] } {
  const { counts, nRows, nRowsFilled, nUnlike, renamed } = scored;
  const parts = counts.map((count, c) => `${formatCount(count)} ${model.segments[c].name}`);
  const notes: string[] = [];
  const taken = renamed.map(({ wanted, found }) => `“${found}” as ${wanted}`);
  if (taken.length > 0) notes.push(`Taken by another name: ${listed(taken)}.`);
  if (nRowsFilled > 0) {
    const filled = scored.filled.map(
      ({ feature, nRows: n }) => `${featureLabel(model.features[feature])} (${formatCount(n)})`,
    );
    notes.push(`${counted(nRowsFilled, 'row')} had gaps that were filled: ${listed(filled)}.`);
  }
  if (nUnlike > 0) {
    notes.push(
      `${counted(nUnlike, 'row is', 'rows are')} unlike those that the segments were made from (${formatShare(nUnlike / nRows)}; 1${'\u00a0'}% would be usual).`,
    );
  }
  if (scored.unreadable.length > 0) {
    notes.push(`Cells that are no numbers, and count as missing: ${byColumn(scored.unreadable)}.`);
  }
  if (scored.otherLevels.length > 0) {
    notes.push(
      `Levels without a place of their own in the model: ${byColumn(scored.otherLevels)}. They count as “another”.`,
    );
  }
  if (scored.nShort > 0) {
    notes.push(
      `${counted(scored.nShort, 'row is', 'rows are')} shorter than the header; what is not there counts as missing.`,
    );
  }
  if (scored.nSetAside > 0) {
    const [{ line, nFields, nExpected }] = scored.setAside;
    notes.push(
      `${counted(scored.nSetAside, 'row has', 'rows have')} more fields than the header and ${scored.nSetAside === 1 ? 'is' : 'are'} not in the result; the first is line ${formatCount(line)} with ${formatCount(nFields)} fields, ${formatCount(nExpected)} expected.`,
    );
  }
  return { summary: `${counted(nRows, 'customer')}: ${listInWords(parts)}.`, notes };
}

function byColumn(columns: readonly RowsOfInput[]): string {
  return listed(columns.map(({ name, nRows }) => `${name} (${counted(nRows, 'row')})`));
}

function listed(items: readonly string[]): string {
  return listInWords(items.slice(0, mostNames), items.length);
}
