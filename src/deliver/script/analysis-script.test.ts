import { describe, expect, it } from 'vitest';
import type { StepViews } from '../../contract/views';
import { defaultRecipe, type Recipe } from '../../core/recipe';
import { storySteps } from '../../core/plan';
import { sampleText } from '../../../tests/helpers/pipeline';
import { pythonWith, runPythonFiles } from '../../../tests/helpers/runtimes';
import { evaluateAll, fileOf, labelledText, requestOf } from '../../../tests/helpers/service';
import { hasShared, readShared, whyAbsent } from '../../../tests/helpers/shared-data';
import { createService } from '../../../workers/service';
import { scriptLimits, writeAnalysisScript } from './analysis-script';

const python = pythonWith('pandas, scipy, sklearn');
const whyNoPython = 'there is no python with pandas and scikit-learn here';

interface Run {
  readonly views: StepViews;
  readonly script: string;
  /** What the script says, what it writes, and what the page writes. */
  readonly said: string;
  readonly labels: readonly string[];
  readonly ours: readonly string[];
}

async function run(content: BlobPart, recipe: Recipe, extension = 'csv'): Promise<Run> {
  if (python === null) throw new Error(whyNoPython);
  const source = fileOf(content);
  const service = createService({});
  const { views } = await evaluateAll(service, source, recipe, storySteps);
  const script = writeAnalysisScript({ app: '1.2.3', isSample: false, recipe, story: views });
  const labelled = await labelledText(service, requestOf(source, recipe));
  const bytes = new Uint8Array(await new Blob([content]).arrayBuffer());
  const { said, files } = runPythonFiles(
    python,
    script,
    { [`customers.${extension}`]: bytes },
    [`customers.${extension}`, 'labelled.csv'],
    ['labelled.csv'],
  );
  const column = (csv: string, fromEnd: number) =>
    csv
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',').at(-fromEnd) ?? '');
  return { views, script, said, labels: column(files[0], 1), ours: column(labelled, 3) };
}

function expectTheSame({ views, said, labels, ours }: Run): void {
  expect(said).not.toContain('differs');
  expect(said).not.toContain('values are missing here');
  expect(said).toContain(`${views.clean.nKept} of ${views.read.nRows} rows are kept`);
  expect(said).toContain('Sizes agree for 100.0000 %');
  expect(labels).toHaveLength(ours.length);
  const nSame = labels.filter((label, row) => label === ours[row]).length;
  expect(nSame / ours.length).toBeGreaterThanOrEqual(0.9999);
}

/** The sample with a category that has gaps, words that mean nothing, semicolons and decimal commas. */
function awkwardCsv(): string {
  const regions = ['North', 'South', 'East "x"', 'n/a', 'West', 'rare'];
  return sampleText(700)
    .trim()
    .split('\n')
    .flatMap((line, i) => {
      const cells = line.trim().split(',');
      if (i === 0) return [[...cells, 'Region', 'Region'].join(';')];
      const region = i % 97 === 0 ? regions[5] : regions[i % 5];
      const quote = `"${region.replaceAll('"', '""')}"`;
      const row = cells.map((cell) => cell.replace('.', ','));
      if (i % 41 === 0) row[2] = '-999';
      if (i % 53 === 0) row[3] = '?';
      const text = [...row, quote, 'same'].join(';');
      return i % 60 === 0 ? [text, text] : [text];
    })
    .join('\n');
}

const recipe: Recipe = {
  ...defaultRecipe,
  sweep: { kMax: 5, nInit: 3, seed: 7 },
  cluster: { nClusters: 4 },
};

describe('the script for Python', () => {
  it.skipIf(python === null)(
    'finds the same segments with missing words, categories, formulas, powers and outliers',
    async () => {
      const result = await run(awkwardCsv(), {
        ...recipe,
        read: {
          ...recipe.read,
          missing: ['-999', '?', 'N/A'],
          names: [{ column: 'Region', name: "Where 'they' live" }],
        },
        derive: {
          columns: [
            { name: 'usage', formula: 'BALANCE / CREDIT_LIMIT' },
            { name: 'odd', formula: 'if(PAYMENTS > 100, log1p(PAYMENTS), ifmissing(TENURE, 0))' },
          ],
        },
        clean: {
          roles: [{ column: "Where 'they' live", role: 'cluster' }],
          steps: [
            { kind: 'duplicates', isOn: true, key: [] },
            {
              kind: 'outliers',
              isOn: true,
              columns: [],
              rule: 'percentile',
              limit: 1,
              action: 'clip',
            },
            {
              kind: 'outliers',
              isOn: true,
              columns: ['CASH_ADVANCE'],
              rule: 'zscore',
              limit: 3,
              action: 'set-aside',
            },
            { kind: 'missing', isOn: true, columns: ['usage'], rule: 'value', value: 0.5 },
            { kind: 'missing', isOn: false, columns: [], rule: 'mode', value: 0 },
            { kind: 'missing', isOn: true, columns: [], rule: 'mean', value: 0 },
          ],
        },
        scale: {
          scaling: 'robust',
          powers: [
            { column: 'PURCHASES', power: 'yeo-johnson' },
            { column: 'PAYMENTS', power: 'log1p' },
            { column: 'CASH_ADVANCE', power: 'sqrt' },
          ],
        },
      });
      expectTheSame(result);
      expect(result.views.clean.nDuplicates).toBeGreaterThan(5);
      expect(result.views.clean.nSetAside).toBeGreaterThan(result.views.clean.nDuplicates);
      expect(result.views.encode.features.some(({ from }) => from.kind === 'missing')).toBe(true);
    },
    120_000,
  );

  it.skipIf(python === null || !hasShared('CC GENERAL.csv'))(
    'finds the same segments in the credit-card file',
    async () => {
      const result = await run(readShared('CC GENERAL.csv'), recipe);
      expectTheSame(result);
      const [, here, there] =
        /Silhouette: ([\d.]+); in Tessera ([\d.]+)\.\n/.exec(result.said) ?? [];
      expect(Number(here)).toBeCloseTo(Number(there), 4);
    },
    240_000,
  );

  it.skipIf(python === null)(
    'has names as text alone',
    async () => {
      const evil = `"""\nimport os\n\\`;
      const text = sampleText(200).replace('BALANCE,', `"${evil.replaceAll('"', '""')}",`);
      const result = await run(text, recipe);
      expect(result.script).not.toContain('"""\nimport os');
      expect(result.script).not.toMatch(/^import os/m);
      expectTheSame(result);
    },
    120_000,
  );

  it.skipIf(python !== null)(`is not run: ${whyNoPython}`, () => undefined);
  it.skipIf(hasShared('CC GENERAL.csv'))(
    `is not run on real customers: ${whyAbsent}`,
    () => undefined,
  );

  it('says at its head what it does not repeat', async () => {
    const { views } = await evaluateAll(
      createService({}),
      fileOf(sampleText(120)),
      recipe,
      storySteps,
    );
    const input = { app: '1.2.3', isSample: true, recipe, story: views };
    expect(scriptLimits(input)[0]).toContain('built-in sample');
    const later = { ...recipe, surprise: { is: 1 } };
    expect(scriptLimits({ ...input, recipe: later })).toContain(
      'The setting "surprise" is not repeated.',
    );
    const script = writeAnalysisScript(input);
    for (const limit of scriptLimits(input)) expect(script).toContain(`- ${limit}`);
    expect(script).not.toMatch(/undefined|NaN|\[object/);
  });
});
