import { describe, expect, it } from 'vitest';
import { defaultRecipe } from '../../core/recipe';
import type { Project } from '../../contract/project-schema';
import {
  projectFacts,
  sizesInWords,
  storageInWords,
  unreadableInWords,
  whenInWords,
} from './project-words';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 5).getTime();
const project: Project = {
  id: 'a',
  name: 'Shop',
  source: { name: 'shop.csv', key: 'k', isSample: false, nBytes: 902_879 },
  recipe: defaultRecipe,
  told: defaultRecipe,
  nSegments: 4,
  sizes: [3000, 20, 10, 1],
  keptRuns: [],
  savedAt: at(20, 9),
  revision: 1,
};

describe('words about projects', () => {
  it('say when, by the day of the calendar', () => {
    expect(whenInWords(at(20, 1), at(20, 23))).toBe('today, 01:05');
    expect(whenInWords(at(19, 23), at(20, 1))).toBe('yesterday, 23:05');
    expect(whenInWords(at(18, 23), at(20, 1))).toBe('18 November 2026');
  });

  it('say which file, how many segments and what is kept', () => {
    expect(projectFacts(project, false, at(20, 10))).toEqual([
      'shop.csv (903 kB)',
      'four segments',
      'today, 09:05',
      'settings kept, not the file',
    ]);
    expect(projectFacts(project, true, at(20, 10)).at(-1)).toBe('settings and file kept');
    const sample = { ...project, nSegments: null, source: { ...project.source, isSample: true } };
    expect(projectFacts(sample, false, at(20, 10)).slice(1)).toEqual([
      'today, 09:05',
      'settings kept',
    ]);
    expect(sizesInWords(project)).toBe('Segments of 3,000, 20, 10, 1 customers');
    expect(sizesInWords({ sizes: [] })).toBe('');
  });

  it('say what the store uses, and what it cannot show', () => {
    expect(storageInWords({ usage: 3.2e6, quota: 1e10 })).toContain('use 3.2 MB of the 10 GB');
    expect(unreadableInWords(0)).toBe('');
    expect(unreadableInWords(1)).toContain('One project was written by another version');
    expect(unreadableInWords(2)).toContain('2 projects were');
  });
});
