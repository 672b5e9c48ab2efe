import { describe, expect, it } from 'vitest';
import { selectionInWords, titleOfSelection } from './selection-in-words';
import { defaultRecipe } from '../recipe';
import type { Selection } from './selection';

const names = ['Quiet accounts', 'Big spenders'];
const words = (selection: Selection) => selectionInWords(selection, names);
const range = (from: number, to: number, isClosed = false): Selection => ({
  kind: 'range',
  column: 'BALANCE',
  from,
  to,
  isClosed,
});

describe('a selection in words', () => {
  it.for<[Selection, string]>([
    [{ kind: 'segment', segment: 1 }, 'Big spenders'],
    [{ kind: 'segment', segment: 7 }, 'a segment that is no longer there'],
    [range(2000, 3000, true), 'balance from 2,000 to 3,000'],
    [range(2000, 3000), 'balance from 2,000 to below 3,000'],
    [range(0, 0, true), 'balance of 0'],
    [range(-Infinity, 3000), 'balance below 3,000'],
    [range(-Infinity, 3000, true), 'balance up to 3,000'],
    [range(2000, Infinity), 'balance from 2,000'],
    [range(-Infinity, Infinity), 'balance of any value'],
    [{ kind: 'levels', column: 'plan', levels: ['a'] }, 'plan "a"'],
    [{ kind: 'levels', column: 'plan', levels: ['a', 'b'] }, 'plan "a" or "b"'],
    [
      { kind: 'levels', column: 'plan', levels: ['a', 'b', 'c', 'd'] },
      'plan one of "a", "b", "c" and 1 more',
    ],
    [{ kind: 'levels', column: 'plan', levels: [] }, 'plan of no value'],
    [
      { kind: 'missing', columns: ['MINIMUM_PAYMENTS', 'CREDIT_LIMIT'] },
      'minimum payments and credit limit missing',
    ],
    [{ kind: 'fate', fate: 'outlier' }, 'set aside as an outlier'],
    [
      { kind: 'recognised', segment: 0, as: 1 },
      'Quiet accounts whom the rules take for Big spenders, in the test',
    ],
    [
      { kind: 'recognised', segment: 0, as: 0 },
      'Quiet accounts whom the rules recognise, in the test',
    ],
    [
      {
        kind: 'rule',
        parts: [
          { from: { kind: 'number', column: 'CREDIT_LIMIT' }, over: 1000, upTo: 4500 },
          { from: { kind: 'level', column: 'plan', level: 'a' }, over: null, upTo: 0.5 },
        ],
      },
      'credit limit over 1,000 and up to 4,500 and plan is not a',
    ],
    [{ kind: 'rule', parts: [] }, 'all that segments were formed from'],
    [{ kind: 'ward', segment: 1, group: 2 }, 'Big spenders in Ward’s group C'],
    [{ kind: 'branch', nGroups: 4, group: 3 }, 'Ward’s group D of 4'],
    [{ kind: 'branch', nGroups: 30, group: 27 }, 'Ward’s group AB of 30'],
    [{ kind: 'branch', nGroups: 1, group: 0 }, 'all of Ward’s tree'],
    [
      { kind: 'silhouette', segment: 0, from: -1, to: 0 },
      'Quiet accounts who lie nearer to another segment',
    ],
    [
      { kind: 'silhouette', segment: 1, from: 0.104, to: 0.25 },
      'Big spenders with a silhouette from 0.1 to below 0.25',
    ],
    [
      { kind: 'silhouette', segment: 1, from: 0.5, to: 1 },
      'Big spenders with a silhouette from 0.5',
    ],
    [
      { kind: 'silhouette', segment: 1, from: -1, to: 0.25 },
      'Big spenders with a silhouette below 0.25',
    ],
    [{ kind: 'silhouette', segment: 1, from: -1, to: 1 }, 'Big spenders'],
    [
      {
        kind: 'all-of',
        parts: [
          { kind: 'segment', segment: 0 },
          {
            kind: 'elsewhere',
            recipe: defaultRecipe,
            segment: 2,
            name: '“Movers” of five segments',
          },
        ],
      },
      'Quiet accounts and in “Movers” of five segments',
    ],
    [{ kind: 'map', x: [0, 1], y: [0, 1] }, 'in the box on the map'],
    [
      { kind: 'map', projection: 'discriminant', x: [0, 1], y: [0, 1] },
      'in the box on the map of the discriminant axes',
    ],
    [
      { kind: 'mixture', covarianceType: 'full', segment: 1, group: 2, isBetween: false },
      'Big spenders in the mixture’s group C',
    ],
    [
      { kind: 'mixture', covarianceType: 'full', segment: 0, group: null, isBetween: true },
      'Quiet accounts between two groups of the mixture',
    ],
    [
      { kind: 'mixture', covarianceType: 'diag', segment: null, group: null, isBetween: true },
      'between two groups of the mixture',
    ],
    [{ kind: 'lasso', projection: 'pca', points: [] }, 'inside the line drawn on the map'],
    [
      { kind: 'lasso', projection: 'code', points: [] },
      'inside the line drawn on the map of the autoencoder’s code',
    ],
    [
      { kind: 'all-of', parts: [{ kind: 'segment', segment: 0 }, range(2000, 3000, true)] },
      'Quiet accounts and balance from 2,000 to 3,000',
    ],
    [{ kind: 'all-of', parts: [] }, 'all of them'],
  ])('%j: %s', ([selection, expected]) => {
    expect(words(selection)).toBe(expected);
  });

  it('has better words, where somebody has them, unless segments may have other names by now', () => {
    const own = (selection: Selection) =>
      titleOfSelection({ selection, ownTitle: 'own words' }, ['Savers']) === 'own words';
    const first: Selection = { kind: 'segment', segment: 0 };
    expect(titleOfSelection({ selection: first }, ['Savers'])).toBe('Savers');
    expect(own(range(0, 1))).toBe(true);
    expect(own({ kind: 'all-of', parts: [range(0, 1)] })).toBe(true);
    expect(own(first)).toBe(false);
    expect(own({ kind: 'recognised', segment: 0, as: 1 })).toBe(false);
    expect(own({ kind: 'ward', segment: 0, group: 1 })).toBe(false);
    expect(own({ kind: 'all-of', parts: [range(0, 1), first] })).toBe(false);
  });
});
