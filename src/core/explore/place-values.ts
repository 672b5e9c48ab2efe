/** What is neither number nor finite has no place. */
export const noPlace = 255;

/** Not looked up yet. */
const unknown = 0xffff;

/** Where the sign, the exponent and the first four binary digits of a number stand, of its four quarters in memory. */
const upperQuarter = new Uint16Array(new Float64Array([1]).buffer)[3] === 0 ? 0 : 3;

/**
 * The place of each value among bounds: the index of the first bound that it does not exceed, their number where it exceeds
 * all of them. Numbers that begin with the same digits mostly have the same place, so that few are searched for.
 *
 * @param bounds ascending, at most 254
 * @returns by value; `noPlace` where it is missing or infinite
 */
export function placeValues(values: Float64Array, bounds: Float64Array): Uint8Array {
  const places = new Uint8Array(values.length).fill(noPlace);
  const quarters = new Uint16Array(values.buffer, values.byteOffset, 4 * values.length);
  // By first digits: the places of the least and the largest such number.
  const known = new Uint16Array(65_536).fill(unknown);
  const ofZero = search(bounds, 0, 0, bounds.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    // Not for NaN, nor for what is infinite.
    if (!(value - value === 0)) continue;
    if (value === 0) {
      places[i] = ofZero;
      continue;
    }
    const digits = quarters[4 * i + upperQuarter];
    if (known[digits] === unknown) known[digits] = placesOf(digits, bounds);
    const least = known[digits] >> 8;
    const largest = known[digits] & 255;
    places[i] = least === largest ? least : search(bounds, value, least, largest);
  }
  return places;
}

/** The places of the least and the largest number with these first digits, in one number. */
function placesOf(digits: number, bounds: Float64Array): number {
  const [a, b] = [0, 0xffff].map((rest) => {
    const one = new Float64Array(1);
    new Uint16Array(one.buffer).fill(rest)[upperQuarter] = digits;
    return one[0];
  });
  const least = search(bounds, Math.min(a, b), 0, bounds.length);
  return (least << 8) | search(bounds, Math.max(a, b), least, bounds.length);
}

function search(bounds: Float64Array, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
