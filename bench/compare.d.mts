/** What one side found at a stage. */
type Found = Readonly<Record<string, unknown>>;
type Compare = (ours: Found, theirs: Found) => { readonly ok: boolean; readonly text: string };

export const cells: Compare;
export const means: Compare;
export const matrix: Compare;
export const ratios: Compare;
export const inertias: Compare;
export const silhouettes: Compare;
export const indices: Compare;
export const bestOfStarts: Compare;
export const oneStart: Compare;
export const sameDescent: Compare;
export const heights: Compare;
export const accuracy: Compare;
export const profiles: Compare;
