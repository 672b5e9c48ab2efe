import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Source } from '../src/contract/api';
import { sampleCsv } from '../src/core/sample';

const sliceBytes = 4 * 2 ** 20;
/** What the browser's own SHA-256, which takes everything at once, may hold in memory. */
const atOnceBytes = 256 * 2 ** 20;

/** The bytes of a source. The sample is written as CSV, so that it takes the same way as a file. */
export function bytesOf(source: Source): Blob {
  switch (source.kind) {
    case 'file':
      return source.blob;
    case 'sample':
      return new Blob([...sampleCsv(source.nRows, source.seed)], { type: 'text/csv' });
  }
}

/** What the content is known by: the SHA-256 of the bytes, in hexadecimal. */
export async function fingerprint(source: Source, breathe: () => Promise<void>): Promise<string> {
  if (source.kind === 'sample') return `sample:${source.nRows}:${source.seed}`;
  return bytesToHex(await digest(source.blob, breathe));
}

/**
 * The browser's own digest is seven times as fast as the library's, but absent on pages served without TLS (typed as if
 * it were always there), and it cannot take a large file slice by slice.
 */
async function digest(blob: Blob, breathe: () => Promise<void>): Promise<Uint8Array> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (subtle !== undefined && blob.size <= atOnceBytes) {
    const hash = await subtle.digest('SHA-256', await blob.arrayBuffer());
    await breathe();
    return new Uint8Array(hash);
  }
  const hash = sha256.create();
  for (let start = 0; start < blob.size; start += sliceBytes) {
    const slice = blob.slice(start, start + sliceBytes);
    hash.update(new Uint8Array(await slice.arrayBuffer()));
    await breathe();
  }
  return hash.digest();
}
