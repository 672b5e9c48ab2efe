import { describe, expect, it } from 'vitest';
import type { Flow } from './flow';
import { columnTitle, oneFewerSentence, oneMoreSentence, ordinalInWords } from './flow-words';
import { compareLabelings } from './matching';

/** @param crosstab customers by old segment (rows) and new one (columns) */
function flowOf(crosstab: number[][], before: string[], after: string[]): Flow {
  const a: number[] = [];
  const b: number[] = [];
  crosstab.forEach((row, old) =>
    row.forEach((count, next) => {
      for (let i = 0; i < count; i++) {
        a.push(old);
        b.push(next);
      }
    }),
  );
  const end = (labels: readonly number[]) => (name: string, c: number) => ({
    name,
    size: labels.filter((label) => label === c).length,
  });
  return {
    ...compareLabelings(Int32Array.from(a), before.length, Int32Array.from(b), after.length),
    before: before.map(end(a)),
    after: after.map(end(b)),
  };
}

describe('one segment more', () => {
  it('says how many customers it takes and from whom', () => {
    const flow = flowOf(
      [
        [900, 0, 95],
        [0, 300, 812],
      ],
      ['Quiet', 'Cash advances'],
      ['Quiet', 'Some cash', 'New'],
    );
    expect(oneMoreSentence(flow)).toBe(
      'A third segment would take 300 customers, all from “Cash advances”. 95 others (4.5\u00a0% of all) would change segment as well, all of them from “Quiet” to “New”.',
    );
  });

  it('says where most of the others go', () => {
    const flow = flowOf(
      [
        [900, 40, 0, 0],
        [5, 700, 0, 300],
        [0, 0, 210, 200],
      ],
      ['Quiet', 'Busy', 'Rich'],
      ['Quiet', 'Busy', 'Very rich', 'One-off'],
    );
    expect(oneMoreSentence(flow)).toBe(
      'A fourth segment would take 500 customers: 300 from “Busy” and 200 from “Rich”. 45 others (1.9\u00a0% of all) would change segment as well, 40 of them from “Quiet” to “Busy”.',
    );
  });

  it('sums up what is too little to be named, and says when nobody else moves', () => {
    const flow = flowOf(
      [
        [500, 0, 0, 0, 60],
        [0, 400, 0, 0, 30],
        [0, 0, 300, 0, 3],
        [0, 0, 0, 200, 2],
      ],
      ['A', 'B', 'C', 'D'],
      ['A', 'B', 'C', 'D', 'E'],
    );
    expect(oneMoreSentence(flow)).toBe(
      'A fifth segment would take 95 customers: 60 from “A”, 30 from “B” and 5 from other segments. Nobody else would change segment.',
    );
  });
});

describe('one segment less', () => {
  it('says which is given up and where its customers go, by the names of the page', () => {
    const flow = flowOf(
      [
        [500, 0],
        [0, 400],
        [70, 20],
      ],
      ['Quiet', 'Busy', 'Between'],
      ['Others', 'Far higher purchases'],
    );
    expect(oneFewerSentence(flow)).toBe(
      'With two segments, “Between” would be given up: its 90 customers would go: 70 to “Quiet” and 20 to “Busy”. Nobody else would change segment.',
    );
  });

  it('says so where all of them would go together', () => {
    const flow = flowOf([[50, 0], [0, 40], [9, 0]], ['A', 'B', 'C'], ['A', 'B']); // prettier-ignore
    expect(oneFewerSentence(flow)).toBe(
      'With two segments, “C” would be given up: its 9 customers would all go to “A”. Nobody else would change segment.',
    );
  });

  it('does not name one where more than one is without a successor', () => {
    const flow = flowOf([[10], [9], [8]], ['A', 'B', 'C'], ['All']);
    expect(oneFewerSentence(flow)).toBe('One segment would divide the customers anew.');
  });
});

describe('words', () => {
  it('count in order', () => {
    expect([1, 5, 10, 11, 12, 13, 20, 21, 22].map(ordinalInWords)).toEqual(
      'first,fifth,tenth,11th,12th,13th,20th,21st,22nd'.split(','),
    );
  });

  it('title a column', () => {
    expect([columnTitle(1), columnTitle(4)]).toEqual(['One segment', 'Four segments']);
  });
});
