import { featureLabel } from '../explain/feature-words';
import type { SegmentModel } from '../model';
import { predict, predictRows, type CustomerValues, type ScoreColumn } from '../score';
import { columnLabel, formatValue } from '../words';

/** One field changed, so that the customer belongs to another segment. */
export interface Flip {
  /** Of the model. */
  readonly input: number;
  /** null: missing. */
  readonly from: number | string | null;
  readonly to: number | string;
  /** The segment that it leads to. */
  readonly segment: number;
  /** How large the change is: of numbers in widths of the middle half of customers; of categories 1. */
  readonly size: number;
}

/** Values tried in each direction, closer together near the customer's own. */
const nTried = 24;
/** Halvings of the gap in which the segment changes: to a millionth of it. */
const nHalvings = 20;

/**
 * The smallest changes of a single field that put the customer into another segment, within what was seen of the field.
 * Numbers are searched on a grid, then by halving: a segment that is only met between two values of the grid is overlooked.
 *
 * @returns one for each field that can do it, the smallest first
 */
export function smallestFlips(model: SegmentModel, values: CustomerValues): Flip[] {
  const own = predict(model, values).segment;
  const flips: Flip[] = [];
  const searches: Search[] = [];
  model.inputs.forEach((input, at) => {
    const value = values[at];
    if (input.kind === 'category') {
      const levels = input.levels.filter((level) => level !== value);
      const labels = labelsOf(
        model,
        values,
        levels.map((level) => ({ at, value: level })),
      );
      const found = labels.findIndex((label) => label !== own);
      if (found < 0) return;
      const from = typeof value === 'string' ? value : null;
      flips.push({ input: at, from, to: levels[found], segment: labels[found], size: 1 });
      return;
    }
    const { min, max, q1, q3 } = input;
    const start = typeof value === 'number' ? value : fillOf(model, at);
    const width = q3 - q1 || max - min || 1;
    for (const end of [Math.min(min, start), Math.max(max, start)]) {
      if (end !== start)
        searches.push({ at, start, end, width, near: start, far: NaN, label: own });
    }
  });
  narrow(model, values, own, searches);
  for (const { at, start, near, far, label, width } of searches) {
    if (Number.isNaN(far)) continue;
    const to = rounded(model, values, at, start, near, far, label);
    const from = typeof values[at] === 'number' ? values[at] : null;
    flips.push({ input: at, from, to, segment: label, size: Math.abs(to - start) / width });
  }
  flips.sort((a, b) => a.size - b.size || a.input - b.input);
  return flips.filter(({ input }, i) => flips.findIndex((other) => other.input === input) === i);
}

interface Search {
  readonly at: number;
  readonly start: number;
  readonly end: number;
  readonly width: number;
  /** The segment is still the own one at `near`, and another at `far`; NaN while none is found. */
  near: number;
  far: number;
  label: number;
}

/** All searches at once: rows cost little, each call some. */
function narrow(
  model: SegmentModel,
  values: CustomerValues,
  own: number,
  searches: readonly Search[],
): void {
  const tried = searches.flatMap(({ at, start, end }) =>
    Array.from({ length: nTried }, (_, i) => ({
      at,
      value: start + (end - start) * ((i + 1) / nTried) ** 2,
    })),
  );
  const labels = labelsOf(model, values, tried);
  searches.forEach((search, s) => {
    const first = s * nTried;
    for (let i = first; i < first + nTried; i++) {
      if (labels[i] === own) {
        search.near = tried[i].value;
        continue;
      }
      search.far = tried[i].value;
      search.label = labels[i];
      return;
    }
  });
  const open = searches.filter(({ far }) => !Number.isNaN(far));
  for (let n = 0; n < nHalvings && open.length > 0; n++) {
    const middles = open.map(({ at, near, far }) => ({ at, value: (near + far) / 2 }));
    labelsOf(model, values, middles).forEach((label, s) => {
      const { value } = middles[s];
      if (label === own) open[s].near = value;
      else {
        open[s].far = value;
        open[s].label = label;
      }
    });
  }
}

/** A value with few digits that does it as well, no nearer to the own one. */
function rounded(
  model: SegmentModel,
  values: CustomerValues,
  at: number,
  start: number,
  near: number,
  far: number,
  label: number,
): number {
  for (let digits = 2; digits < 8; digits++) {
    const step = 10 ** (Math.floor(Math.log10(Math.abs(far) || 1)) + 1 - digits);
    const away = far > start ? Math.ceil(far / step) * step : Math.floor(far / step) * step;
    const value = Number(away.toPrecision(digits + 1));
    const isNear = Math.abs(value - far) <= 0.02 * Math.abs(far - start) + Math.abs(far - near);
    if (isNear && labelsOf(model, values, [{ at, value }])[0] === label) return value;
  }
  return far;
}

function labelsOf(
  model: SegmentModel,
  values: CustomerValues,
  rows: readonly { readonly at: number; readonly value: number | string }[],
): Int32Array {
  const nRows = rows.length;
  const columns = model.inputs.map(({ kind }, at): ScoreColumn => {
    const own = values[at];
    if (kind === 'number') {
      const column = new Float64Array(nRows).fill(typeof own === 'number' ? own : NaN);
      rows.forEach((row, i) => {
        if (row.at === at && typeof row.value === 'number') column[i] = row.value;
      });
      return { kind, values: column };
    }
    const levels = typeof own === 'string' ? [own] : [];
    const codes = new Int32Array(nRows).fill(levels.length - 1);
    rows.forEach((row, i) => {
      if (row.at !== at || typeof row.value !== 'string') return;
      codes[i] = levels.length;
      levels.push(row.value);
    });
    return { kind, codes, levels };
  });
  return predictRows(model, columns, nRows).labels;
}

/** What a missing value of an input counts as. */
function fillOf({ inputs, features }: SegmentModel, at: number): number {
  const input = inputs[at];
  const own = features.find(({ from }) => from.kind === 'number' && from.column === input.name);
  return own?.fill ?? (input.kind === 'number' ? input.median : 0);
}

/** "With credit limit 6,200 instead of 4,500 it would be Low spend." */
export function flipInWords(
  { inputs, segments }: Pick<SegmentModel, 'inputs' | 'segments'>,
  { input, from, to, segment }: Flip,
): string {
  const { name } = inputs[input];
  const told = (value: number | string) =>
    typeof value === 'number' ? formatValue(value) : `“${value}”`;
  const label =
    typeof to === 'number'
      ? featureLabel({ from: { kind: 'number', column: name } })
      : columnLabel(name);
  const instead = from === null ? ', where none is given,' : ` instead of ${told(from)}`;
  return `With ${label} ${told(to)}${instead} it would be ${segments[segment].name}.`;
}
