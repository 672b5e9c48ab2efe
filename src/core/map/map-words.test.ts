import { describe, expect, it } from 'vitest';
import type { PairOnMap } from './map-trust';
import {
  directionsSentence,
  directionTitle,
  neighbourSentence,
  pairSentences,
  projectionSentence,
  silhouetteSentence,
  standingInFull,
  standingOf,
} from './map-words';

const names = ['Big spenders', 'Instalment payers', 'Quiet accounts'];
const pair = (picture: number, full: number, crowding = 0, a = 0, b = 1): PairOnMap => ({
  a,
  b,
  picture,
  full,
  crowding,
});
const said = (...pairs: PairOnMap[]) => pairSentences({ pairs, nFeatures: 17 }, names);

describe('what is said about pairs of segments on a map', () => {
  it('is that they look overlapping and are well apart, where both are true', () => {
    expect(said(pair(0.2, 0.004))).toEqual([
      'Big spenders and Instalment payers look overlapping here, but are well apart in all 17 columns.',
    ]);
  });

  it('is not that they are well apart where the middle is crowded, few as they may be', () => {
    expect(standingInFull(pair(0.2, 0.004, 0.5))).toBe('touching');
    expect(said(pair(0.2, 0.004, 0.5))).toEqual([
      'Big spenders and Instalment payers look overlapping here, but are only touching in all 17 columns.',
    ]);
  });

  it('warns of a map that flatters', () => {
    expect(said(pair(0, 0.1))).toEqual([
      'Big spenders and Instalment payers look well apart here, and yet are running into each other in all 17 columns.',
    ]);
    expect(said(pair(0.001, 0.05))).toEqual([
      'Big spenders and Instalment payers look well apart here, and yet are touching in all 17 columns.',
    ]);
  });

  it('is nothing where two numbers lie on both sides of an edge, but close together', () => {
    expect([standingOf(0.086), standingOf(0.078)]).toEqual(['overlapping', 'touching']);
    expect(said(pair(0.086, 0.078))).toEqual([
      'The map shows the two segments about as near to each other as they are in all 17 columns: touching.',
    ]);
    expect(said(pair(0.086, 0.078), pair(0, 0, 0, 0, 2))).toEqual([
      'Each of the 2 pairs of segments stands here about as it does in all 17 columns.',
    ]);
  });

  it('begins with the strongest difference, and ends after three', () => {
    const sentences = said(
      pair(0.05, 0.001, 0, 0, 1),
      pair(0.3, 0.001, 0, 0, 2),
      pair(0.06, 0.001, 0, 1, 2),
      pair(0.07, 0.001, 0, 2, 1),
    );
    expect(sentences).toHaveLength(4);
    expect(sentences[0]).toBe(
      'Big spenders and Quiet accounts look overlapping here, but are well apart in all 17 columns.',
    );
    expect(sentences[3]).toBe('One more pair looks other here than it is: see the table.');
    expect(said()).toEqual([]);
  });
});

describe('what is said about neighbours', () => {
  const of = (trustworthiness: number, continuity: number, nRows = 8950) =>
    neighbourSentence({
      neighbourhood: { trustworthiness, continuity, nNeighbours: 15, nRows },
      nRowsInAll: 8950,
    });

  it('has the numbers, and a band for each', () => {
    expect(of(0.844, 0.976)).toBe(
      'Many who lie close together here are not alike: trustworthiness 0.84. Who is alike lies close together: continuity 0.98 (1 is perfect, about 0.5 is chance; 15 neighbours).',
    );
    // 0.849 is shown as 0.85, and judged as that.
    expect(of(0.849, 0.9)).toContain('here is mostly alike: trustworthiness 0.85');
    expect(of(0.97, 0.6)).toContain('Who lies close together here is alike');
    expect(of(0.97, 0.6)).toContain('Many who are alike are torn apart: continuity 0.60');
    expect(of(0.55, 0.9)).toContain('need not be alike at all');
  });

  it('tells a sample, and that there are too few', () => {
    expect(of(0.9, 0.9, 5000)).toContain('judged by 5,000 of 8,950 customers, drawn at random');
    expect(neighbourSentence({ neighbourhood: null, nRowsInAll: 3 })).toContain(
      'too few customers',
    );
  });
});

describe('what is said about a projection', () => {
  it('names both spaces of a silhouette', () => {
    expect(silhouetteSentence({ picture: 0.381, full: 0.197 }, 17)).toBe(
      'Silhouette of the segments on this map 0.38, over all 17 columns 0.20: the map flatters them.',
    );
    expect(silhouetteSentence({ picture: 0.2, full: 0.5 }, 17)).toContain('more distinct than');
    expect(silhouetteSentence({ picture: 0.2, full: 0.2 }, 1)).toContain(
      'over the one column 0.20',
    );
    expect(silhouetteSentence(null, 17)).toBeNull();
  });

  it('says what the discriminant axes hold, and what they hold of fewer segments than they need', () => {
    const of = (nClusters: number) =>
      projectionSentence('discriminant', { kept: 0.42, discrimination: 0.83 }, nClusters);
    expect(of(4)).toContain('Of all that tells them apart, these two hold 83\u00a0%.');
    expect(of(3)).toContain('Three segments need no more than these two.');
    expect(of(2)).toContain('from left to right; what lies up or down says nothing');
    expect(of(1)).toContain('nothing to tell apart');
  });

  it('calls a direction by what goes along with it, if anything does', () => {
    expect(directionTitle('purchases', false, 0.8, 0)).toBe('More purchases');
    expect(directionTitle('Region: North', true, 0.8, 0)).toBe('More often Region: North');
    expect(directionTitle('purchases', false, 0.2, 1)).toBe('Second direction');
    expect(directionsSentence(['purchases', 'balance'], [0.951, 0.77])).toBe(
      'What goes along with the directions most: to the right purchases (correlation 0.95) and upwards balance (correlation 0.77).',
    );
  });
});
