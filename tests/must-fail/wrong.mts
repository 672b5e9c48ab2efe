// Wrong on purpose: scripts/types-must-fail.mjs makes sure that the type check says so.
export const nClusters: number = 'four';
