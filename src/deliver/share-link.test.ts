import { beforeAll, describe, expect, it } from 'vitest';
import { quickRecipe, runPipeline, sampleText } from '../../tests/helpers/pipeline';
import { AppError } from '../core/errors';
import type { SegmentModel } from '../core/model';
import { defaultRecipe, type Recipe } from '../core/recipe';
import { createRandom } from '../core/random';
import { pack, toBase64Url } from './bytes-as-text';
import { maxLinkBytes, maxLinkLength, readLink, writeLink } from './share-link';

const recipe: Recipe = {
  ...defaultRecipe,
  read: { ...defaultRecipe.read, missing: ['n/a', '–'] },
  derive: { columns: [{ name: 'Auslastung (%)', formula: 'BALANCE / CREDIT_LIMIT' }] },
};
let model: SegmentModel;
beforeAll(async () => {
  ({ model } = await runPipeline(sampleText(500), quickRecipe));
});

async function refusal(fragment: string): Promise<AppError> {
  try {
    await readLink(fragment);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('The link was taken.');
}

/** A link with anything in it. */
async function linkOf(content: unknown): Promise<string> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return `link=1.${await toBase64Url(await pack(new Blob([text]), 'deflate-raw'))}`;
}

describe('a link', () => {
  it('carries settings to the letter, and is short', async () => {
    const fragment = await writeLink({ recipe, fingerprint: 'ab'.repeat(32) });
    const { content, text } = await readLink(fragment);
    expect(content).toEqual({ recipe, fingerprint: 'ab'.repeat(32) });
    expect(JSON.parse(text)).toEqual(content);
    expect(fragment).toMatch(/^link=1\.[\w-]+$/);
    expect(fragment.length).toBeLessThan(1500);
    expect(await writeLink({ recipe, fingerprint: 'ab'.repeat(32) })).toBe(fragment);
  });

  it('carries a model, every digit of it, alone or with settings', async () => {
    expect((await readLink(await writeLink({ model }))).content).toEqual({ model });
    const both = await writeLink({ recipe, model, fileName: 'shop.csv' });
    expect((await readLink(both)).content).toEqual({ recipe, model, fileName: 'shop.csv' });
    expect(both.length).toBeLessThan(maxLinkLength);
  });

  it('completes settings that an older page wrote', async () => {
    const older = { ...recipe, personas: undefined, trust: undefined };
    expect((await readLink(await linkOf({ recipe: older }))).content.recipe).toEqual(recipe);
  });

  it('that would be too long is not made', async () => {
    const random = createRandom(1);
    const kinds = Array.from({ length: 9000 }, () => {
      return { column: String(random.integer(2 ** 31)), kind: 'number' as const };
    });
    const long = writeLink({ recipe: { ...recipe, read: { ...recipe.read, kinds } } });
    await expect(long).rejects.toMatchObject({ code: 'link-invalid' });
    await expect(long).rejects.toThrow(/as a file/);
  });
});

describe('a hostile link is refused with one sentence:', () => {
  it.for([
    ['nothing', 'link='],
    ['no version', 'link=abc'],
    ['version 0', 'link=0.abc'],
    ['a version that is no number', 'link=x.abc'],
    ['no content', 'link=1.'],
    ['letters that are no base64', 'link=1.<script>'],
    ['base64 of the other kind', 'link=1.ab+/'],
    ['garbage', `link=1.${'Zm9v'.repeat(100)}`],
    ['half a byte', 'link=1.a'],
    ['another fragment', 'segments'],
  ] as const)('%s', async ([, fragment]) => {
    const error = await refusal(fragment);
    expect(error.code).toBe('link-invalid');
    expect(error.message).toMatch(/^This link cannot be used: .*\.$/);
  });

  it('one of a newer version, by name, whatever else is in it', async () => {
    const error = await refusal('link=2.whatever');
    expect(error).toMatchObject({ code: 'link-too-new', details: { version: 2, supported: 1 } });
    expect(error.message).toContain('Reload the page');
  });

  it('two megabytes of garbage, before anything is done with them', async () => {
    const start = performance.now();
    expect((await refusal(`link=1.${'A'.repeat(2 ** 21)}`)).message).toContain('longer than');
    expect(performance.now() - start).toBeLessThan(200);
  });

  it('a few bytes that unpack to fifty times what is allowed', async () => {
    const bomb = await linkOf(' '.repeat(25 * maxLinkBytes));
    expect(bomb.length).toBeLessThan(2 * maxLinkLength);
    // Within the length that is read, too.
    const small = await linkOf(' '.repeat(8 * maxLinkBytes));
    expect(small.length).toBeLessThan(maxLinkLength);
    expect((await refusal(small)).code).toBe('link-invalid');
  });

  it('cut off at any place', async () => {
    const fragment = await writeLink({ recipe });
    for (let length = 0; length < fragment.length; length += 7) {
      expect((await refusal(fragment.slice(0, length))).code).toBe('link-invalid');
    }
  });

  it.for([
    ['a list', []],
    ['null', null],
    ['nothing in it', {}],
    ['a name only', { fileName: 'a.csv' }],
    ['rows', { recipe, rows: [[1, 2]] }],
    ['keys of the prototype', `{"recipe":${JSON.stringify(recipe)},"__proto__":{"polluted":1}}`],
    ['a constructor', { recipe, constructor: { prototype: { polluted: 1 } } }],
    ['half a recipe', { recipe: { read: {} } }],
    ['a recipe that would take for ever', { recipe: { ...recipe, sweep: { kMax: 1e9 } } }],
    ['brackets without end', '['.repeat(1_000_000)],
    ['a model that is none', { recipe, model: { format: 'other' } }],
  ] as const)('%s', async ([, content]) => {
    expect((await refusal(await linkOf(content))).code).toMatch(/^(link|model)-invalid$/);
    expect('polluted' in {}).toBe(false);
  });

  it('a newer model in it, by name', async () => {
    const newer = { model: { format: 'tessera-model', version: 99 } };
    expect((await refusal(await linkOf(newer))).code).toBe('model-too-new');
  });
});
