/** A column that is computed from others, row by row. */
export interface DerivedColumn {
  readonly name: string;
  readonly formula: string;
}

export interface DeriveParams {
  /** A formula may speak of the columns of the file, and of those derived before it. */
  readonly columns: readonly DerivedColumn[];
}

export const deriveDefaults: DeriveParams = { columns: [] };
