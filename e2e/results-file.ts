import type { CleanStep } from '../src/core/clean/clean-step';

/** The part of the results file (docs/results.md) that the tests read. */
export interface ResultsFile {
  readonly format: string;
  readonly version: number;
  readonly dataSet: { readonly name: string; readonly nRows: number; readonly fingerprint: string };
  readonly recipe: {
    readonly sweep: { readonly nInit: number };
    readonly clean: { readonly steps: readonly CleanStep[] };
    readonly cluster: { readonly nClusters: 'auto' | number };
  };
  readonly cleaning: { readonly nKept: number; readonly nSetAside: number };
  readonly pca: { readonly explainedVarianceRatio: readonly number[] };
  readonly space: {
    readonly kind: string;
    readonly error: number;
    /** Of the network, where there is one. */
    readonly training: { readonly losses: readonly object[] } | null;
  };
  readonly sweep: {
    readonly suggested: number;
    readonly candidates: readonly {
      readonly nClusters: number;
      readonly inertia: number;
      readonly silhouette: number | null;
    }[];
  };
  readonly segments: {
    readonly nClusters: number;
    readonly inertia: number;
    readonly profiles: readonly { readonly name: string; readonly size: number }[];
    readonly overall: readonly { readonly name: string }[];
  };
  /** null until it has been worked out, after the story has been told; so are personas. */
  readonly trust: object | null;
  readonly personas: object | null;
  readonly classifier: {
    readonly accuracy: number;
    readonly macroF1: number;
    readonly confusion: readonly (readonly number[])[];
    readonly nTest: number;
  };
  readonly scores: { readonly labels: readonly number[] };
  readonly engine: { readonly id: string; readonly detail: string };
  readonly computation: readonly {
    readonly step: string;
    readonly engine: string;
    readonly nWorkers: number;
    readonly reason: string;
  }[];
  readonly timings: Readonly<Record<string, number>>;
}

/** What the first step about missing values fills in. */
export function fillRule(steps: readonly { readonly kind: string; readonly rule?: string }[]) {
  return steps.find(({ kind }) => kind === 'missing')?.rule;
}
