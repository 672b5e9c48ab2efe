/** What can be done with the segment of a card. */
export interface Merging {
  /** Segments that it was merged from; 1: it was not. */
  readonly nParts: number;
  /** Segments that it can be merged with. */
  readonly others: readonly number[];
  readonly join: (other: number) => void;
  readonly takeApart: () => void;
}
