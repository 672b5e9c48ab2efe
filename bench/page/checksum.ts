import { cellText, type Column } from '../../src/core/table/table';

const chunkRows = 4096;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 as in zlib, so that anybody can compute it; begun with 0 and continued chunk by chunk. */
function crc32(bytes: Uint8Array, before: number): number {
  let value = ~before;
  for (const byte of bytes) value = (value >>> 8) ^ table[(value ^ byte) & 255];
  return ~value >>> 0;
}

/**
 * A number that two readers of the same file agree on only if they agree on every cell of a column: the CRC-32 of the
 * float64 values, little-endian (missing: the plain NaN), or of the cells as UTF-8, each followed by "\n".
 */
export function checksum(column: Column, nRows: number): number {
  let value = 0;
  const encoder = new TextEncoder();
  for (let first = 0; first < nRows; first += chunkRows) {
    const end = Math.min(first + chunkRows, nRows);
    if (column.kind === 'number') {
      const chunk = column.values.slice(first, end).map((x) => (Number.isNaN(x) ? NaN : x));
      value = crc32(new Uint8Array(chunk.buffer), value);
    } else {
      let text = '';
      for (let i = first; i < end; i++) text += `${cellText(column, i)}\n`;
      value = crc32(encoder.encode(text), value);
    }
  }
  return value;
}
