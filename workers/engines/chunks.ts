/** Equal pieces of a matrix, so that one shape serves them all and shaders are compiled once. */
export interface ChunkPlan {
  /** Rows of every piece, a multiple of 4; the last piece is filled up with rows of zeros. */
  readonly rows: number;
  readonly count: number;
}

const maxRows = 65_536;
/** 16 MB of float32: far below what a texture holds on any card (2,048² texels of four values at the least). */
const maxValues = 4_194_304;
/** Sizes in steps, so that freed textures fit the next matrix of about the same size. */
const step = 1_024;

export function planChunks(nSamples: number, nFeatures: number): ChunkPlan {
  const most = Math.min(maxRows, Math.floor(maxValues / nFeatures));
  const unit = most < step ? 4 : step;
  const limit = Math.max(unit, Math.floor(most / unit) * unit);
  const count = Math.max(1, Math.ceil(nSamples / limit));
  const share = Math.ceil(nSamples / count / unit);
  return { rows: Math.max(1, share) * unit, count };
}
