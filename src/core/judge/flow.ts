import type { Comparison } from './matching';

/** A segment at one end of a flow. */
export interface FlowEnd {
  readonly name: string;
  readonly size: number;
}

/** Who goes where between two segmentations of the same customers. Rows of the crosstab: `before`; columns: `after`. */
export interface Flow extends Comparison {
  readonly before: readonly FlowEnd[];
  readonly after: readonly FlowEnd[];
}
