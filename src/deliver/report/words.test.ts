import { beforeAll, describe, expect, it } from 'vitest';
import type { StepViews } from '../../contract/views';
import type { Recipe } from '../../core/recipe';
import { quickRecipe } from '../../../tests/helpers/pipeline';
import { evaluateAll, fileOf } from '../../../tests/helpers/service';
import { createService } from '../../../workers/service';
import {
  cleaningSentences,
  clusteringSentences,
  derivedSentences,
  limitSentences,
  readingSentences,
  roleSentences,
  transformSentences,
  treeSentences,
} from './words';

const source = { name: 'shop;2026.csv', fingerprint: 'sha' };
const recipe: Recipe = {
  ...quickRecipe,
  derive: { columns: [{ name: 'each', formula: 'spend / visits' }] },
  scale: { scaling: 'robust', powers: [{ column: 'spend', power: 'log1p' }] },
};

/** 60 customers in two groups, one row too long, one value missing, a category, a name and an identifier. */
function shopCsv(): string {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const isLarge = i % 2 === 0;
    const spend = isLarge ? 900 + 13 * i : 20 + i;
    return [`C${i}`, i === 7 ? '' : `${spend},5`, 1 + (i % 9), isLarge ? 'North' : 'South'].join(
      ';',
    );
  });
  return ['id;spend;visits;region', ...rows, 'C60;1,0;2;North;too;much'].join('\n');
}

describe('the method in words', () => {
  let story: StepViews;
  beforeAll(async () => {
    story = (await evaluateAll(createService({}), fileOf(shopCsv()), recipe)).views;
  }, 60_000);
  const told = () => ({ source, recipe, story });

  it('says how the file was read, and accounts for every row', () => {
    const [reading, fingerprint] = readingSentences(told());
    expect(reading).toMatch(
      /^Read from "shop;2026\.csv" \([\d,]+ bytes\): UTF-8, separated by semicolons, decimal comma; of 61 rows in the file 60 are in the table; 1 did not fit it and was set aside\.$/,
    );
    expect(fingerprint).toBe('Fingerprint of the file: sha.');
  });

  it('says what was computed and which columns form segments', () => {
    expect(derivedSentences(story)).toEqual([
      'Computed: each = spend / visits (1 row without a value).',
    ]);
    expect(roleSentences(story)).toContain('Names of customers, not used: id.');
  });

  it('has a sentence for each step of the cleaning, and what is left', () => {
    const sentences = cleaningSentences(told());
    expect(sentences).toHaveLength(recipe.clean.steps.length + 1);
    expect(sentences.at(-1)).toContain('missing value');
  });

  it('names what evened out columns and how they were scaled', () => {
    const sentences = transformSentences(told());
    expect(sentences).toContain(
      'Skewed columns were evened out first: spend (logarithm, log(1 + x)).',
    );
    expect(sentences).toContain('Each column is scaled to median 0 and quartile range 1.');
  });

  it('says how many segments were tried, and how the tree was tested', () => {
    expect(clusteringSentences(told())[0]).toMatch(
      /^K-Means \(k-means\+\+, 2 starts for each number, seed 42\) was tried with 1 to 4 segments; \d/,
    );
    expect(clusteringSentences(told())[1]).toContain('Segments are numbered by size.');
    expect(treeSentences(told())[0]).toMatch(/at most 12 deep and at least 5 customers in a leaf/);
  });

  it('warns of what the verdict forbids to conclude', () => {
    const said = (verdict: string | undefined, trust: StepViews['trust'] | null) =>
      limitSentences({ story, trust, verdict }).join(' ');
    expect(said('constructed', story.trust)).toContain('not groups that exist by themselves');
    expect(said('natural', story.trust)).not.toContain('not groups that exist by themselves');
    expect(said(undefined, null)).toContain('had not been tried');
    expect(said('natural', story.trust)).toContain('filled in');
  });
});
