import { describe, expect, it } from 'vitest';
import { driftInWords, followedInWords } from './followed-words';

const followed = {
  nRows: 1200,
  nArrived: 20,
  counts: [700, 500],
  nUnlike: 0,
  nRowsFilled: 0,
  nSetAside: 0,
  bins: [[600, 600, 0], null],
  last: [],
  isPending: false,
  begunAnew: null,
} as const;
const inputs = [{ name: 'spend' }, { name: 'visits' }];
const reference = {
  bins: [],
  counts: [[300, 300, 0], null],
  sizes: [350, 250],
};

describe('a followed file in words', () => {
  it('is how many came', () => {
    expect(followedInWords(followed)).toEqual([
      '1,200 customers, 20 of them since it is followed.',
    ]);
    expect(followedInWords({ ...followed, nRows: 0, nArrived: 0 })).toEqual(['No row yet.']);
  });

  it('tells what is odd', () => {
    expect(
      followedInWords({
        ...followed,
        nUnlike: 60,
        nSetAside: 1,
        isPending: true,
        begunAnew: 'shorter',
      }),
    ).toEqual([
      'The file was cut off: counted anew from its start.',
      '1,200 customers, 20 of them since it is followed.',
      '60 are unlike those that the segments were made from (5\u00a0%; 1\u00a0% would be usual).',
      '1 row has more fields than the header and is left out.',
      'The last line is still being written.',
    ]);
  });

  it('tells drift by its numbers, and that there is none', () => {
    expect(driftInWords(followed, reference, inputs)).toBe(
      'No drift beyond the usual: stability index below 0.1, or within chance, in all columns; sizes of segments 0.00.',
    );
    // .5, .5 → .25, .75 is .27.
    expect(driftInWords({ ...followed, bins: [[300, 900, 0], null] }, reference, inputs)).toBe(
      'Drift (stability index; 0.1 is some, 0.25 much): sizes of segments 0.00 and spend 0.27.',
    );
  });

  it('says nothing of few rows, or without something to compare with', () => {
    expect(driftInWords({ ...followed, nRows: 99 }, reference, inputs)).toBe(
      'Drift is told from 100 customers on.',
    );
    expect(driftInWords(followed, null, inputs)).toBe('');
  });
});
