/** The cells of one column as they stand in the file, before anything is read into them. */
export interface Cells {
  readonly length: number;
  /** Calls `visit` with every cell in order, until it returns false. A missing trailing cell is ''. */
  each(visit: (cell: string, row: number) => boolean): void;
}

/** Cells held in an ordinary array: for tests and small tables. */
export function cellsOf(values: readonly string[]): Cells {
  return {
    length: values.length,
    each(visit) {
      for (let i = 0; i < values.length; i++) if (!visit(values[i], i)) return;
    },
  };
}
