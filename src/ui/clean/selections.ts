import type { Condition } from '../../core/explore/conditions';
import type { DomainFact } from '../../core/explore/domain-checks';
import type { MissingReason } from '../../core/explore/missing-reasons';
import type { Selection } from '../../core/select/selection';
import { dateText } from '../../core/table/table';
import { columnLabel, formatValue } from '../../core/words';

/** A selection; with a title where its own words would not say what is meant. */
export interface Named {
  readonly selection: Selection;
  readonly title?: string;
  /** What to click on, where there is more than one. */
  readonly words?: string;
}

function range(column: string, from: number, to: number, isClosed: boolean): Selection {
  return { kind: 'range', column, from, to, isClosed };
}

function below(column: string, value: number): Named {
  return { selection: range(column, -Infinity, value, false) };
}

/** A range begins at its first value: "above" is from the next number on. */
function above(column: string, value: number): Named {
  return {
    selection: range(column, nextAfter(value), Infinity, true),
    title: `${columnLabel(column)} above ${formatValue(value)}`,
  };
}

/** The smallest number above this one, finite. */
export function nextAfter(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const bits = new BigInt64Array(new Float64Array([value]).buffer);
  bits[0] += value > 0 ? 1n : -1n;
  return new Float64Array(bits.buffer)[0];
}

function before(column: string, date: number): Named {
  const title = `${columnLabel(column)} before ${day(date)}`;
  return { selection: range(column, -Infinity, date, false), title };
}

function from(column: string, date: number): Named {
  const title = `${columnLabel(column)} on ${day(date)} or later`;
  return { selection: range(column, date, Infinity, true), title };
}

function day(milliseconds: number): string {
  return dateText(milliseconds).slice(0, 10);
}

/** The rows without a value in a column that have what most of them have in common. */
export function selectionOfReason({ column, other, condition }: MissingReason): Named {
  if (condition.kind === 'missing') {
    return { selection: { kind: 'missing', columns: [column, other] } };
  }
  const { selection, title } = meets(condition, other);
  return {
    selection: { kind: 'all-of', parts: [{ kind: 'missing', columns: [column] }, selection] },
    title: title === undefined ? undefined : `${columnLabel(column)} missing and ${title}`,
  };
}

/** Reasons that do not say of B and A what another has said of A and B: that they are missing together. */
export function withoutMirrors(reasons: readonly MissingReason[]): MissingReason[] {
  return reasons.filter(
    ({ column, other, condition }, at) =>
      condition.kind !== 'missing' ||
      !reasons
        .slice(0, at)
        .some(
          (one) => one.condition.kind === 'missing' && one.column === other && one.other === column,
        ),
  );
}

function meets(condition: Exclude<Condition, { kind: 'missing' }>, column: string): Named {
  switch (condition.kind) {
    case 'equals':
      return { selection: range(column, condition.value, condition.value, true) };
    case 'at-most':
      return { selection: range(column, -Infinity, condition.value, true) };
    case 'above':
      return above(column, condition.value);
    case 'before':
      return before(column, condition.date);
    case 'from':
      return from(column, condition.date);
    case 'word':
      return { selection: { kind: 'levels', column, levels: [condition.word] } };
  }
}

/** The rows that a check speaks of: two selections where they lie at both ends. */
export function selectionsOfFact(fact: DomainFact): readonly Named[] {
  const { column } = fact;
  switch (fact.kind) {
    case 'negative':
      return [below(column, 0)];
    case 'outside': {
      const { nBelow, nAbove } = fact;
      const low = { ...below(column, fact.lower), words: 'show those below' };
      const high = { ...above(column, fact.upper), words: 'show those above' };
      if (nBelow > 0 && nAbove > 0) return [low, high];
      return [nBelow > 0 ? below(column, fact.lower) : above(column, fact.upper)];
    }
    case 'far-date':
      return [
        fact.side === 'early'
          ? before(column, fact.bulk[0])
          : {
              ...from(column, nextAfter(fact.bulk[1])),
              title: `${columnLabel(column)} after ${day(fact.bulk[1])}`,
            },
      ];
    case 'exceeds':
      return [{ selection: { kind: 'exceeds', column, bound: fact.bound } }];
  }
}
