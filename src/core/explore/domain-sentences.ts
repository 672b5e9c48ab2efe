import { dateText } from '../table/table';
import { counted, formatCount, formatValue } from '../words';
import { columnName } from './column-name';
import type { DomainFact } from './domain-checks';

/** Says what stands in the file, not what is wrong with it. */
export function domainSentence(fact: DomainFact): string {
  const name = columnName(fact.column);
  switch (fact.kind) {
    case 'negative':
      return `${name} is negative in ${counted(fact.count, 'row')} of ${formatCount(fact.nValues)}; the lowest value is ${formatValue(fact.extreme)}.`;
    case 'outside':
      return outsideInWords(fact, name);
    case 'far-date':
      return `${name} is far ${fact.side === 'late' ? 'later' : 'earlier'} than elsewhere in ${counted(fact.count, 'row')}, ${fact.count === 1 ? 'with' : fact.side === 'late' ? 'at the latest' : 'at the earliest'} ${day(fact.extreme)}; the others lie between ${day(fact.bulk[0])} and ${day(fact.bulk[1])}.`;
    case 'exceeds': {
      const how = fact.columnKind === 'date' ? 'is later than' : 'exceeds';
      return `${name} ${how} ${columnName(fact.bound)} in ${counted(fact.count, 'row')} of ${formatCount(fact.nPairs)}.`;
    }
  }
}

type Outside = Extract<DomainFact, { kind: 'outside' }>;

function outsideInWords({ lower, upper, nBelow, nAbove, min, max }: Outside, name: string): string {
  const above = `above ${formatValue(upper)} in ${counted(nAbove, 'row')}, at most ${formatValue(max)}`;
  const below = `below ${formatValue(lower)} in ${counted(nBelow, 'row')}, at least ${formatValue(min)}`;
  if (nBelow === 0) return `${name} is ${above}.`;
  if (nAbove === 0) return `${name} is ${below}.`;
  return `${name} is ${above}, and ${below}.`;
}

function day(milliseconds: number): string {
  return dateText(milliseconds).slice(0, 10);
}
