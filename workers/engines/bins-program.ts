import { mostBins } from '../../src/core/learn/tree-training';
import type { CardProgram } from './card';

/** Pieces of places that are counted side by side. */
export const piecesPerGo = 4;
/** Bins that one texel counts. */
export const binsPerTexel = 4;

/**
 * Counts places by feature, bin and class: in whole numbers far below 2^24, so exactly. A card cannot write to where a value
 * says, as a processor does; so each texel looks at every place of its piece, and counts what falls into its four bins.
 *
 * Inputs: Bins, rows × width (even, at least nFeatures): the bin of each row; Places, as many as four pieces have × 2: a row
 * and its class (−1: counts nothing). Result: by piece, class and feature two lines of 128 values; the counts of bins 4t to
 * 4t + 3 are the texel t of these lines, see `countsAt`.
 *
 * @param rowsPerPiece even
 */
export function binsProgram(
  nFeatures: number,
  nClasses: number,
  rowsPerPiece: number,
): CardProgram {
  return {
    name: `bins ${nFeatures} ${nClasses} ${rowsPerPiece}`,
    inputs: ['Bins', 'Places'],
    shape: [2 * piecesPerGo * nClasses * nFeatures, (2 * mostBins) / binsPerTexel],
    uniforms: { nPlaces: 'int' },
    glsl: `
      vec4 hits(vec2 place, float kind, int feature, vec4 bins) {
        if (place.y != kind) return vec4(0.0);
        int row = int(place.x);
        vec4 four = getBins(row, feature);
        vec2 two = feature % 2 == 0 ? four.xz : four.yw;
        return vec4(equal(vec4(row % 2 == 0 ? two.x : two.y), bins));
      }

      vec4 texel(int row, int column) {
        int line = row / 2;
        int feature = line % ${nFeatures};
        float kind = float(line / ${nFeatures} % ${nClasses});
        int first = line / ${nFeatures * nClasses} * ${rowsPerPiece};
        vec4 bins = float(2 * column) + vec4(0.0, 1.0, 2.0, 3.0);
        vec4 counts = vec4(0.0);
        for (int i = 0; i < ${rowsPerPiece}; i += 2) {
          if (first + i >= nPlaces) break;
          vec4 two = getPlaces(first + i, 0);
          counts += hits(two.xy, kind, feature, bins) + hits(two.zw, kind, feature, bins);
        }
        return counts;
      }
    `,
    wgsl: `
      fn texel(row: i32, column: i32) -> vec4<f32> {
        let line = row / 2;
        let feature = line % ${nFeatures};
        let kind = f32(line / ${nFeatures} % ${nClasses});
        let first = line / ${nFeatures * nClasses} * ${rowsPerPiece};
        let last = min(first + ${rowsPerPiece}, uniforms.nPlaces);
        let bins = f32(2 * column) + vec4<f32>(0.0, 1.0, 2.0, 3.0);
        var counts = vec4<f32>(0.0);
        for (var i = first; i < last; i++) {
          if (getPlaces(i, 1) != kind) { continue; }
          let own = vec4<f32>(getBins(i32(getPlaces(i, 0)), feature));
          counts += select(vec4<f32>(0.0), vec4<f32>(1.0), own == bins);
        }
        return counts;
      }
    `,
  };
}

/** Adds what a card counted of one go, class after class, to counts by feature, bin and class. */
export function addCounts(
  said: Float32Array,
  nFeatures: number,
  nClasses: number,
  counts: Int32Array,
): void {
  const half = mostBins / 2;
  for (let line = 0, from = 0; from < said.length; line++, from += mostBins) {
    const feature = line % nFeatures;
    const kind = Math.floor(line / nFeatures) % nClasses;
    for (let bin = 0; bin < mostBins; bin++) {
      // Bins 0 and 1 of a texel are in the upper line, 2 and 3 in the lower one.
      const at = (bin & 2 ? half : 0) + 2 * (bin >> 2) + (bin & 1);
      counts[(feature * mostBins + bin) * nClasses + kind] += said[from + at];
    }
  }
}
