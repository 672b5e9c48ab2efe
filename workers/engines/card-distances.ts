import type { LoadedMatrix, RowRange, RowRuns } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import type { Matrix } from '../../src/core/matrix';
import type { Card, CardTensor } from './card';
import { distanceError, distanceProgram } from './distance-program';
import { planPieces, type PiecePlan } from './distance-pieces';
import { largestTerm, sumAt } from './exact-sum';

/** Pairs of rows in one go: some milliseconds on a card, so that a page drawn by the same one does not stall. */
const pairsPerGo = 2 ** 24;
/** Sums in one go: 16 MB. */
const sumsPerGo = 2 ** 20;
/** Values on the card: 64 MB. */
const mostValues = 2 ** 24;

/**
 * `LoadedMatrix.distanceSums`: distances in float32, each within `distanceError`, summed exactly on the card, piece by
 * piece; the pieces are added up here, in float64. Only sums travel.
 *
 * @param length of the longest row of X
 * @param processor for matrices with too many columns, or too large
 * @throws AppError `engine-failed`
 */
export async function distanceSumsOnCard(
  card: Card,
  X: Matrix,
  length: number,
  processor: LoadedMatrix,
  runs: RowRuns,
  rest: (share: number) => Promise<void>,
  range: RowRange = { first: 0, end: runs.rows.length },
): Promise<Float64Array> {
  const { nFeatures } = X;
  const plan = planPieces(X, runs);
  const nPieces = Math.min(1_024, plan.runOf.length);
  const nRows = rowsPerGo(plan.nRows, nPieces);
  if (!(distanceError(nFeatures) < 1e-6) || (plan.nRows + nRows) * nFeatures > mostValues) {
    return processor.distanceSums(runs, rest, range);
  }
  const unit = unitAbove(length);
  const sums = new Float64Array((range.end - range.first) * runs.nSlots);
  const program = distanceProgram(nFeatures, nRows, nPieces);
  const inputs = uploadPlan(card, plan, nRows, nPieces, nFeatures);
  const begin = ({ row, piece }: Go) =>
    card.run(program, inputs, {
      firstRow: row,
      firstPiece: piece,
      scale: largestTerm / unit,
    });
  const goes = goesOf(plan, range, nRows, nPieces);
  const pending: CardTensor[] = [];
  try {
    pending.push(begin(goes[0]));
    for (let i = 0; i < goes.length; i++) {
      const said = await card.read(pending.splice(0)[0]);
      // The card goes on with the next ones while these are added up.
      if (i + 1 < goes.length) pending.push(begin(goes[i + 1]));
      addSums(X, runs, plan, range, { ...goes[i], nRows, nPieces, said, unit }, sums);
      await rest((i + 1) / goes.length);
    }
  } finally {
    card.free([...inputs, ...pending]);
  }
  spotCheckSums(X, runs, range, sums);
  return sums;
}

/** Rows to measure from and pieces to measure to, in one go: where they begin. */
interface Go {
  readonly row: number;
  readonly piece: number;
}

function rowsPerGo(nRows: number, nPieces: number): number {
  return Math.max(2, Math.min(2_048, nRows, pairsPerGo / nRows, sumsPerGo / nPieces) & ~1);
}

function goesOf(plan: PiecePlan, { first, end }: RowRange, nRows: number, nPieces: number): Go[] {
  const goes: Go[] = [];
  for (let row = plan.rowOf[first] & ~1; row <= plan.rowOf[end - 1]; row += nRows) {
    for (let piece = 0; piece < plan.runOf.length; piece += nPieces) goes.push({ row, piece });
  }
  return goes;
}

/** Both filled up with zeros, so that no go reaches beyond them. */
function uploadPlan(
  card: Card,
  { nRows, values, pieces }: PiecePlan,
  rowsPerGo: number,
  piecesPerGo: number,
  nFeatures: number,
): CardTensor[] {
  const rows = new Float32Array((nRows + rowsPerGo) * nFeatures);
  rows.set(values);
  const nPieces = Math.ceil(pieces.length / 2 / piecesPerGo) * piecesPerGo;
  const filled = new Float32Array(nPieces * 2);
  filled.set(pieces);
  return [card.upload(rows, nRows + rowsPerGo, nFeatures), card.upload(filled, nPieces, 2)];
}

/** The smallest power of two that is longer than any distance, errors included. */
function unitAbove(length: number): number {
  let unit = 2 ** -2;
  while (unit <= 2.01 * length) unit *= 2;
  return unit;
}

interface Answer extends Go {
  readonly nRows: number;
  readonly nPieces: number;
  readonly said: Float32Array;
  /** Of a sum of `largestTerm`. */
  readonly unit: number;
}

/**
 * Adds what the card says to the slots of each row. Where the distances to a piece are on average below 2^-32 of the
 * longest, what was dropped (2^-69) and what is too small for the squares of float32 might count: those are computed in
 * float64. Distances of 0 stay 0.
 */
function addSums(
  X: Matrix,
  runs: RowRuns,
  { positionOf, runOf, pieces }: PiecePlan,
  { first, end }: RowRange,
  { row, piece, nRows, nPieces, said, unit }: Answer,
  sums: Float64Array,
): void {
  const nLabellings = runs.slots.length / runs.ends.length;
  const someRows = Math.min(nRows, positionOf.length - row);
  const somePieces = Math.min(nPieces, runOf.length - piece);
  for (let i = 0; i < someRows; i++) {
    const position = positionOf[row + i];
    if (position < first || position >= end) continue;
    const base = (position - first) * runs.nSlots;
    for (let p = 0; p < somePieces; p++) {
      const count = pieces[2 * (piece + p) + 1];
      let sum = sumAt(said, 2 * nPieces, i, p) * (unit / largestTerm);
      if (sum > 0 && sum < count * unit * 2 ** -32) {
        const from = positionOf[pieces[2 * (piece + p)]];
        sum = plainSum(X, runs.rows, position, from, from + count);
      }
      const slot = runOf[piece + p] * nLabellings;
      for (let m = slot; m < slot + nLabellings; m++) sums[base + runs.slots[m]] += sum;
    }
  }
}

/** Σ of the distances from the row at one position to those at some others, in float64. */
function plainSum(
  { data, nFeatures }: Matrix,
  rows: Int32Array,
  position: number,
  first: number,
  end: number,
): number {
  const own = rows[position] * nFeatures;
  let sum = 0;
  for (let other = first; other < end; other++) {
    let square = 0;
    for (let j = 0, at = rows[other] * nFeatures; j < nFeatures; j++, at++) {
      const difference = data[own + j] - data[at];
      square += difference * difference;
    }
    sum += Math.sqrt(square);
  }
  return sum;
}

const spotChecks = 8;

/** Recomputes some rows, spread evenly: the least that a card can do wrong without raising anything. */
function spotCheckSums(
  X: Matrix,
  runs: RowRuns,
  { first, end }: RowRange,
  sums: Float64Array,
): void {
  const { rows, ends, slots, nSlots } = runs;
  const nLabellings = slots.length / ends.length;
  const stride = Math.max(1, Math.floor((end - first) / spotChecks));
  for (let position = first + (stride >> 1); position < end; position += stride) {
    const expected = new Float64Array(nSlots);
    for (let run = 0, from = 0; run < ends.length; from = ends[run++]) {
      const sum = plainSum(X, rows, position, from, ends[run]);
      for (let m = 0; m < nLabellings; m++) expected[slots[run * nLabellings + m]] += sum;
    }
    expected.forEach((value, slot) => {
      const found = sums[(position - first) * nSlots + slot];
      if (Math.abs(found - value) <= 2e-6 * value) return;
      throw new AppError(
        'engine-failed',
        `The graphics card returned a wrong sum of distances for row ${rows[position] + 1}; its results cannot be used.`,
        { row: rows[position], expected: value, got: found },
      );
    });
  }
}
