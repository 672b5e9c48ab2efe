import { describe, expect, it } from 'vitest';
import { headline, segmentsInWords, storyLead, type StoryFacts } from './story';

const facts: StoryFacts = {
  nCustomers: 8950,
  where: 'over all 17 columns',
  nClusters: 4,
  nSegments: 4,
  chosenBy: 'knee',
  notes: [],
  knee: { nClusters: 4, bend: 'mild', sharpness: 1.7 },
  silhouette: 0.198,
  elsewhere: null,
  silhouettes: [
    { nClusters: 3, silhouette: 0.25 },
    { nClusters: 4, silhouette: 0.198 },
  ],
  nStarts: 10,
  nStartsAtBest: 10,
};

const tell = (more: Partial<StoryFacts> = {}) =>
  storyLead({ ...facts, ...more })
    .map(({ text }) => text)
    .join('');

describe('the lead of the story', () => {
  it('reads as whole sentences', () => {
    expect(tell()).toBe(
      'The split is not sharp: neighbours overlap (silhouette 0.20 of 1, over all 17 columns), so treat the borders ' +
        'as a matter of degree. Begun 10 times at random, the search ended in this same split each time. Each segment ' +
        'up to four makes customers in one segment more alike; after that the gain drops, but mildly. Three would ' +
        'lie further apart (silhouette 0.25), but tell less.',
    );
  });

  it('claims no more than the silhouette allows', () => {
    expect(tell({ silhouette: 0.25 })).toContain('not sharp');
    expect(tell({ silhouette: 0.26 })).toContain('distinct, but touch');
    expect(tell({ silhouette: 0.49 })).toContain('distinct, but touch');
    expect(tell({ silhouette: 0.5 })).toContain('clearly apart');
    expect(tell({ silhouette: -0.1 })).toContain('not sharp');
  });

  it('tells how often chance finds the same', () => {
    expect(tell({ nStartsAtBest: 7 })).toContain('this same split 7 times, otherwise in one');
    expect(tell({ nStartsAtBest: 1 })).toContain('this same split 1 time, otherwise in one');
    expect(tell({ nStartsAtBest: 0 })).toContain('None of 10 random starts found it unaided');
    expect(tell({ nStarts: 1, nStartsAtBest: 1 })).toContain('a single random start');
  });

  it('says why this number, and hedges where there is no bend', () => {
    const bend = (bend: 'clear' | 'none') =>
      tell({ knee: { nClusters: 4, bend, sharpness: bend === 'clear' ? 4 : 1.1 } });
    expect(bend('clear')).toContain('after that the gain clearly drops.');
    expect(bend('none')).toContain('four is a working choice, not a discovery.');
    expect(tell({ chosenBy: 'user' })).toContain('You chose four.');
    const limited = tell({ chosenBy: 'limits', notes: ['Four is what your limits leave.'] });
    expect(limited).toContain('each time. Four is what your limits leave. Three would lie');
    expect(tell({ chosenBy: 'silhouette', knee: null })).toContain('has the best silhouette');
  });

  it('names another number only where that one is better', () => {
    expect(tell({ silhouette: 0.3 })).not.toContain('By silhouette alone');
    expect(tell({ silhouettes: [] })).not.toContain('By silhouette alone');
    expect(tell({ silhouettes: [{ nClusters: 12, silhouette: 0.4 }] })).toContain('12 would');
  });

  it('says in which space a silhouette is, and what it is over the columns', () => {
    const elsewhere = { silhouette: 0.147, where: 'over all 17 columns' };
    expect(tell({ silhouette: 0.46, where: 'over 2 principal components', elsewhere })).toContain(
      'distinct, but touch (silhouette 0.46 of 1, over 2 principal components, but 0.15 over all 17 columns).',
    );
  });

  it('says that segments were merged, and no more about their number', () => {
    const told = tell({ nClusters: 5, nSegments: 4, chosenBy: 'user' });
    expect(told).toContain('You merged five segments into four.');
    expect(told).not.toContain('You chose');
    expect(told).not.toContain('By silhouette alone');
  });

  it('of one segment says that there is nothing to compare', () => {
    expect(tell({ nClusters: 1, silhouette: null })).toContain('choose at least two');
  });

  it('marks what a hurried reader should see', () => {
    expect(
      storyLead(facts)
        .filter(({ strong }) => strong)
        .map(({ text }) => text),
    ).toEqual(['not sharp', 'each time']);
  });
});

describe('the headline', () => {
  it('counts customers and segments', () => {
    expect(headline(8950)).toBe('8,950 customers fall into');
    expect(segmentsInWords(4)).toBe('four segments');
    expect(segmentsInWords(1)).toBe('one segment');
    expect(segmentsInWords(12)).toBe('12 segments');
  });
});
