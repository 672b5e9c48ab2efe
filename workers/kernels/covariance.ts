// @ts-nocheck AssemblyScript: its own compiler checks it.

/** Rows whose products are added to a sum while it is in a register. */
const rowsAtOnce: i32 = 4;

/**
 * Adds rows to the sums of their columns in float64, rows ascending: two columns at a time. With an odd number of
 * columns one value beyond each row is read and added to a sum that nobody asks for.
 *
 * @param x rows of float32, row-major
 * @param sums float64 per column, an odd number of them rounded up; added to
 */
export function addColumns(x: usize, nRows: i32, nFeatures: i32, sums: usize): void {
  const rowBytes = (<usize>nFeatures) << 2;
  const end = sums + widthOf(nFeatures);
  for (let i = 0; i < nRows; i++) {
    let at = x;
    for (let sum = sums; sum < end; sum += 16, at += 8) {
      const values = f64x2.promote_low_f32x4(v128.load64_zero(at));
      v128.store(sum, f64x2.add(v128.load(sum), values));
    }
    x += rowBytes;
  }
}

/**
 * Adds (x_ij − mean_j)·(x_il − mean_l) of each row to the sum of columns j and l, j ≤ l, in float64, rows ascending: the
 * bits are those of a plain loop. (Where rows run out, zeros are added: no sum is −0.)
 *
 * @param x rows of float32, row-major
 * @param means float64 per column, an odd number of them rounded up
 * @param rows room for four rows of float64, an odd number of columns rounded up
 * @param sums float64, as many rows as columns, an odd number of columns rounded up; added to. What is left of the
 *   diagonal is not asked for
 */
export function addProducts(
  x: usize,
  nRows: i32,
  nFeatures: i32,
  means: usize,
  rows: usize,
  sums: usize,
): void {
  const rowBytes = (<usize>nFeatures) << 2;
  const width = widthOf(nFeatures);
  for (let first = 0; first < nRows; first += rowsAtOnce) {
    let row = rows;
    for (let i = first; i < first + rowsAtOnce; i++, row += width) {
      if (i < nRows) centreRow(x, width, means, row);
      else memory.fill(row, 0, width);
      x += rowBytes;
    }
    multiplyRows(rows, nFeatures, width, sums);
  }
}

/** Bytes of a row of float64 with an even number of columns. */
function widthOf(nFeatures: i32): usize {
  return (<usize>((nFeatures + 1) & ~1)) << 3;
}

function centreRow(x: usize, width: usize, means: usize, row: usize): void {
  for (const end = row + width; row < end; row += 16, means += 16, x += 8) {
    const values = f64x2.promote_low_f32x4(v128.load64_zero(x));
    v128.store(row, f64x2.sub(values, v128.load(means)));
  }
}

function multiplyRows(rows: usize, nFeatures: i32, width: usize, sums: usize): void {
  for (let j: usize = 0; j < <usize>nFeatures; j++) {
    let row = rows + (j << 3);
    const a0 = v128.load64_splat(row);
    const a1 = v128.load64_splat((row += width));
    const a2 = v128.load64_splat((row += width));
    const a3 = v128.load64_splat(row + width);
    for (let at = (j >> 1) << 4; at < width; at += 16) {
      let b = rows + at;
      let sum = v128.load(sums + at);
      sum = f64x2.add(sum, f64x2.mul(a0, v128.load(b)));
      sum = f64x2.add(sum, f64x2.mul(a1, v128.load((b += width))));
      sum = f64x2.add(sum, f64x2.mul(a2, v128.load((b += width))));
      sum = f64x2.add(sum, f64x2.mul(a3, v128.load(b + width)));
      v128.store(sums + at, sum);
    }
    sums += width;
  }
}
