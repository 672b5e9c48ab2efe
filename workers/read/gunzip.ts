import { AppError } from '../../src/core/errors';

/** A table that unpacks to more than this, or to more than 1,000 times its size, is refused. */
const maxBytes = 2 * 1024 ** 3;
const maxRatio = 1000;
/** Below this size a high ratio harms nobody. */
const ratioCountsFrom = 10 * 1024 ** 2;

/**
 * Unpacks a gzip file.
 *
 * @throws AppError `file-too-large` when it grows beyond the limits, `file-unreadable` when it is damaged
 */
export async function gunzip(source: Blob, breathe: () => Promise<void>): Promise<Blob> {
  const reader = source.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let nBytes = 0;
  try {
    for (;;) {
      await breathe();
      const { done, value } = await readOrRefuse(reader);
      if (done) return new Blob(parts);
      nBytes += value.length;
      if (nBytes > maxBytes || (nBytes > ratioCountsFrom && nBytes > maxRatio * source.size)) {
        throw new AppError(
          'file-too-large',
          `The gzip file unpacks to more than ${Math.round(nBytes / 1024 ** 2)} MB from ${Math.ceil(source.size / 1024)} KB, which no real table does. Unpack it yourself and drop the CSV file.`,
          { bytes: source.size, unpackedBytes: nBytes },
        );
      }
      parts.push(value);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function readOrRefuse(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>) {
  try {
    return await reader.read();
  } catch {
    throw new AppError(
      'file-unreadable',
      'The gzip file is damaged or cut off and cannot be unpacked. Download or pack it again.',
    );
  }
}
