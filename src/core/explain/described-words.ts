import { dateText } from '../table/table';
import { capitalise, columnLabel, counted, formatShare, formatValue, listInWords } from '../words';
import type { Described, DescribedCell, DescribedRow } from './described';

/** Differences smaller than this, in standard deviations, are not worth a sentence. */
const worthTelling = 0.2;
/** Nor those that customers drawn at random would show: so many standard errors. */
const beyondChance = 4;
const mostSentences = 5;

/** "age", "Region: North" */
export function describedLabel({ column, level }: DescribedRow): string {
  return level === null ? columnLabel(column) : `${columnLabel(column)}: ${level}`;
}

/** A mean as it reads: "42.1", "60 %", "2024-03-01". */
export function describedMean({ kind }: DescribedRow, mean: number | null): string {
  if (mean === null) return '–';
  switch (kind) {
    case 'number':
      return formatValue(mean);
    case 'level':
      return formatShare(mean);
    case 'date':
      return dateText(Math.round(mean / 86_400_000) * 86_400_000);
  }
}

function isTold({ effect, nKnown }: DescribedCell): boolean {
  return Math.abs(effect) >= worthTelling && Math.abs(effect) * Math.sqrt(nKnown) >= beyondChance;
}

/** What differs although it had no say: the strongest difference of each row, beyond what chance shows. */
export function describedSentences(
  { rows, nColumns, nTexts }: Described,
  names: readonly string[],
): string[] {
  if (nColumns === 0) {
    return ['Every column forms segments: there is none to compare them by from outside.'];
  }
  const told = rows.flatMap((row) => {
    const strongest = row.segments
      .map((cell, segment) => ({ cell, segment }))
      .filter(({ cell }) => isTold(cell))
      .sort((a, b) => Math.abs(b.cell.effect) - Math.abs(a.cell.effect))
      .at(0);
    return strongest === undefined ? [] : [{ row, ...strongest }];
  });
  const skipped =
    nTexts === 0 ? [] : [`${counted(nTexts, 'column')} of text ${nTexts === 1 ? 'is' : 'are'} not compared.`]; // prettier-ignore
  if (told.length === 0) {
    return rows.length === 0
      ? skipped
      : ['In the columns that did not form them, segments hardly differ.', ...skipped];
  }
  return [
    ...told.slice(0, mostSentences).map(({ row, cell, segment }) => {
      const average = row.kind === 'level' ? '' : ' on average';
      return `${capitalise(describedLabel(row))}: ${describedMean(row, cell.mean)}${average} of “${names[segment]}”, ${describedMean(row, row.overall)} of all.`;
    }),
    ...(told.length > mostSentences
      ? [`${counted(told.length - mostSentences, 'more difference')} of that kind: see the table.`]
      : []),
    ...skipped,
  ];
}

/** Columns of which the table shows only some levels; '' where it shows all. */
export function describedNote({ cut }: Described): string {
  if (cut.length === 0) return '';
  return `Of ${listInWords(cut.slice(0, 3).map(columnLabel), cut.length)} the most frequent levels alone are compared.`;
}
