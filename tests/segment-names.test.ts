import { beforeAll, describe, expect, it } from 'vitest';
import type { StepViews } from '../src/contract/views';
import { withEdit } from '../src/core/explain/edit-segment';
import { defaultRecipe, type Recipe } from '../src/core/recipe';
import { parseModel, writeModel } from '../src/deliver/model-file';
import { parseRecipe, writeRecipe } from '../src/deliver/recipe-file';
import { writeScorer } from '../src/deliver/scorers/targets';
import { createService } from '../workers/service';
import { quickRecipe, sampleText } from './helpers/pipeline';
import { evaluateAll, fileOf, labelledText, requestOf } from './helpers/service';

describe('a name that somebody gave', () => {
  const name = '=HYPERLINK("x") <b>';
  const source = fileOf(sampleText(300));
  const service = createService({});
  const at = (recipe: Recipe) => evaluateAll(service, source, recipe);
  let before: StepViews;
  let renamed: Recipe;
  let after: StepViews;
  beforeAll(async () => {
    before = (await at({ ...quickRecipe, cluster: { nClusters: 3 } })).views;
    const [segment] = before.profile.segments;
    const segments = withEdit(quickRecipe.segments, segment, {
      name,
      sentence: null,
      advice: 'Ask them.',
    });
    renamed = { ...quickRecipe, cluster: { nClusters: 3 }, segments };
    after = (await at(renamed)).views;
  }, 60_000);

  it('stands in profile, personas and model; the segments are the same', () => {
    expect(after.profile.segments.map((segment) => segment.name)).toEqual([
      name,
      ...before.profile.segments.slice(1).map((segment) => segment.name),
    ]);
    expect(after.profile.segments[0].generated?.name).toBe(before.profile.segments[0].name);
    expect(after.personas.profile.segments[0].advice).toBe('Ask them.');
    expect(after.model.segments[0].name).toBe(name);
    expect(after.cluster.labels).toEqual(before.cluster.labels);
  });

  it('goes into files: the model, programs, and labels, where no spreadsheet runs it', async () => {
    expect(parseModel(writeModel(after.model)).segments[0].name).toBe(name);
    const options = { table: 'customers', keys: [] };
    expect(writeScorer(after.model, 'sql-postgresql', options)).toContain(name);
    const csv = await labelledText(service, requestOf(source, renamed));
    expect(csv).toContain(`,"'=HYPERLINK(""x"") <b>",`);
    expect(csv).not.toContain(',"=HYPERLINK');
  });

  it('rests at another number of segments unless its segment is there, and comes back', async () => {
    const two = (await at({ ...renamed, cluster: { nClusters: 2 } })).views.profile;
    const stands = two.segments.some((segment) => segment.name === name);
    expect(two.resting).toHaveLength(stands ? 0 : 1);
    const one = (await at({ ...renamed, cluster: { nClusters: 1 } })).views.profile;
    expect(one.segments[0].name).not.toBe(name);
    expect(one.resting).toHaveLength(1);
    expect((await at(renamed)).views.profile).toEqual(after.profile);
  });

  it('is saved with the recipe', () => {
    const { trust } = defaultRecipe;
    const saved = { ...renamed, trust };
    expect(parseRecipe(writeRecipe('a.csv', saved)).recipe).toEqual(saved);
  });
});
