export const fillRules = ['median', 'mean', 'mode', 'value', 'set-aside'] as const;
export type FillRule = (typeof fillRules)[number];

export const outlierRules = ['iqr', 'zscore', 'percentile'] as const;
export type OutlierRule = (typeof outlierRules)[number];

export const outlierActions = ['keep', 'clip', 'set-aside'] as const;
export type OutlierAction = (typeof outlierActions)[number];

/** Rows that are there already, in all columns or in some that name a customer, are set aside: the first one stays. */
export interface DuplicatesStep {
  readonly kind: 'duplicates';
  readonly isOn: boolean;
  /** Names of the columns that two rows must share; none: all of them. */
  readonly key: readonly string[];
}

/** What lies far out, and what is done with it. */
export interface OutliersStep {
  readonly kind: 'outliers';
  readonly isOn: boolean;
  /** Names of columns; none: all columns of numbers that form segments. */
  readonly columns: readonly string[];
  readonly rule: OutlierRule;
  /** Of the rule, see `outlierBounds`. */
  readonly limit: number;
  readonly action: OutlierAction;
}

/** What becomes of a missing value. The first such step that speaks of a column decides about it. */
export interface MissingStep {
  readonly kind: 'missing';
  readonly isOn: boolean;
  /** Names of columns; none: all columns that form segments. */
  readonly columns: readonly string[];
  readonly rule: FillRule;
  /** For the rule `value`, in the column's unit. */
  readonly value: number;
}

/** One thing that is done to the rows. Each works on what the one before has left. */
export type CleanStep = DuplicatesStep | OutliersStep | MissingStep;

/** The limit of a rule unless another one is chosen: 1.5 interquartile ranges, 3 deviations, the outer 1 % at each end. */
export const usualLimits: Readonly<Record<OutlierRule, number>> = {
  iqr: 1.5,
  zscore: 3,
  percentile: 1,
};

/** Outliers are looked for before gaps are filled: filled values say nothing about what is usual. */
export const defaultCleanSteps = [
  { kind: 'duplicates', isOn: true, key: [] },
  {
    kind: 'outliers',
    isOn: true,
    columns: [],
    rule: 'iqr',
    limit: usualLimits.iqr,
    action: 'keep',
  },
  { kind: 'missing', isOn: true, columns: [], rule: 'median', value: 0 },
] as const satisfies readonly CleanStep[];
