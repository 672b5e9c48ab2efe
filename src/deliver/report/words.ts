import type { StoryViews, StepViews } from '../../contract/views';
import { cleanFinding, stepSentence, stepTitle } from '../../core/clean/sentences';
import { wardSentence } from '../../core/explain/ward-sentence';
import type { PowerKind } from '../../core/features/power';
import type { Scaling } from '../../core/features/scale';
import type { Recipe } from '../../core/recipe';
import { overSpace } from '../../core/reduce/space-words';
import {
  capitalise,
  counted,
  countInWords,
  formatCount,
  formatShare,
  formatValue,
  listInWords,
  quoted,
} from '../../core/words';
import type { ReportInput } from './report-input';

type Told = Pick<ReportInput, 'source' | 'recipe' | 'story'>;

const separators: ReadonlyMap<string, string> = new Map([
  [',', 'commas'],
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'bars'],
  [':', 'colons'],
  ['~', 'tildes'],
  [' ', 'spaces'],
]);

/** How the file was read, and how many of its rows are in the table. */
export function readingSentences({ source, story }: Told): string[] {
  const { read } = story;
  const apart = separators.get(read.delimiter) ?? quoted(read.delimiter);
  const mark = read.decimal === ',' ? 'decimal comma' : 'decimal point';
  const rows =
    read.nSetAside === 0
      ? `all ${counted(read.nRowsInFile, 'row')} of the file are in the table`
      : `of ${counted(read.nRowsInFile, 'row')} in the file ${formatCount(read.nRows)} are in the table; ${formatCount(read.nSetAside)} did not fit it and ${read.nSetAside === 1 ? 'was' : 'were'} set aside`;
  return [
    `Read from ${quoted(source.name, 200)} (${formatCount(read.nBytes)} bytes): ${read.encoding.toUpperCase()}, separated by ${apart}, ${mark}; ${rows}.`,
    `Fingerprint of the file: ${source.fingerprint}.`,
  ];
}

/** Long lists of columns are cut: the recipe has all of them. */
const mostNames = 40;

function names(list: readonly string[]): string {
  return listInWords(list.slice(0, mostNames), list.length);
}

/** Which columns form segments, and what the others are for. */
export function roleSentences({ clean }: Pick<StoryViews, 'clean'>): string[] {
  const of = (wanted: string) =>
    clean.roles.filter(({ role }) => role === wanted).map(({ column }) => column);
  const told = [
    { columns: of('cluster'), say: (list: string) => `Segments are formed by ${list}.` },
    { columns: of('describe'), say: (list: string) => `Only described: ${list}.` },
    { columns: of('id'), say: (list: string) => `Names of customers, not used: ${list}.` },
    { columns: of('ignore'), say: (list: string) => `Left out: ${list}.` },
  ];
  return told
    .filter(({ columns }) => columns.length > 0)
    .map(({ columns, say }) => say(names(columns)));
}

export function derivedSentences({ derive }: Pick<StoryViews, 'derive'>): string[] {
  return derive.reports.map(({ name, formula, nMissing }) => {
    const without = nMissing === 0 ? '' : ` (${counted(nMissing, 'row')} without a value)`;
    return `Computed: ${name} = ${formula}${without}.`;
  });
}

/** The log of the cleaning: a sentence for each step of the recipe, in order, and what is left. */
export function cleaningSentences({ recipe, story: { clean, read } }: Told): string[] {
  const steps = recipe.clean.steps.map((step, i) => {
    const told = stepSentence(step, clean.reports[i]);
    return told === '' ? `${stepTitle(step)}.` : `${stepTitle(step)}: ${told}`;
  });
  return [...steps, cleanFinding(clean, read.nRows)];
}

const scalingWords: Readonly<Record<Scaling, string>> = {
  standard: 'Each column is scaled to mean 0 and standard deviation 1 (that of the population).',
  robust: 'Each column is scaled to median 0 and quartile range 1.',
  minmax: 'Each column is scaled to the range from 0 to 1.',
  none: 'Columns are centred and not scaled: those with large numbers decide most.',
};

const powerWords: Readonly<Record<Exclude<PowerKind, 'none'>, string>> = {
  log1p: 'logarithm, log(1 + x)',
  sqrt: 'square root',
  'yeo-johnson': 'Yeo–Johnson',
};

export function transformSentences({ recipe, story: { encode, scale } }: Told): string[] {
  const nLevels = encode.features.filter(({ from }) => from.kind !== 'number').length;
  const categories = new Set(
    encode.features.flatMap(({ from }) => (from.kind === 'number' ? [] : [from.column])),
  );
  const powered = scale.powers.flatMap(({ kind, lambda }, j) => {
    if (kind === 'none') return [];
    const own =
      kind === 'yeo-johnson' ? `${powerWords[kind]}, λ ${formatValue(lambda)}` : powerWords[kind];
    return [`${encode.features[j].name} (${own})`];
  });
  return [
    ...(nLevels === 0
      ? []
      : [
          `${capitalise(counted(categories.size, 'category', 'categories'))} became ${counted(nLevels, 'column')} of 0 and 1, one for each of up to ${recipe.encode.maxLevels} frequent levels.`,
        ]),
    ...(powered.length === 0 ? [] : [`Skewed columns were evened out first: ${names(powered)}.`]),
    scalingWords[recipe.scale.scaling],
  ];
}

export function clusteringSentences({ recipe, story }: Told): string[] {
  const { sweep, cluster, agreement, ward, clean } = story;
  const { kMax, nInit, seed } = recipe.sweep;
  const order =
    recipe.cluster.pinned === undefined
      ? 'Segments are numbered by size.'
      : 'Segments that continue those of a pinned run have their numbers; the others are numbered by size.';
  const nFormed = cluster.clusterOf.length;
  const by = {
    user: 'was chosen by hand',
    knee: 'is where the curve of the inertia bends most',
    silhouette: 'has the best silhouette',
    limits: 'is what the limits leave',
  }[cluster.chosenBy];
  return [
    `K-Means (k-means++, ${counted(nInit, 'start')} for each number, seed ${seed}) was tried with 1 to ${Math.min(kMax, sweep.candidates.length)} segments; ${nFormed} ${by}.`,
    ...cluster.notes,
    ...(cluster.nClusters < nFormed
      ? [
          `${capitalise(countInWords(nFormed))} were merged into ${countInWords(cluster.nClusters)} by hand: merged segments keep all their centres.`,
        ]
      : []),
    `${order} A customer belongs to the segment that has the nearest centre, measured ${overSpace(story.space)}.`,
    wardSentence({
      nClusters: cluster.nClusters,
      adjustedRandIndex: agreement.adjustedRandIndex,
      nCustomers: clean.nKept,
      nPrototypes: ward.nPrototypes,
    }),
  ];
}

export function trustSentences({ trust }: Recipe): string[] {
  return [
    `Trust: customers were drawn anew ${counted(trust.nBootstraps, 'time')}, and compared with ${formatCount(trust.nReferences)} tables without groups of each kind (seed ${trust.seed}).`,
  ];
}

export function treeSentences({ recipe, story: { tree } }: Told): string[] {
  const { maxDepth, minSamplesLeaf, classWeight, ccpAlpha, seed } = recipe.tree;
  const settings = [
    maxDepth === null ? 'any depth' : `at most ${maxDepth} deep`,
    `at least ${counted(minSamplesLeaf, 'customer')} in a leaf`,
    ...(classWeight === 'balanced' ? ['all segments weighing the same'] : []),
    ...(ccpAlpha > 0 ? [`pruned at ${ccpAlpha}`] : []),
  ];
  return [
    `The decision tree (Gini, ${listInWords(settings)}) learned from ${counted(tree.nTrain, 'customer')} and was tested on ${formatCount(tree.nTest)} others (seed ${seed}).`,
  ];
}

/** What the reader must not conclude. */
export function limitSentences({
  story: { clean, pca, cluster },
  trust,
  verdict,
}: {
  readonly story: Pick<StoryViews, 'clean' | 'pca' | 'cluster'>;
  readonly trust: StepViews['trust'] | null;
  readonly verdict: string | undefined;
}): string[] {
  const kept = (pca.explainedVarianceRatio[0] ?? 0) + (pca.explainedVarianceRatio[1] ?? 0);
  const nFilled = clean.columns.reduce((sum, column) => sum + column.nFilled, 0);
  const told = [
    'Segments describe customers as the file shows them. They do not say why customers are so, nor what they will do.',
    'Averages hide the spread: few customers are like the average of their segment, and many lie near a border.',
    'Advice comes from fixed rules on averages, not from an experiment: try it on some before all.',
    'That a tree recognises the segments says how well they can be described, not that they are true.',
    `The map keeps ${formatShare(kept)} of the variation: segments that overlap on it can be apart in the other directions, and the other way round.`,
  ];
  if (verdict === 'constructed' || verdict === 'none') {
    told.unshift(
      'These are not groups that exist by themselves: with other customers of the same kind, borders would lie elsewhere.',
    );
  }
  if (trust === null && cluster.nClusters > 1) {
    told.unshift('How far to trust the segments had not been tried when this report was written.');
  }
  if (nFilled > 0) {
    told.push(
      `${counted(nFilled, 'missing value')} ${nFilled === 1 ? 'was' : 'were'} filled in; those customers count as if that value were theirs.`,
    );
  }
  return told;
}

/** What of the customers is in the report. */
export const contentsSentence =
  'This file holds averages and counts, the lines of typical customers, and the places of customers on the map; no row of the file. It loads nothing and sends nothing.';
