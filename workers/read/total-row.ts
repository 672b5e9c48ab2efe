import type { Cells, NumberCells } from '../../src/core/table/cells';
import {
  countDecimalVotes,
  decimalVote,
  type DecimalVotes,
} from '../../src/core/table/decimal-mark';
import type { MissingRule } from '../../src/core/table/missing';
import { MissingTally } from '../../src/core/table/missing-tally';
import { rangeOf } from '../../src/core/table/missing-codes';
import { nameColumns } from '../../src/core/table/names';
import type { SetAsideRow } from '../../src/core/table/read-params';
import { quoted } from '../../src/core/words';
import { maxSetAside, textOfRow } from './set-aside';
import type { RawTable } from './text-reader';

const totalWord =
  /^(?:(?:grand |sub-?)?totals?|sum|summe|gesamt|somme|totaal|totale|suma|итого|всего|合计)(?!\p{L})/iu;

/** The first word of the last row, and its column, where that word says that the row is a total; else null. */
export function findTotal({ lastRow, lines }: RawTable): { label: string; column: number } | null {
  if (lines.length < 2) return null;
  const column = lastRow.findIndex((field) => field.trim() !== '');
  const label = lastRow[column]?.trim() ?? '';
  return totalWord.test(label) ? { label, column } : null;
}

/** The table without its last row, which is set aside as a total. */
export function setTotalAside(
  raw: RawTable,
  { label, column }: { readonly label: string; readonly column: number },
  missing: MissingRule,
): RawTable {
  const { lines, lastRow, layout, dialect, shortRows } = raw;
  const line = lines[lines.length - 1];
  const isShort = lastRow.length < raw.columns.length;
  const row: SetAsideRow = {
    line,
    column: nameColumns(layout.headers).names[column],
    reason: `The last row looks like a total: it begins with ${quoted(label)}.`,
    text: textOfRow(lastRow, dialect.separator, dialect.quote, dialect.escape),
  };
  if (isShort) shortRows.removeLast(line);
  const columnWithoutLast = (cells: Cells | NumberCells, j: number) => {
    const last = lastRow[j] ?? '';
    return 'values' in cells
      ? numbersWithoutLast(cells, last, missing)
      : cellsWithoutLast(cells, last);
  };
  return {
    ...raw,
    lines: lines.subarray(0, -1),
    columns: raw.columns.map(columnWithoutLast),
    recall: async (columns) => {
      const recalled = await raw.recall(columns);
      return recalled.map((cells, i) => cellsWithoutLast(cells, lastRow[columns[i]] ?? ''));
    },
    setAside: inOrder(raw.setAside, row),
    nSetAside: raw.nSetAside + 1,
  };
}

function inOrder(rows: readonly SetAsideRow[], row: SetAsideRow): SetAsideRow[] {
  return [...rows, row].sort((a, b) => a.line - b.line).slice(0, maxSetAside);
}

function cellsWithoutLast(cells: Cells, last: string): Cells {
  const length = cells.length - 1;
  return {
    length,
    at: (row) => cells.at(row),
    each: (visit) => cells.each((cell, row) => row < length && visit(cell, row)),
    votes: votesWithout(countDecimalVotes(cells), last),
  };
}

/** @param last the last cell as it stands in the file */
function numbersWithoutLast(cells: NumberCells, last: string, rule: MissingRule): NumberCells {
  const length = cells.length - 1;
  const values = cells.values.subarray(0, length);
  const isPlain = !Number.isNaN(cells.values[length]);
  const missing = new MissingTally();
  missing.addAll(cells.missing);
  if (!isPlain && rule.isMissing(last)) missing.add(rule.tokenOf(last), -1);
  return {
    length,
    values,
    nPlain: cells.nPlain - (isPlain ? 1 : 0),
    range: rangeOf(values),
    mark: cells.mark,
    nWithMark: cells.nWithMark - (isPlain && last.includes(cells.mark) ? 1 : 0),
    votes: votesWithout(cells.votes, last),
    missing,
    eachOther: (visit) => cells.eachOther((cell, row) => row < length && visit(cell, row)),
  };
}

function votesWithout(votes: DecimalVotes, cell: string): DecimalVotes {
  const vote = decimalVote(cell);
  return vote === 'none' ? votes : { ...votes, [vote]: votes[vote] - 1 };
}
