import type { StoryViews } from '../../contract/views';
import { canonicalJson } from '../../core/plan';
import { defaultRecipe, type Recipe } from '../../core/recipe';
import { defaultMissingTokens } from '../../core/table/missing';
import { formatCount } from '../../core/words';
import { listData, literal } from '../scorers/plan-data';
import { pythonOperations } from '../scorers/python-operations';
import { scorePlan } from '../scorers/score-plan';
import { scriptBody } from './script-body';

export interface ScriptInput {
  readonly app: string;
  readonly isSample: boolean;
  readonly recipe: Recipe;
  readonly story: StoryViews;
}

/** How Python calls our encodings. */
const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8-sig',
  'utf-16le': 'utf-16-le',
  'utf-16be': 'utf-16-be',
};

/** Parts of the recipe that the script repeats, or that change nothing about who belongs where. */
const known: readonly string[] = [
  'read',
  'derive',
  'clean',
  'encode',
  'scale',
  'sweep',
  'cluster',
  'tree',
  'segments',
  'personas',
  'trust',
];

/** What the script cannot repeat, a sentence each: it stands at its head. */
export function scriptLimits({ isSample, recipe, story }: ScriptInput): string[] {
  const { read, model } = story;
  const other = (Object.keys(recipe) as (keyof Recipe)[]).filter(
    (part) =>
      !known.includes(part) && canonicalJson(recipe[part]) !== canonicalJson(defaultRecipe[part]),
  );
  const isElsewhere = model.space !== null;
  const isMerged = model.centers.length > model.segments.length;
  return [
    ...(isSample
      ? [
          'The customers were the built-in sample: run this on its labelled CSV, which the page saves.',
        ]
      : []),
    ...(read.nSetAside > read.setAside.length
      ? [
          `Of ${formatCount(read.nSetAside)} rows that do not fit the table the lines of the first ${formatCount(read.setAside.length)} are known here; others are cut or filled up.`,
        ]
      : []),
    ...(read.columns.some(({ kind }) => kind === 'date')
      ? ['Dates are compared as they are written when repeated rows are looked for.']
      : []),
    ...other.map((part) => `The setting "${part}" is not repeated.`),
    ...(isMerged
      ? [
          'Segments were merged by hand, which is not repeated here: customers of merged segments may be placed elsewhere.',
        ]
      : []),
    ...(isElsewhere
      ? ['Segments were not formed in the scaled columns: K-Means is repeated from sizes alone.']
      : []),
    'The tree is grown on another random split, so its accuracy is near that of the page, not equal to it.',
    'Trust, personas and advice are not repeated.',
  ];
}

/**
 * A program that repeats the analysis with pandas and scikit-learn, from the same file, and says how far it agrees:
 * reading, formulas, cleaning, encoding, powers, scaling, K-Means from our centres, principal components, silhouette, tree.
 * Names of columns, levels and segments stand in literals alone, so that nothing of a file can become code.
 */
export function writeAnalysisScript(input: ScriptInput): string {
  const { app, recipe, story } = input;
  const { read, clean, encode, scale, cluster, profile, pca, tree, model } = story;
  const plan = scorePlan(model);
  const derived = model.derived.map(({ name }) => name);
  const tokens = recipe.read.missing === 'auto' ? defaultMissingTokens : recipe.read.missing;
  const renamed = new Map(recipe.read.names.map(({ column, name }) => [name, column]));
  const settings = {
    encoding: encodings[read.encoding] ?? read.encoding,
    delimiter: read.delimiter,
    decimal: read.decimal,
    skip: read.skipLines,
    header: read.hasHeader ? 1 : 0,
    scaling: recipe.scale.scaling,
    seed: recipe.sweep.seed,
  };
  const treeSettings = {
    testShare: recipe.tree.testShare,
    maxDepth: recipe.tree.maxDepth ?? 0,
    minSamplesLeaf: recipe.tree.minSamplesLeaf,
    balanced: recipe.tree.classWeight === 'balanced' ? 1 : 0,
    ccpAlpha: recipe.tree.ccpAlpha,
    seed: recipe.tree.seed,
  };
  // Of merged segments the first one stands for all: the head of the script says that it cannot repeat them.
  const centers = model.segments.map(
    (_, c) => model.centers.find(({ segment }) => segment === c)?.at ?? [],
  );
  const derivedAt = planValues(plan, derived, model);
  return scriptBody({
    app,
    limits: scriptLimits(input),
    settings: literal(settings),
    missing: literal(tokens.map((token) => token.trim().toLowerCase())),
    setAside: literal(read.setAside.map(({ line }) => line)),
    columns: listData(
      read.columns.map(({ name, kind, nMissing }) => [
        renamed.get(name) ?? name,
        name,
        kind,
        nMissing,
      ]),
    ),
    inputs: listData(plan.inputs.map(({ name }) => name)),
    operations: listData(
      plan.operations.map((operation) =>
        operation.name === 'constant'
          ? ['constant', operation.value]
          : [operation.name, ...operation.args],
      ),
    ),
    derived: listData(derived.map((name, i) => [name, derivedAt[i]])),
    clustered: literal(
      clean.roles.filter(({ role }) => role === 'cluster').map(({ column }) => column),
    ),
    steps: listData(recipe.clean.steps.flatMap(({ isOn, ...step }) => (isOn ? [step] : []))),
    features: listData(
      encode.features.map(({ name, from }, j) => ({
        name,
        ...from,
        power: scale.powers[j]?.kind ?? 'none',
        lambda: scale.powers[j]?.lambda ?? 1,
      })),
    ),
    names: listData(profile.segments.map(({ name }) => name)),
    centers: listData(centers),
    sizes: literal(cluster.sizes),
    kept: String(clean.nKept),
    silhouette: String(cluster.silhouette?.mean ?? 'None'),
    variance: literal(pca.explainedVarianceRatio.slice(0, 2)),
    tree: literal(treeSettings),
    accuracy: String(tree.report.accuracy),
    pythonOperations,
  });
}

/** Where among the values of the plan each derived column is: formulas are in the plan in the order of the model. */
function planValues(
  plan: ReturnType<typeof scorePlan>,
  derived: readonly string[],
  model: StoryViews['model'],
): number[] {
  const at = new Map<string, number>();
  model.features.forEach(({ from }, j) => {
    if (from.kind === 'number') at.set(from.column, plan.features[j].value);
  });
  return derived.map((name) => at.get(name) ?? -1);
}
