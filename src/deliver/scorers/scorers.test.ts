import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cleaning } from '../../../tests/helpers/cleaning';
import { formulasOf } from '../../../tests/helpers/formulas';
import { quickRecipe, runPipeline, sampleText } from '../../../tests/helpers/pipeline';
import {
  hasPostgres,
  hasPython,
  loadOnnxRuntime,
  pythonWith,
  runNode,
  runPostgres,
  runPython,
} from '../../../tests/helpers/runtimes';
import { formulaText } from '../../core/derive/print';
import type { ModelFeature, SegmentModel } from '../../core/model';
import { createRandom } from '../../core/random';
import type { Recipe } from '../../core/recipe';
import { reduceDefaults } from '../../core/reduce/reduce-params';
import { predict, predictRows, type CustomerValues, type ScoreColumn } from '../../core/score';
import { writeJavaScript } from './javascript';
import { writeOnnx } from './onnx';
import { writePython } from './python';
import { scorePlan } from './score-plan';
import { writeSklearn } from './sklearn';
import { writeSpreadsheet } from './spreadsheet';
import { writeSql } from './sql';
import { dialectOf } from './sql-dialect';
import { writeScorer } from './targets';

/** Several processes are started, and one database server. */
const timeout = 120_000;

/** A model and customers for it, in the order of its inputs. */
interface Case {
  readonly model: SegmentModel;
  readonly rows: readonly CustomerValues[];
}

/** Missing, unseen, exact and far-off values among plain ones. */
function customers({ inputs }: SegmentModel, seed: number, nRows: number): CustomerValues[] {
  const random = createRandom(seed);
  return Array.from({ length: nRows }, () =>
    inputs.map((input) => {
      if (random.uniform() < 0.1) return null;
      if (input.kind === 'category') {
        const levels = [...input.levels, 'never seen', ' padded ', 'NORTH', "it's \\'"];
        return levels[random.integer(levels.length)];
      }
      const odd = [0, -1, input.min, input.max, input.median, 1e6, -1e6, 1e300, 1e-300];
      if (random.uniform() < 0.1) return odd[random.integer(odd.length)];
      const spread = input.q3 - input.q1 || 1;
      const value = input.median + spread * random.normal();
      return random.uniform() < 0.3 ? Math.round(value) : value;
    }),
  );
}

function inBulk(model: SegmentModel, rows: readonly CustomerValues[]): number[] {
  const columns = model.inputs.map(({ kind }, at): ScoreColumn => {
    const cells = rows.map((row) => row[at]);
    if (kind === 'number') {
      return {
        kind,
        values: Float64Array.from(cells, (cell) => (cell === null ? NaN : Number(cell))),
      };
    }
    const levels = [...new Set(cells.flatMap((cell) => (typeof cell === 'string' ? [cell] : [])))];
    const codes = new Map(levels.map((level, code) => [level, code]));
    return { kind, levels, codes: Int32Array.from(cells, (cell) => codes.get(String(cell)) ?? -1) };
  });
  return Array.from(predictRows(model, columns, rows.length).labels, (label) => label + 1);
}

const extra = 'an "extra" column';

/** By column name, turned round, with one column more, and with null left out now and then. */
function asObjects({ model, rows }: Case): string {
  return JSON.stringify(
    rows.map((row, i) => {
      const cells = model.inputs.map(({ name }, at) => [name, row[at]] as const);
      const kept = cells.filter(([, cell]) => cell !== null || i % 2 === 0).reverse();
      return [[extra, i], ...kept];
    }),
  );
}

function inNode(one: Case): number[] {
  const script = `
    import { readFileSync } from 'node:fs';
    import { segmentOf } from './scorer.mjs';
    const rows = JSON.parse(readFileSync('rows.json', 'utf8'));
    console.log(JSON.stringify(rows.map((cells) => segmentOf(Object.fromEntries(cells)))));`;
  return JSON.parse(
    runNode(script, writeJavaScript(scorePlan(one.model)), { 'rows.json': asObjects(one) }),
  ) as number[];
}

function inPython(one: Case): number[] {
  const script = `
import json
from scorer import segment_of
print(json.dumps([segment_of(dict(cells)) for cells in json.load(open("rows.json", encoding="utf-8"))]))`;
  const files = { 'scorer.py': writePython(scorePlan(one.model)), 'rows.json': asObjects(one) };
  return JSON.parse(runPython(script, files)) as number[];
}

/** As a list of dicts; as a DataFrame too, where pandas is. A clone is as good, and fitting changes nothing. */
function inSklearn(one: Case, python: string): number[] {
  const script = `
import json
import numpy as np
from sklearn.base import clone
from sklearn.pipeline import Pipeline
from scorer import pipeline
assert isinstance(pipeline, Pipeline)
rows = [dict(cells) for cells in json.load(open("rows.json", encoding="utf-8"))]
found = pipeline.predict(rows)
assert (clone(pipeline).fit(rows).predict(rows) == found).all()
scores = pipeline.decision_function(rows)
assert (scores[np.arange(len(rows)), found - 1] == scores.max(axis=1)).all()
try:
    import pandas
except ImportError:
    pass
else:
    assert (pipeline.predict(pandas.DataFrame(rows)) == found).all()
print(json.dumps(found.tolist()))`;
  const files = { 'scorer.py': writeSklearn(scorePlan(one.model)), 'rows.json': asObjects(one) };
  return JSON.parse(runPython(script, files, '', [], python)) as number[];
}

const sklearnPython = pythonWith('sklearn');

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

function inSqlite({ model, rows }: Case): number[] {
  const script = `
import json, sqlite3
from pathlib import Path
db = sqlite3.connect(":memory:")
db.execute(Path("create.sql").read_bytes().decode())
rows = json.load(open("rows.json", encoding="utf-8"))
db.executemany("INSERT INTO customers VALUES (" + ",".join("?" * len(rows[0])) + ")", rows)
found = dict(row[:2] for row in db.execute(Path("score.sql").read_bytes().decode()))
assert db.execute("SELECT COUNT(*) FROM customers").fetchone()[0] == len(rows)
print(json.dumps([found[i] for i in range(len(rows))]))`;
  // Turned round, and the key last.
  const columns = model.inputs.map(
    ({ name, kind }) => `${quote(name)} ${kind === 'number' ? 'REAL' : 'TEXT COLLATE NOCASE'}`,
  );
  const create = `CREATE TABLE customers (${[...columns].reverse().join(', ')}, ${quote(extra)} INTEGER)`;
  return JSON.parse(
    runPython(script, {
      'create.sql': create,
      'rows.json': JSON.stringify(rows.map((row, i) => [...[...row].reverse(), i])),
      'score.sql': writeSql(scorePlan(model), {
        dialect: 'sqlite',
        table: 'customers',
        keys: [extra],
      }),
    }),
  ) as number[];
}

/** Columns turned round, with one more that nobody asks for left out: the runtime refuses what a model does not name. */
async function inOnnx({
  model,
  rows,
}: Case): Promise<{ labels: number[]; names: string[] } | null> {
  const runtime = await loadOnnxRuntime();
  if (runtime === null) return null;
  const session = await runtime.InferenceSession.create(writeOnnx(scorePlan(model)));
  // Names are data: `__proto__` is one of them.
  const feeds = Object.create(null) as Record<string, InstanceType<typeof runtime.Tensor>>;
  for (const [at, { name, kind }] of [...model.inputs.entries()].reverse()) {
    const cells = rows.map((row) => row[at]);
    feeds[name] =
      kind === 'number'
        ? new runtime.Tensor(
            'float64',
            Float64Array.from(cells, (cell) => (cell === null ? NaN : Number(cell))),
            [rows.length, 1],
          )
        : new runtime.Tensor(
            'string',
            cells.map((cell) => (cell === null ? '' : String(cell))),
            [rows.length, 1],
          );
  }
  const found = await session.run(feeds);
  const [label, name] = session.outputNames;
  const labels = Array.from(found[label].data as BigInt64Array, Number);
  const names = Array.from(found[name].data as string[]);
  await session.release();
  return { labels, names };
}

const copyText = (cell: CustomerValues[number]) =>
  cell === null
    ? '\\N'
    : String(cell)
        .replaceAll('\\', '\\\\')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r')
        .replaceAll('\t', '\\t');

/** One server for all. */
function inPostgres(
  cases: readonly (Case & { readonly dialect: 'ansi' | 'postgresql' })[],
): number[][] {
  const statements = cases.map(({ model, rows, dialect }, n) => {
    const columns = model.inputs.map(
      ({ name, kind }) => `${quote(name)} ${kind === 'number' ? 'double precision' : 'text'}`,
    );
    const lines = rows.map((row, i) => [...row.map(copyText), i].join('\t'));
    return [
      `CREATE TABLE customers_${n} (${columns.join(', ')}, ${quote(extra)} integer);`,
      `COPY customers_${n} FROM stdin;`,
      ...lines,
      '\\.',
      `CREATE TABLE found_${n} AS ${writeSql(scorePlan(model), { dialect, table: `public.customers_${n}`, keys: [extra] })};`,
      `SELECT '[' || string_agg(segment::text, ',' ORDER BY ${quote(extra)}) || ']' FROM found_${n};`,
    ].join('\n');
  });
  return runPostgres(statements.join('\n'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as number[]);
}

/** What stands between commas that are in no parentheses and no text. */
function partsOf(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let isText = false;
  for (const character of text) {
    if (character === '"') isText = !isText;
    if (!isText) depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (character === ',' && depth === 0 && !isText) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** LET as constants of JavaScript; cells, comparisons and texts as it writes them; errors are NaN. */
function inFormula({ model, rows }: Case): number[] {
  const formula = writeSpreadsheet(scorePlan(model)).trim().split('\t').at(-1) ?? '';
  const parts = partsOf(formula.slice('=LET('.length, -1)).map((part) =>
    part.replace(/"(?:[^"]|"")*"|<>|<=|>=|=|&|\b[A-Z]+2\b/g, (token) => {
      if (token.startsWith('"')) return JSON.stringify(token.slice(1, -1).replaceAll('""', '"'));
      if (token === '&') return '+';
      if (token === '=') return '===';
      if (token === '<>') return '!==';
      return token.endsWith('2') ? `cell("${token}")` : token;
    }),
  );
  const lets = [];
  for (let i = 0; i + 1 < parts.length; i += 2) lets.push(`const ${parts[i]} = ${parts[i + 1]};`);
  const scorer = `
    const { abs: ABS, log: LN, max: MAX, min: MIN, pow: POWER, sqrt: SQRT } = Math;
    const IF = (a, b, c) => (a ? b : c);
    const AND = (...all) => all.every(Boolean);
    const OR = (...all) => all.some(Boolean);
    const ISNUMBER = (x) => typeof x === 'number';
    const IFERROR = (x, y) => (Number.isFinite(x) ? x : y);
    const ROUND = (x) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5);
    const TRIM = (x) => x.trim();
    const CONCATENATE = String;
    const EXACT = (a, b) => a === b;
    const UNICHAR = (code) => String.fromCodePoint(code);
    export function segmentOf(cell) {
      ${lets.join('\n')}
      return ${parts.at(-1)};
    }`;
  const script = `
    import { readFileSync } from 'node:fs';
    import { segmentOf } from './scorer.mjs';
    const rows = JSON.parse(readFileSync('rows.json', 'utf8'));
    const cell = (row) => (name) => row[name.length === 2 ? name.charCodeAt(0) - 65 : 26 + name.charCodeAt(1) - 65] ?? '';
    console.log(JSON.stringify(rows.map((row) => segmentOf(cell(row)))));`;
  const found = JSON.parse(
    runNode(script, scorer, { 'rows.json': JSON.stringify(rows) }),
  ) as string[];
  const names = model.segments.map(({ name }) => name);
  return found.map((name) => names.indexOf(name) + 1);
}

const nasty = [
  `"; DROP TABLE customers; --`,
  `'; DROP TABLE customers; --`,
  `""" + __import__("os").abort() + """`,
  '`${process.abort()}`',
  'two\nlines\r\n-- and three',
  '*/ back\\slash \\',
  '__proto__',
  '</script><!--\u2028\u202e',
  '=1+1',
  'Größe 😀',
  '$1 %s {0}',
];

function feature(from: ModelFeature['from'], more: Partial<ModelFeature> = {}): ModelFeature {
  const plain = { fill: 1, clip: null, center: 1, scale: 2, step: 2 ** -40 } as const;
  return {
    name: JSON.stringify(from),
    from,
    power: { kind: 'none', lambda: 1 },
    ...plain,
    ...more,
  };
}

function modelOf(
  inputs: SegmentModel['inputs'],
  derived: SegmentModel['derived'],
  features: readonly ModelFeature[],
  centers: readonly (readonly number[])[],
  names = (c: number) => `Segment ${c + 1}`,
): SegmentModel {
  return {
    format: 'tessera-model',
    version: 4,
    nCustomers: 4,
    scaling: 'standard',
    inputs,
    derived,
    features,
    projection: {
      components: [features.map(() => 0), features.map(() => 0)],
      explainedVarianceRatio: [0, 0],
    },
    space: null,
    centers: centers.map((at, segment) => ({ segment, at })),
    segments: centers.map((_, c) => ({
      name: names(c),
      size: 1,
      point: [0, 0],
      distance: { median: 0, p99: 1 },
    })),
    tree: {
      nFeatures: features.length,
      nClasses: centers.length,
      feature: [-1],
      threshold: [0],
      left: [-1],
      right: [-1],
      value: [centers.map(() => 1)],
      nSamples: [4],
      impurity: [0],
      featureImportances: features.map(() => 0),
    },
    treeAccuracy: 1,
  };
}

const number = (name: string) =>
  ({ kind: 'number', name, min: -8, q1: -1, median: 1, q3: 3, max: 20 }) as const;

/** Every operation, every power, every kind of feature, and names that no language likes. */
function nastyModel(): SegmentModel {
  const [a, b, c, d] = nasty;
  const [e, f] = nasty.slice(4);
  const ref = (name: string) => `[${name.replaceAll(']', ']]')}]`;
  const formulas = [
    `${ref(a)} / ${ref(b)} - -${ref(c)} ^ 2 * 0.1 + 1e-7`,
    `if(${ref(a)} > ${ref(b)}, abs(${ref(a)}), ifmissing(log(${ref(b)}), -3.5))`,
    'max([derived 1], [derived 2], 1) + min(' + `${ref(c)}, 2) * isMissing(${ref(a)})`,
    `round(${ref(a)} * 2.5) + sqrt(${ref(b)}) + log1p(${ref(c)})`,
    `(${ref(a)} = 0) + (${ref(a)} <> 0) * 2 + (${ref(b)} < 1) + (${ref(b)} <= 1) + (${ref(c)} >= 2) * ${ref(d)} ^ -0.5`,
  ];
  const derived = formulas.map((formula, i) => ({ name: `derived ${i + 1}`, formula }));
  const powers: Partial<ModelFeature>[] = [
    {},
    { power: { kind: 'log1p', lambda: 1 } },
    { power: { kind: 'sqrt', lambda: 1 }, clip: { lower: -2, upper: 9.5 } },
    { power: { kind: 'yeo-johnson', lambda: 0.3 }, step: 2 ** -30 },
    { power: { kind: 'yeo-johnson', lambda: -1.7 } },
    { power: { kind: 'yeo-johnson', lambda: 0 }, step: 0 },
    { power: { kind: 'yeo-johnson', lambda: 2 } },
    { power: { kind: 'yeo-johnson', lambda: 3.1 }, clip: { lower: -3, upper: 30 }, fill: 50 },
    { clip: { lower: -1, upper: 5 }, step: 0.25 },
  ];
  const columns = [a, b, c, d, ...derived.map(({ name }) => name)];
  const levels = ['North', `it's \\'`, '"; DROP TABLE customers; --', ' padded '];
  const features = [
    ...columns.map((column, j) => feature({ kind: 'number', column }, powers[j])),
    ...levels.map((level) => feature({ kind: 'level', column: e, level })),
    feature({ kind: 'other', column: e }),
    feature({ kind: 'missing', column: e }, { scale: 0.3, center: 0.2 }),
    feature({ kind: 'level', column: f, level: '😀\n' }),
  ];
  const random = createRandom(5);
  const centers = Array.from({ length: 5 }, () => features.map(() => random.normal() / 2));
  const inputs = [
    ...[a, b, c, d].map(number),
    { kind: 'category', name: e, levels } as const,
    { kind: 'category', name: f, levels: ['😀\n'] } as const,
  ];
  return modelOf(inputs, derived, features, centers, (at) => nasty[at]);
}

/** Whole numbers between centres that are whole numbers: ties everywhere. */
function tieModel(): SegmentModel {
  const features = ['a', 'b'].map((column) =>
    feature({ kind: 'number', column }, { center: 0, scale: 1, step: 1, fill: 2 }),
  );
  const centers = [
    [0, 0],
    [2, 0],
    [0, 2],
    [2, 2],
    [0, 0],
  ];
  return modelOf(['a', 'b'].map(number), [], features, centers);
}

/** Formulas at random, each with a say in the segment. */
function formulaModel(): SegmentModel {
  const columns = ['a', 'b', 'c'];
  const formulas = fc.sample(formulasOf(fc.constantFrom(...columns)), {
    numRuns: 60,
    seed: Number(process.env.FUZZ ?? 7),
  });
  const derived = formulas.map((formula, i) => ({ name: `f${i}`, formula: formulaText(formula) }));
  const features = derived.map(({ name }) =>
    feature({ kind: 'number', column: name }, { clip: { lower: -4, upper: 6 }, fill: 2.5 }),
  );
  const random = createRandom(9);
  const centers = Array.from({ length: 6 }, () => features.map(() => random.normal()));
  return modelOf(columns.map(number), derived, features, centers);
}

/** The same, through layers of every kind, with centres that share segments in no order. */
function layeredModel(): SegmentModel {
  const model = nastyModel();
  const random = createRandom(11);
  const widths = [model.features.length, 7, 5, 9, 3];
  const activations = ['gelu', 'tanh', 'relu', 'linear'] as const;
  const layers = activations.map((activation, at) => {
    const [nInputs, nOutputs] = [widths[at], widths[at + 1]];
    const draw = () => Math.fround(random.normal() / Math.sqrt(nInputs));
    return {
      nInputs,
      nOutputs,
      activation,
      weights: Array.from({ length: nInputs * nOutputs }, draw),
      biases: Array.from({ length: nOutputs }, draw),
    };
  });
  const owners = [2, 0, 1, 0, 3, 4, 2];
  return {
    ...model,
    space: { kind: 'codes', layers, center: [0.1, -0.2, 0.05], step: [2 ** -40, 2 ** -30, 0] },
    centers: owners.map((segment) => ({
      segment,
      at: [random.normal(), random.normal(), random.normal()],
    })),
  };
}

/** Ties between the centres of one segment and those of others. */
function mergedTieModel(): SegmentModel {
  const model = tieModel();
  const owners = [1, 0, 1, 0, 0];
  return {
    ...model,
    segments: model.segments.slice(0, 2),
    centers: model.centers.map(({ at }, c) => ({ segment: owners[c], at })),
    tree: { ...model.tree, nClasses: 2, value: [[1, 1]] },
  };
}

const trainedInSpaces: Readonly<Record<string, Partial<Recipe>>> = {
  components: {
    reduce: { ...reduceDefaults, space: 'components', nComponents: 4 },
    cluster: { nClusters: 4, merge: [[0, 3]] },
  },
  codes: { reduce: { ...reduceDefaults, space: 'codes' } },
};

async function trained(options: 'plain' | 'components' | 'codes' | 'all'): Promise<SegmentModel> {
  if (options !== 'all') {
    const recipe = { ...quickRecipe, ...trainedInSpaces[options] };
    return (await runPipeline(sampleText(300), recipe)).model;
  }
  const regions = ['North', 'South', 'East', 'West', ''];
  const lines = sampleText(400).trim().split('\n');
  const text = lines.map((line, i) => `${line},${i === 0 ? 'Region' : regions[((i * i) % 7) % 5]}`);
  const { model } = await runPipeline(text.join('\n'), {
    ...quickRecipe,
    derive: {
      columns: [
        { name: 'Limit usage', formula: 'balance / credit_limit' },
        { name: 'Surplus', formula: '[limit usage] - ifmissing(minimum_payments, 0) / 1000' },
      ],
    },
    clean: {
      ...cleaning({ outlierAction: 'clip' }),
      roles: [{ column: 'Region', role: 'cluster' }],
    },
    encode: { maxLevels: 2 },
    scale: {
      scaling: 'standard',
      powers: [
        { column: 'PURCHASES', power: 'log1p' },
        { column: 'CASH_ADVANCE', power: 'sqrt' },
        { column: 'Limit usage', power: 'yeo-johnson' },
        { column: 'BALANCE', power: 'yeo-johnson' },
      ],
    },
  });
  return model;
}

describe('a customer gets the same segment', { timeout }, () => {
  const names = [
    'plain',
    'all that a model can have',
    'nasty names',
    'ties',
    'formulas of any kind',
    'principal components, some segments merged',
    'codes',
    'layers of every kind',
    'ties between centres of a segment',
  ] as const;
  const cases: Case[] = [];
  const expected: number[][] = [];

  beforeAll(async () => {
    const models = [
      await trained('plain'),
      await trained('all'),
      nastyModel(),
      tieModel(),
      formulaModel(),
      await trained('components'),
      await trained('codes'),
      layeredModel(),
      mergedTieModel(),
    ];
    for (const [seed, model] of models.entries()) {
      // Sixty formulas take their time one by one.
      const rows = customers(model, seed, seed === 4 ? 1000 : 10_000);
      cases.push({ model, rows });
      expected.push(inBulk(model, rows));
    }
  });

  it('in every case of these tests there are several segments to get', () => {
    for (const labels of expected) expect(new Set(labels).size).toBeGreaterThan(1);
  });

  describe.each(names.map((name, at) => [name, at] as const))('%s', (_, at) => {
    it('one by one as in bulk', () => {
      const { model, rows } = cases[at];
      expect(rows.map((row) => predict(model, row).segment + 1)).toEqual(expected[at]);
    });

    it('in JavaScript', () => {
      expect(inNode(cases[at])).toEqual(expected[at]);
    });

    it('in Python', ({ skip }) => {
      if (!hasPython) skip('there is no python3 here');
      expect(inPython(cases[at])).toEqual(expected[at]);
    });

    it('in scikit-learn', ({ skip }) => {
      if (sklearnPython === null) skip('there is no Python with scikit-learn here');
      expect(inSklearn(cases[at], sklearnPython ?? '')).toEqual(expected[at]);
    });

    it('in ONNX', async ({ skip }) => {
      const found = await inOnnx(cases[at]);
      if (found === null) skip('there is no ONNX Runtime here');
      expect(found?.labels).toEqual(expected[at]);
      const names = cases[at].model.segments.map(({ name }) => name);
      expect(found?.names).toEqual(expected[at].map((label) => names[label - 1]));
    });

    it('in SQLite', ({ skip }) => {
      if (!hasPython) skip('there is no python3 here');
      expect(inSqlite(cases[at])).toEqual(expected[at]);
    });
  });

  it('in PostgreSQL, in its own SQL and in that of the standard', ({ skip }) => {
    if (!hasPostgres) skip('there is no PostgreSQL here');
    const twice = (['postgresql', 'ansi'] as const).flatMap((dialect) =>
      cases.map((one) => ({ ...one, dialect })),
    );
    expect(inPostgres(twice)).toEqual([...expected, ...expected]);
  });

  /** By a reading of the formula of this test's own: there is no spreadsheet to run it in. */
  it.for([0, 1, 5])('in the formula of a spreadsheet, case %i', (at) => {
    expect(inFormula(cases[at])).toEqual(expected[at]);
  });
});

describe('names that no language likes', { timeout }, () => {
  const model = nastyModel();
  const names = model.segments.map(({ name }) => name);
  const nobody = model.inputs.map(() => null);

  it('come out of JavaScript and Python as they went in', ({ skip }) => {
    const plan = scorePlan(model);
    const inJavaScript = runNode(
      `import { segments } from './scorer.mjs'; console.log(JSON.stringify(segments));`,
      writeJavaScript(plan),
      {},
    );
    expect(JSON.parse(inJavaScript)).toEqual(names);
    if (!hasPython) skip('there is no python3 here');
    const script = 'import json, scorer\nprint(json.dumps(scorer.SEGMENTS))';
    expect(JSON.parse(runPython(script, { 'scorer.py': writePython(plan) }))).toEqual(names);
  });

  it('are handed through by SQL, and the table is there afterwards', ({ skip }) => {
    if (!hasPython) skip('there is no python3 here');
    const keys = model.inputs.map(({ name }) => name);
    const script = `
import json, sqlite3
from pathlib import Path
db = sqlite3.connect(":memory:")
db.execute(Path("create.sql").read_bytes().decode())
db.execute("INSERT INTO customers DEFAULT VALUES")
found = db.execute(Path("score.sql").read_bytes().decode())
rows = found.fetchall()
print(json.dumps([[column[0] for column in found.description], rows, db.execute("SELECT COUNT(*) FROM customers").fetchone()]))`;
    const columns = keys.map((name) => `${quote(name)} TEXT`);
    const files = {
      'create.sql': `CREATE TABLE customers (${columns.join(', ')})`,
      'score.sql': writeSql(scorePlan(model), { dialect: 'sqlite', table: 'customers', keys: [] }),
    };
    const { segment } = predict(model, nobody);
    expect(JSON.parse(runPython(script, files))).toEqual([
      [...keys, 'segment', 'segment_name'],
      [[...nobody, segment + 1, names[segment]]],
      [1],
    ]);
  });

  it('stand in quotation marks in every dialect', () => {
    const [spark, ansi] = (['spark', 'ansi'] as const).map(dialectOf);
    expect(ansi.quoteName('a"b`\0')).toBe('"a""b`\ufffd"');
    expect(ansi.quoteText("it's \\")).toBe("'it''s \\'");
    expect(spark.quoteName('a"b`')).toBe('`a"b```');
    expect(spark.quoteText("it's \\")).toBe("'it\\'s \\\\'");
  });

  it('end no line, no comment and no page', () => {
    const plan = scorePlan(model);
    for (const text of [writeJavaScript(plan), writePython(plan), writeSklearn(plan)]) {
      expect(text).not.toMatch(/[\u2028\u202e\r\0]|<\/script|<!--/);
    }
    // The only comment stands before every name.
    const sql = writeSql(plan, { dialect: 'postgresql', table: 'a\n--', keys: [] });
    expect(sql).toContain('FROM "a\n--" c');
    expect(sql.slice(0, sql.indexOf('\n')).includes('--')).toBe(true);
  });

  it('are no formulas in the headings of a spreadsheet', () => {
    const heads = ['=1+1', '+1', '-1', '@a', '＝1', '\t=1', 'a\tb\nc', '"a'].map(number);
    const plain = heads.map(({ name }) => feature({ kind: 'number', column: name }));
    const text = writeSpreadsheet(scorePlan(modelOf(heads, [], plain, [plain.map(() => 0)])));
    const [headings] = text.split('\n');
    expect(headings.split('\t')).toEqual([
      "'=1+1",
      "'+1",
      "'-1",
      "'@a",
      "'＝1",
      "' =1",
      'a b c',
      `'"a`,
      'Segment',
    ]);
  });
});

describe('a row', { timeout }, () => {
  const columns = ['a', 'b'];
  const features = columns.map((column) => feature({ kind: 'number', column }, { fill: 1 }));
  // Coordinates (v − 1) / 2 in both: missing is at 0.
  const centers = [
    [-1, -1],
    [0, 0],
    [1, 1],
  ];
  const model = modelOf(
    columns.map(number),
    [],
    features,
    centers,
    (c) => ['=low', 'mid, dle', 'high'][c],
  );
  const plan = scorePlan(model);

  it('of text is read as numbers, and what is none is missing', ({ skip }) => {
    const rows = [
      { a: ' 3 ', b: '3e0' },
      { a: '-1', b: '-1.' },
      { a: '0x10', b: 'Infinity' },
      { a: 'many', b: '' },
      { a: true, b: null },
      {},
    ];
    const labels = [3, 1, 2, 2, 2, 2];
    const files = { 'rows.json': JSON.stringify(rows) };
    const inJavaScript = runNode(
      `import { readFileSync } from 'node:fs'; import { segmentOf } from './scorer.mjs';
       console.log(JSON.stringify(JSON.parse(readFileSync('rows.json', 'utf8')).map(segmentOf)));`,
      writeJavaScript(plan),
      files,
    );
    expect(JSON.parse(inJavaScript)).toEqual(labels);
    if (!hasPython) skip('there is no python3 here');
    const script =
      'import json, scorer\nprint([scorer.segment_of(row) for row in json.load(open("rows.json"))])';
    const inPythonToo = runPython(script, { 'scorer.py': writePython(plan), ...files });
    expect(JSON.parse(inPythonToo)).toEqual(labels);
  });

  it('of a CSV gets two columns more', ({ skip }) => {
    if (!hasPython) skip('there is no python3 here');
    const csv = '\ufeffid,b,a\n1,3,3\n2,-1,-1\n"3\n",1\n';
    expect(runPython(writePython(plan), {}, csv)).toBe(
      `id,b,a,segment,segment_name\r\n1,3,3,3,high\r\n2,-1,-1,1,'=low\r\n"3\n",1,,2,"mid, dle"\r\n`,
    );
  });
});

it('a model that is too large for one formula of a spreadsheet is refused in words', () => {
  const columns = Array.from({ length: 100 }, (_, j) => `column ${j}`);
  const features = columns.map((column) => feature({ kind: 'number', column }));
  const model = modelOf(columns.map(number), [], features, [features.map(() => 0)]);
  expect(() => writeScorer(model, 'spreadsheet', { table: 'customers', keys: [] })).toThrow(
    expect.objectContaining({ code: 'setting-invalid' }) as Error,
  );
});

it('the codes of a network are refused for a spreadsheet in words', () => {
  const refused = () =>
    writeScorer(layeredModel(), 'spreadsheet', { table: 'customers', keys: [] });
  expect(refused).toThrow(/autoencoder.*Use SQL, Python or JavaScript/);
});
