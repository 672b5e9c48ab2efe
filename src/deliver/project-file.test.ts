import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { runPipeline, sampleText } from '../../tests/helpers/pipeline';
import { evaluateAll, fileOf } from '../../tests/helpers/service';
import { scratch, spoilJson } from '../../tests/helpers/spoil';
import { createService } from '../../workers/service';
import { AppError } from '../core/errors';
import { storySteps } from '../core/plan';
import { createRandom } from '../core/random';
import { defaultRecipe, type Recipe } from '../core/recipe';
import { predict } from '../core/score';
import { readLink, writeLink } from './share-link';
import {
  maxProjectLength,
  maxRows,
  parseProject,
  unpackRows,
  writeProject,
  type ProjectContent,
} from './project-file';
import { writeResults } from './results';

const recipe: Recipe = {
  ...defaultRecipe,
  sweep: { kMax: 4, nInit: 2, seed: 42 },
  tree: { ...defaultRecipe.tree, maxDepth: 3 },
};
const csv = sampleText(120);
let content: ProjectContent;
let text: string;

beforeAll(async () => {
  const engine = { id: 'reference', detail: 'plain loops', reason: '', nWorkers: 1 } as const;
  const { views, computations, sourceKey } = await evaluateAll(
    createService({}),
    fileOf(csv),
    recipe,
    storySteps,
  );
  const source = { name: 'customers.csv', key: sourceKey, isSample: false, nBytes: csv.length };
  content = {
    app: '0.1.0',
    name: 'Spring',
    source,
    recipe,
    keptRuns: [
      {
        name: 'two',
        recipe,
        nClusters: 2,
        segments: { features: [{ column: 'BALANCE', level: null, means: [1, 2.5] }] },
      },
    ],
    model: views.model,
    results: writeResults({
      app: '0.1.0',
      source: { name: source.name, fingerprint: sourceKey },
      recipe,
      views,
      engine,
      computations,
    }),
    rows: null,
  };
  text = await (await writeProject(content)).text();
});

function refusal(spoilt: string): AppError {
  try {
    parseProject(spoilt);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('The project was taken.');
}

function changed(change: (project: Record<string, never>) => void): string {
  const copy = JSON.parse(text) as Record<string, never>;
  change(copy);
  return JSON.stringify(copy);
}

describe('a project file', () => {
  it('gives settings, model and kept runs back, every digit of them', () => {
    const { name, source, recipe, keptRuns, model } = content;
    expect(parseProject(text)).toEqual({ name, source, recipe, keptRuns, model, rows: null });
    expect((JSON.parse(text) as { results: object }).results).toMatchObject({
      format: 'tessera-results',
      dataSet: { nRows: 120 },
    });
  });

  it('is the same bytes for the same content', async () => {
    expect(await (await writeProject(content)).text()).toBe(text);
  });

  it('holds no row unless that was asked for', async () => {
    const [, first] = csv.split('\n');
    expect(text).not.toContain(first);
    const rows = new Blob([csv]);
    const withRows = await (await writeProject({ ...content, rows })).text();
    const parsed = parseProject(withRows);
    expect(parsed.rows?.nBytes).toBe(csv.length);
    expect(parsed.rows && (await (await unpackRows(parsed.rows)).text())).toBe(csv);
    // It can be read as JSON, and is the same but for them.
    const whole = JSON.parse(withRows) as Record<string, unknown>;
    expect({ ...whole, rows: null }).toEqual(JSON.parse(text));
  });

  it('takes files of any bytes, also where pieces of base64 join', async () => {
    const random = createRandom(3);
    for (const length of [0, 1, 2, 3, 24_575, 24_576, 24_577, 100_001]) {
      const bytes = Uint8Array.from({ length }, () => random.integer(256));
      const file = await writeProject({ ...content, rows: new Blob([bytes]) });
      const { rows } = parseProject(await file.text());
      const back = rows && (await unpackRows(rows));
      expect(back && new Uint8Array(await back.arrayBuffer())).toEqual(bytes);
    }
  });

  it('does not take a file that is larger than it may hold', async () => {
    const rows = { size: maxRows + 1 } as Blob;
    await expect(writeProject({ ...content, rows })).rejects.toThrow(/too large to be part/);
  });
});

describe('a project of version 1', () => {
  const golden = readFileSync('tests/fixtures/project-1.json', 'utf8');

  it('opens for ever, with its rows, and its model answers as it did', async () => {
    const project = parseProject(golden);
    expect(project).toMatchObject({
      name: 'Golden',
      source: { name: 'customers.csv', isSample: false },
      recipe: { cluster: { nClusters: 3 }, clean: { steps: [{}, {}, { rule: 'mean' }] } },
      keptRuns: [{ name: 'two', nClusters: 2 }],
    });
    const rows = project.rows && (await (await unpackRows(project.rows)).text());
    expect(rows?.split('\n')).toHaveLength(42);
    const { model } = project;
    if (model === null) throw new Error('There is a model in it.');
    const row = model.inputs.map((input) => (input.kind === 'number' ? input.median : null));
    expect(model.segments.map(({ size }) => size)).toEqual(sizesThen);
    expect(predict(model, row).segment).toBe(segmentThen);
  });

  it('gives the same segments when its rows are computed again', async () => {
    const { rows, recipe: kept, model } = parseProject(golden);
    const again = await runPipeline(rows ? await unpackRows(rows) : '', kept);
    expect(again.model.segments.map(({ size }) => size)).toEqual(
      model?.segments.map(({ size }) => size),
    );
  });
});

/** Of `project-1.json`, when it was written. */
const sizesThen = [26, 13, 1];
const segmentThen = 0;

describe('a file that is no project is refused', () => {
  it.for([
    ['nothing', ''],
    ['words', 'hello'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a model', '{"format":"tessera-model","version":3}'],
    ['version 0', '{"format":"tessera-project","version":0}'],
    ['version 0.5', '{"format":"tessera-project","version":0.5}'],
    ['version −1', '{"format":"tessera-project","version":-1}'],
    ['brackets without end', '['.repeat(100_000)],
  ] as const)('%s', ([, spoilt]) => {
    expect(refusal(spoilt).code).toBe('project-invalid');
  });

  it('one of a newer version by name', () => {
    const newer = refusal('{"format":"tessera-project","version":2,"wonder":[1]}');
    expect(newer).toMatchObject({ code: 'project-too-new', details: { version: 2, supported: 1 } });
  });

  it('one that is too large, before it is parsed', () => {
    const large = { length: maxProjectLength + 1 } as string;
    expect(refusal(large).message).toContain('larger than any project');
  });

  it.for([
    ['an unknown field', /surprise/, (p) => Object.assign(p, { surprise: 1 })],
    ['no recipe', /recipe/, (p) => Reflect.deleteProperty(p, 'recipe')],
    ['a recipe out of bounds', /recipe\.sweep\.kMax/, (p) => set(p, 'recipe.sweep.kMax', 1e9)],
    ['a kept run out of bounds', /keptRuns\.0\.recipe/, (p) => set(p, 'keptRuns.0.recipe', {})],
    ['a long name', /name/, (p) => set(p, 'name', 'x'.repeat(1e5))],
    ['newer results', /results\.version/, (p) => set(p, 'results.version', 99)],
    ['rows of a negative size', /rows/, (p) => set(p, 'rows', { nBytes: -1 })],
  ] as [string, RegExp, (p: Record<string, never>) => void][])('%s', ([, where, change]) => {
    const error = refusal(changed(change));
    expect(error.code).toBe('project-invalid');
    expect(error.message).toMatch(where);
  });

  it('one with a spoilt or a newer model, as the model is', () => {
    expect(refusal(changed((p) => set(p, 'model.scaling', 'no'))).code).toBe('model-invalid');
    expect(refusal(changed((p) => set(p, 'model.version', 99))).code).toBe('model-too-new');
  });

  it.for([
    ['no base64', '????'],
    ['no gzip', Buffer.from('hello').toString('base64')],
    ['fewer bytes than it says', gzipSync('abc').toString('base64')],
    ['a bomb', gzipSync(Buffer.alloc(2 ** 24)).toString('base64')],
  ] as const)('rows that are %s', async ([, packed]) => {
    const rows = { encoding: 'gzip+base64', nBytes: 1000, content: packed };
    const project = parseProject(changed((p) => set(p, 'rows', rows)));
    await expect(project.rows && unpackRows(project.rows)).rejects.toThrow(/damaged/);
  });
});

function set(root: object, path: string, value: unknown): void {
  const keys = path.split('.');
  let inner = root as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) inner = inner[key] as Record<string, unknown>;
  inner[keys[keys.length - 1]] = value;
}

/** A model has a test of its own, of as many (`model-file.test.ts`). */
describe('5,000 spoilt projects and 1,000 spoilt links', () => {
  it('are refused by name or valid, never a crash, none over a second', async () => {
    const prototypeKeys = Object.getOwnPropertyNames(Object.prototype).sort();
    const random = createRandom(77);
    const link = await writeLink({ recipe, model: content.model ?? undefined });
    // Nothing in the results is looked at: to spoil them would test nothing.
    const whole = await (await writeProject({ ...content, results: null })).text();
    const outcomes = { refused: 0, taken: 0, slowest: 0 };
    for (let i = 0; i < 6000; i++) {
      const isLink = i >= 5000;
      const spoilt = isLink
        ? scratch(link, random)
        : i % 2 === 0
          ? spoilJson(whole, random)
          : scratch(whole, random);
      const start = performance.now();
      try {
        if (isLink) {
          const taken = await readLink(spoilt);
          // What was taken can be passed on, and is the same then.
          const again = await readLink(await writeLink(taken.content));
          expect(again.content).toEqual(taken.content);
        } else {
          const { name, source, recipe, keptRuns, model } = parseProject(spoilt);
          const again = {
            ...content,
            name,
            source,
            recipe,
            keptRuns,
            model,
            results: null,
            rows: null,
          };
          const taken = parseProject(await (await writeProject(again)).text());
          expect(taken).toEqual({ name, source, recipe, keptRuns, model, rows: null });
        }
        outcomes.taken++;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        expect(error.code).toMatch(/^(project|model|link)-(invalid|too-new)$/);
        outcomes.refused++;
      }
      outcomes.slowest = Math.max(outcomes.slowest, performance.now() - start);
    }
    expect(outcomes.refused).toBeGreaterThan(3000);
    expect(outcomes.taken).toBeGreaterThan(100);
    expect(outcomes.slowest).toBeLessThan(1000);
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(prototypeKeys);
    expect('polluted' in {}).toBe(false);
  });
});
