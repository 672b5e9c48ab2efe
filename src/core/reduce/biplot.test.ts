import { describe, expect, it } from 'vitest';
import { biplotArrows, biplotSentences } from './biplot';

describe('a biplot', () => {
  const names = ['PURCHASES', 'visits', 'CASH_ADVANCE', 'age'];

  it('has the columns that lie in its plane, the longest first, by how far customers spread along each direction', () => {
    // Times √.64 and √.25: (.4, 0), (0, .4), (−.48, .1), (.08, .05).
    const arrows = biplotArrows(
      [
        [0.5, 0, -0.6, 0.1],
        [0, 0.8, 0.2, 0.1],
      ],
      [0.64, 0.25],
      names,
    );
    expect(arrows.map(({ name }) => name)).toEqual(['CASH_ADVANCE', 'PURCHASES', 'visits']);
    expect(arrows[1].x).toBeCloseTo(0.4, 12);
    expect(arrows[2].y).toBeCloseTo(0.4, 12);
  });

  it('has no second direction where there is one column', () => {
    expect(biplotArrows([[1]], [1], ['a'])).toEqual([{ name: 'a', x: 1, y: 0 }]);
    expect(biplotSentences([{ name: 'a', x: 1, y: 0 }], [1])).toEqual([]);
  });

  it('says what its angles mean, and how far to trust them', () => {
    const arrows = [
      { name: 'PURCHASES', x: 1, y: 0 },
      { name: 'visits', x: 0.9, y: 0.1 },
      { name: 'CASH_ADVANCE', x: 0, y: 0.8 },
      { name: 'age', x: -0.7, y: 0.1 },
    ];
    const said = biplotSentences(arrows, [0.3, 0.2]).map((text) => text.replaceAll('\u00a0', ' '));
    expect(said).toEqual([
      'Purchases and visits point the same way: customers with more of one have more of the other.',
      'Purchases and age point away from each other: customers with more of one have less of the other.',
      'Purchases and cash advances point across: one says hardly anything about the other.',
      'That is as far as these two directions tell, which keep 50 % of the variation.',
    ]);
  });

  it('is silent where arrows point neither the same way nor apart nor across', () => {
    const arrows = [
      { name: 'a', x: 1, y: 0 },
      { name: 'b', x: 1, y: 1 },
    ];
    expect(biplotSentences(arrows, [0.3, 0.2])).toEqual([]);
  });
});
