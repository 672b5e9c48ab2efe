export interface TrustParams {
  /** How often customers are drawn anew. */
  readonly nBootstraps: number;
  /** Tables without groups of each kind. At least 19, so that the data can stand out from all of them. */
  readonly nReferences: number;
  readonly seed: number;
}

export const trustDefaults: TrustParams = { nBootstraps: 50, nReferences: 20, seed: 42 };
