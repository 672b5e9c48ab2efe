import { describe, expect, it } from 'vitest';
import type { SegmentModel } from '../../core/model';
import { defaultRecipe, type Recipe } from '../../core/recipe';
import {
  arrivedInWords,
  contentInWords,
  lengthInWords,
  settingsInWords,
  typedInWords,
} from './share-words';

const chosen: Recipe = {
  ...defaultRecipe,
  read: { ...defaultRecipe.read, missing: ['n/a'] },
  derive: { columns: [{ name: 'r', formula: 'a / b' }] },
  cluster: { nClusters: 4 },
};
const model = { segments: [{}, {}], inputs: [{}], nCustomers: 8950 } as unknown as SegmentModel;

describe('words about what is shared', () => {
  it('say which settings were chosen', () => {
    expect(settingsInWords(defaultRecipe)).toBe('All settings, as every file begins with.');
    expect(settingsInWords(chosen)).toBe(
      'All settings; chosen were how the file is read, 1 computed column and four segments.',
    );
    const later = { ...chosen, wonder: 1 } as Recipe;
    expect(settingsInWords(later)).toContain('and other settings.');
  });

  it('name every part, and only what is there', () => {
    expect(contentInWords({ recipe: defaultRecipe })).toHaveLength(1);
    expect(contentInWords({ model, fingerprint: 'ab', fileName: 'a.csv' })).toEqual([
      'A model with two segments over 1 column, learned from 8,950 customers: their averages and ranges, the names of columns, levels and segments.',
      'A fingerprint of the file: it tells whether a file is that very one; what stands in it cannot be read from it.',
      'The name of the file: “a.csv”.',
    ]);
  });

  it('tell of what was typed', () => {
    expect(typedInWords(defaultRecipe)).toBe(
      'Settings name the columns that you chose something for. No row and no customer is in it.',
    );
    expect(typedInWords(chosen)).toContain('what is read as missing and formulas as you typed');
    const pinned = { ...chosen, cluster: { nClusters: 2, pinned: { features: [] } } };
    expect(typedInWords(pinned)).toContain('the averages of the segments whose numbers you pinned');
  });

  it('warn of long links', () => {
    expect(lengthInWords(812)).toBe('The link has 812 characters.');
    expect(lengthInWords(12_345)).toContain('cut links after 2,000');
  });

  it('head what has arrived', () => {
    expect(arrivedInWords('link', '', defaultRecipe, false)).toBe('Settings came with this link');
    expect(arrivedInWords('link', '', defaultRecipe, true)).toBe(
      'Settings and a model came with this link',
    );
    expect(arrivedInWords('link', '', null, true)).toBe('A model came with this link');
    expect(arrivedInWords('project', 'Shop', defaultRecipe, false)).toBe('“Shop”');
  });
});
