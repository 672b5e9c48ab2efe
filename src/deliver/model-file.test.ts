import { beforeAll, describe, expect, it } from 'vitest';
import { quickRecipe, runPipeline, sampleText } from '../../tests/helpers/pipeline';
import { AppError } from '../core/errors';
import { predict, predictRows, type SegmentModel } from '../core/model';
import { createRandom, type Random } from '../core/random';
import { maxModelBytes, parseModel, writeModel } from './model-file';

let model: SegmentModel;
let text: string;
beforeAll(async () => {
  ({ model } = await runPipeline(sampleText(200), {
    ...quickRecipe,
    clean: { ...quickRecipe.clean, outlierAction: 'clip' },
    tree: { ...quickRecipe.tree, maxDepth: 4 },
  }));
  text = writeModel(model);
});

function refusal(content: string): AppError {
  try {
    parseModel(content);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('The model was taken.');
}

/** The model's JSON with one place changed. */
function changed(change: (model: Record<string, unknown> & SegmentModel) => void): string {
  const copy = JSON.parse(text) as Record<string, unknown> & SegmentModel;
  change(copy);
  return JSON.stringify(copy);
}

describe('a model file', () => {
  it('gives the very same model back, every digit of it', () => {
    expect(parseModel(text)).toEqual(model);
    expect(writeModel(parseModel(text))).toBe(text);
  });

  it('can be read by a person', () => {
    expect(text.split('\n').length).toBeGreaterThan(100);
    expect(text.endsWith('}\n')).toBe(true);
  });
});

describe('a model file of version 1', () => {
  /** What version 2 added is taken away. */
  const first = () =>
    changed((m) => {
      set(m, 'version', 1);
      for (const column of m.columns) Reflect.deleteProperty(column, 'step');
    });

  it('is read as one whose values are not rounded to a grid', () => {
    const columns = model.columns.map((column) => ({ ...column, step: 0 }));
    expect(parseModel(first())).toEqual({ ...model, columns });
  });

  it('is checked as strictly', () => {
    const spoil = (what: object) => JSON.stringify({ ...(JSON.parse(first()) as object), ...what });
    expect(refusal(spoil({ surprise: 1 })).message).toContain('surprise');
    for (const columns of [null, 1, {}, [], [null], [1], [{}], [[]]]) {
      expect(refusal(spoil({ columns })).message).toContain('columns');
    }
  });
});

describe('a file that is no model is refused', () => {
  it.for([
    ['nothing', ''],
    ['words', 'hello'],
    ['half a model', '{"format":"tessera-model","version":1'],
    ['a list', '[]'],
    ['null', 'null'],
    ['another format', '{"format":"other","version":1}'],
    ['a results file', '{"format":"tessera-results","version":1}'],
    ['brackets without end', '['.repeat(100_000)],
  ] as const)('%s', ([, content]) => {
    expect(refusal(content).code).toBe('model-invalid');
  });

  it('one of a newer version by name, whatever else is in it', () => {
    const newer = refusal('{"format":"tessera-model","version":3,"wonder":[1]}');
    expect(newer).toMatchObject({ code: 'model-too-new', details: { version: 3, supported: 2 } });
    expect(newer.message).toContain('Reload the page');
  });

  it('one that is too large, before it is parsed', () => {
    const large = ' '.repeat(maxModelBytes + 1);
    expect(refusal(large)).toMatchObject({ code: 'model-invalid' });
    expect(refusal(large).message).toContain('larger than any model');
  });

  it('one with an unknown field, or a name that is special to JavaScript', () => {
    expect(refusal(changed((m) => (m.surprise = 1))).message).toContain('surprise');
    expect(refusal(text.replace('{', '{"__proto__":{"polluted":1},')).code).toBe('model-invalid');
    expect(refusal(text.replace('{', '{"constructor":{},')).code).toBe('model-invalid');
  });

  it.for([
    ['a scale of 0', /columns\.0\.scale/, (m) => set(m, 'columns.0.scale', 0)],
    ['a step below 0', /columns\.0\.step/, (m) => set(m, 'columns.0.step', -1)],
    ['no step', /columns\.0\.step/, (m) => set(m, 'columns.0.step', undefined)],
    ['a centre that is null', /segments\.1\.center\.2/, (m) => set(m, 'segments.1.center.2', null)],
    ['a centre too short', /does not have 17 values/, (m) => set(m, 'segments.0.center', [1])],
    ['one component', /projection\.components/, (m) => set(m, 'projection.components', [[1]])],
    ['no segment', /segments/, (m) => set(m, 'segments', [])],
    ['two columns of one name', /same name/, (m) => set(m, 'columns.1.name', m.columns[0].name)],
    ['a share above 1', /treeAccuracy/, (m) => set(m, 'treeAccuracy', 1.5)],
    ['a tree that goes in a circle', /node 0 .* leads nowhere/, (m) => set(m, 'tree.left.0', 0)],
    ['a tree that leads back up', /node 1 .* leads nowhere/, (m) => set(m, 'tree.left.1', 0)],
    ['a tree that leads out', /node 0 .* leads nowhere/, (m) => set(m, 'tree.right.0', 10_000)],
    ['a tree that asks for no column', /leads nowhere/, (m) => set(m, 'tree.feature.0', 17)],
    ['a tree with a list too short', /same length/, (m) => set(m, 'tree.threshold', [1])],
    ['a tree of other segments', /same length/, (m) => set(m, 'tree.nClasses', 99)],
  ] as [string, RegExp, (m: SegmentModel) => void][])(
    'one with %s, saying where',
    ([, where, change]) => {
      const error = refusal(changed(change));
      expect(error.code).toBe('model-invalid');
      expect(error.message).toMatch(where);
    },
  );
});

function set(root: object, path: string, value: unknown): void {
  const keys = path.split('.');
  let inner = root as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) inner = inner[key] as Record<string, unknown>;
  inner[keys[keys.length - 1]] = value;
}

describe('2,000 spoilt models', () => {
  const values: unknown[] = [
    null,
    -1,
    0,
    1,
    0.5,
    1e308,
    -1e308,
    4294967296,
    '',
    'x',
    true,
    [],
    {},
    [[]],
    [1, 2],
    { __proto__: 1 },
  ];

  /** Some inner object or list, and one of its keys. */
  function somewhere(root: unknown, random: Random): [Record<string, unknown>, string] {
    let inner = root as Record<string, unknown>;
    for (;;) {
      const keys = Object.keys(inner);
      const key = keys[random.integer(keys.length)];
      const value = inner[key];
      const goesOn = value !== null && typeof value === 'object' && Object.keys(value).length > 0;
      if (!goesOn || random.uniform() < 0.25) return [inner, key];
      inner = value as Record<string, unknown>;
    }
  }

  function spoil(random: Random): string {
    const copy = JSON.parse(text) as unknown;
    for (let times = 1 + random.integer(3); times > 0; times--) {
      const [inner, key] = somewhere(copy, random);
      const what = random.integer(4);
      if (what === 0) Reflect.deleteProperty(inner, key);
      else if (what === 1) inner[key] = values[random.integer(values.length)];
      else if (what === 2 && typeof inner[key] === 'number') inner[key] = -inner[key] * 3;
      else inner[key] = [inner[key], inner[key]];
    }
    return JSON.stringify(copy);
  }

  /** Characters changed, cut or doubled. */
  function scratch(random: Random): string {
    const at = random.integer(text.length);
    switch (random.integer(3)) {
      case 0:
        return text.slice(0, at);
      case 1:
        return text.slice(0, at) + '{}[],:"0-e.n'[random.integer(12)] + text.slice(at + 1);
      default:
        return text.slice(0, at) + text.slice(at - random.integer(40));
    }
  }

  it('are refused by name or usable, never a crash', () => {
    const prototypeKeys = Object.getOwnPropertyNames(Object.prototype).sort();
    const random = createRandom(2024);
    const row = model.columns.map(({ median }) => median);
    const outcomes = { refused: 0, taken: 0 };
    for (let i = 0; i < 2000; i++) {
      const content = i % 2 === 0 ? spoil(random) : scratch(random);
      let taken: SegmentModel | undefined;
      try {
        taken = parseModel(content);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect((error as AppError).code).toMatch(/^model-(invalid|too-new)$/);
        outcomes.refused++;
      }
      if (taken === undefined) continue;
      // What was taken answers like a model: one by one and in bulk the same.
      const { segment } = predict(taken, row);
      expect(segment).toBeGreaterThanOrEqual(0);
      expect(segment).toBeLessThan(taken.segments.length);
      const columns = row.map((value) => Float64Array.of(value));
      expect(predictRows(taken, columns)[0]).toBe(segment);
      outcomes.taken++;
    }
    expect(outcomes.refused).toBeGreaterThan(1000);
    expect(outcomes.taken).toBeGreaterThan(20);
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(prototypeKeys);
  });
});
