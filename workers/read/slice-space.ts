import { kernelBytes } from '../kernels';
import { place } from '../engines/simd-memory';
import { LF } from './fields';
import { nSorts, powersOfTen } from './plain-number';
import type { SlicePlan } from './slice-types';

/** Where the rows of a slice are written. Columns lie one after the other, `capacity` rows each. */
export interface SliceSpace {
  /** Whole lines. */
  readonly bytes: Uint8Array;
  readonly isAscii: boolean;
  readonly capacity: number;
  /** By column: from 0 the place of its numbers, below −1 that of its cells (−2 − place), −1 for neither. */
  readonly slots: Int32Array;
  readonly values: Float64Array;
  /** Where the cells begin and end in `bytes`. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** By column, `nSorts` each: how many cells of which sort. */
  readonly tally: Int32Array;
  /** By column: the sort of the cell of the line under way. */
  readonly last: Uint8Array;
  /** Rows so far; where the last of them begins. Written by `takeLines`. */
  readonly state: Int32Array;
  /**
   * Takes plain lines from the one that begins at `at` on.
   *
   * @returns where the first line begins that it left, or the length of the bytes
   */
  takeLines(at: number): number;
}

/** What `workers/kernels/rows.ts` exports; the parameters are described there. */
export interface RowKernels {
  readonly memory: WebAssembly.Memory;
  countLines(at: number, end: number): number;
  isAscii(at: number, end: number): number;
  takeLines(
    at: number,
    end: number,
    separator: number,
    quote: number,
    mark: number,
    width: number,
    slots: number,
    powers: number,
    capacity: number,
    values: number,
    starts: number,
    ends: number,
    base: number,
    tally: number,
    last: number,
    state: number,
  ): number;
}

const memoryStart = 1_024;
/** Kernels look so far ahead. */
const padding = 16;
/** Most lines are at least as long as one of empty fields; where most are not, the room would be out of proportion. */
const maxValuesPerByte = 2;
const freeValues = 65_536;

let loading: Promise<RowKernels | null> | undefined;

/** The kernels, compiled on the first call; null where the browser lacks WebAssembly vectors. */
export function loadRowKernels(): Promise<RowKernels | null> {
  return (loading ??= compile().catch(() => null));
}

async function compile(): Promise<RowKernels> {
  const { instance } = await WebAssembly.instantiate(kernelBytes());
  return instance.exports as unknown as RowKernels;
}

/**
 * Room for the rows of some lines.
 *
 * @param kernels takes plain lines several times faster; the room is in its memory and lost with the next call
 * @returns null when the lines are so short that they are no table's
 */
export function makeSpace(
  bytes: Uint8Array,
  plan: SlicePlan,
  kernels: RowKernels | null,
): SliceSpace | null {
  return kernels === null ? plainSpace(bytes, plan) : kernelSpace(bytes, plan, kernels);
}

function plainSpace(bytes: Uint8Array, plan: SlicePlan): SliceSpace | null {
  let capacity = 0;
  let all = 0;
  for (let i = 0; i < bytes.length; i++) {
    all |= bytes[i];
    if (bytes[i] === LF) capacity++;
  }
  const { slots, nNumbers, nCells } = assignSlots(plan);
  if (isOutOfProportion(capacity * slots.length, bytes)) return null;
  return {
    bytes,
    isAscii: all < 0x80,
    capacity,
    slots,
    values: new Float64Array(capacity * nNumbers),
    starts: new Int32Array(capacity * nCells),
    ends: new Int32Array(capacity * nCells),
    tally: new Int32Array(slots.length * nSorts),
    last: new Uint8Array(slots.length),
    state: new Int32Array(2),
    takeLines: (at) => at,
  };
}

function kernelSpace(bytes: Uint8Array, plan: SlicePlan, kernels: RowKernels): SliceSpace | null {
  const { memory } = kernels;
  const width = plan.columns.length;
  const { slots, nNumbers, nCells } = assignSlots(plan);
  const sizes = [bytes.length + padding, 4 * width, 8 * powersOfTen.length, 4 * nSorts * width];
  const fixed = place(memory, memoryStart, [...sizes, width, 8]);
  const [base, slotsAt, powersAt, tallyAt, lastAt, stateAt] = fixed.addresses;
  new Uint8Array(memory.buffer).set(bytes, base);
  const capacity = kernels.countLines(base, base + bytes.length);
  if (isOutOfProportion(capacity * width, bytes)) return null;
  const columns = [8 * capacity * nNumbers, 4 * capacity * nCells, 4 * capacity * nCells];
  const [valuesAt, startsAt, endsAt] = place(memory, fixed.end, columns).addresses;

  const { buffer } = memory;
  const space = {
    bytes: new Uint8Array(buffer, base, bytes.length),
    isAscii: kernels.isAscii(base, base + bytes.length) === 1,
    capacity,
    slots: new Int32Array(buffer, slotsAt, width),
    values: new Float64Array(buffer, valuesAt, capacity * nNumbers),
    starts: new Int32Array(buffer, startsAt, capacity * nCells),
    ends: new Int32Array(buffer, endsAt, capacity * nCells),
    tally: new Int32Array(buffer, tallyAt, nSorts * width).fill(0),
    last: new Uint8Array(buffer, lastAt, width),
    state: new Int32Array(buffer, stateAt, 2).fill(0),
    takeLines: (at: number) =>
      kernels.takeLines(
        base + at,
        base + bytes.length,
        plan.separator,
        plan.quote,
        plan.mark,
        width,
        slotsAt,
        powersAt,
        capacity,
        valuesAt,
        startsAt,
        endsAt,
        base,
        tallyAt,
        lastAt,
        stateAt,
      ) - base,
  };
  space.slots.set(slots);
  new Float64Array(buffer, powersAt, powersOfTen.length).set(powersOfTen);
  return space;
}

function isOutOfProportion(nValues: number, bytes: Uint8Array): boolean {
  return nValues > maxValuesPerByte * bytes.length + freeValues;
}

function assignSlots({ columns }: SlicePlan) {
  let nNumbers = 0;
  let nCells = 0;
  const slots = Int32Array.from(columns, (mode) => {
    if (mode === 'skip') return -1;
    return mode === 'number' ? nNumbers++ : -2 - nCells++;
  });
  return { slots, nNumbers, nCells };
}
