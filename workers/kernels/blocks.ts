// @ts-nocheck AssemblyScript: its own compiler checks it.

/**
 * How rows lie in memory: blocks of eight, column by column, so that a vector holds one column of four rows.
 * Element (i, j) is the float32 at ((i >> 3) · (nFeatures + 1) + j) · 32 + (i & 7) · 4 bytes; one more column holds the
 * lengths of the rows. The last block is filled up with rows of zeros.
 */
export const blockRows: i32 = 8;
/** Bytes of one column of a block. */
export const columnBytes: usize = 32;
