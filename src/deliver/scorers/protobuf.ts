/**
 * The wire format of protocol buffers, as far as an ONNX model needs it: fields of whole numbers, of texts and of messages.
 * Source: protobuf.dev/programming-guides/encoding.
 */
export type Field = readonly [
  number: number,
  value: number | string | Uint8Array | readonly Field[],
];

const encoder = new TextEncoder();

/** @param fields in the order in which they are written; whole numbers from 0 to 2^53 */
export function message(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for (const [number, value] of fields) {
    if (typeof value === 'number') {
      parts.push(varint(number * 8), varint(value));
      continue;
    }
    const bytes =
      typeof value === 'string'
        ? encoder.encode(value)
        : value instanceof Uint8Array
          ? value
          : message(value);
    parts.push(varint(number * 8 + 2), varint(bytes.length), bytes);
  }
  return joined(parts);
}

/** Seven bits at a time, the lowest first. Not by bit operations: they end at 2^32. */
function varint(value: number): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
