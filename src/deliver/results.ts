import type { EngineReport } from '../contract/api';
import type { StepViews, StoryViews } from '../contract/views';
import type { Recipe } from '../core/recipe';
import type { StepId } from '../core/plan';
import { personasResults, trustResults } from './later-results';

export const resultsFormat = 'tessera-results';
export const resultsVersion = 3;

export interface ResultsInput {
  readonly app: string;
  readonly source: { readonly name: string; readonly fingerprint: string };
  readonly recipe: Recipe;
  readonly views: StoryViews;
  /** Null or absent where they were not there yet: they come after the story. */
  readonly personas?: StepViews['personas'] | null;
  readonly trust?: StepViews['trust'] | null;
  readonly engine: EngineReport;
  /** In the order of the steps. */
  readonly computations: readonly {
    readonly step: StepId;
    readonly milliseconds: number;
    readonly engine: EngineReport;
  }[];
}

/**
 * Everything that was found, as JSON for scripts. The schema is documented in `docs/results.md`: change both together.
 * Apart from `computation` and `timings`, which are of the machine, the same source, recipe and engine give the same bytes.
 */
export function writeResults(input: ResultsInput): string {
  return `${JSON.stringify(buildResults(input), null, 1)}\n`;
}

function buildResults(input: ResultsInput) {
  const { app, source, recipe, views, engine, computations, personas, trust } = input;
  const { read, derive, clean, encode, scale, pca, space, sweep, cluster } = views;
  const { profile, tree, model, ward, agreement } = views;
  return {
    format: resultsFormat,
    version: resultsVersion,
    app,
    dataSet: {
      name: source.name,
      fingerprint: source.fingerprint,
      nBytes: read.nBytes,
      encoding: read.encoding,
      delimiter: read.delimiter,
      decimal: read.decimal,
      thousands: read.thousands,
      dateOrder: read.dateOrder,
      hasHeader: read.hasHeader,
      skipLines: read.skipLines,
      missing: read.missing,
      nRowsInFile: read.nRowsInFile,
      nRows: read.nRows,
      nSetAside: read.nSetAside,
      columns: read.columns.map(({ name, kind, nMissing }, j) => {
        return { name, kind, nMissing, role: clean.roles[j].role, reason: clean.roles[j].reason };
      }),
      warnings: read.warnings,
    },
    recipe,
    // Their roles follow those of the columns of the file.
    derived: derive.reports.map((report, j) => {
      const { role, reason } = clean.roles[read.columns.length + j];
      return { ...report, role, reason };
    }),
    cleaning: {
      nKept: clean.nKept,
      nSetAside: clean.nSetAside,
      nDuplicates: clean.nDuplicates,
      nRowsWithMissing: clean.nRowsWithMissing,
      nRowsWithOutliers: clean.nRowsWithOutliers,
      steps: clean.reports,
      columns: clean.columns,
    },
    features: encode.features.map(({ name, from }) => ({ name, from })),
    powers: scale.powers.flatMap((power, j) =>
      power.kind === 'none' ? [] : [{ name: encode.features[j].name, ...power }],
    ),
    pca: { explainedVarianceRatio: pca.explainedVarianceRatio },
    space,
    sweep: {
      nSilhouetteRows: sweep.nSilhouetteRows,
      knee: sweep.knee,
      suggested: sweep.suggested,
      candidates: sweep.candidates,
    },
    segments: {
      nClusters: cluster.nClusters,
      chosenBy: cluster.chosenBy,
      notes: cluster.notes,
      inertia: cluster.inertia,
      silhouette: cluster.silhouette,
      silhouetteOverColumns: cluster.overColumns,
      clusterOf: cluster.clusterOf,
      profiles: profile.segments.map(({ columns, differences, ...segment }, c) => ({
        ...segment,
        centers: model.centers.flatMap(({ segment: own, at }) => (own === c ? [at] : [])),
        columns: columns.map((column, j) => ({ name: profile.overall[j].name, ...column })),
        strongest: differences.slice(0, 5).map((j) => profile.overall[j].name),
      })),
      overall: profile.overall.map(({ name, mean, median, sd }) => ({ name, mean, median, sd })),
      resting: profile.resting ?? [],
    },
    trust: trust ? trustResults(trust) : null,
    personas: personas ? personasResults(personas) : null,
    classifier: {
      kind: 'decision-tree',
      nTrain: tree.nTrain,
      nTest: tree.nTest,
      ...tree.report,
      confusion: tree.confusion,
      featureImportances: tree.tree.featureImportances.map((importance, j) => ({
        name: profile.overall[j].name,
        importance,
      })),
    },
    ward: {
      nPrototypes: ward.nPrototypes,
      lastHeights: ward.lastHeights,
      groupSizes: agreement.groupSizes,
      // Of one segment there is nothing to confirm.
      adjustedRandIndex: cluster.nClusters > 1 ? agreement.adjustedRandIndex : null,
      crosstab: agreement.crosstab,
    },
    scores: { labels: Array.from(cluster.labels, (label) => label + 1) },
    engine: { id: engine.id, detail: engine.detail },
    computation: computations.map(({ step, engine: { id, nWorkers, reason } }) => {
      return { step, engine: id, nWorkers, reason };
    }),
    timings: Object.fromEntries(computations.map(({ step, milliseconds }) => [step, milliseconds])),
  };
}
