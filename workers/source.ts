import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Source } from '../src/contract/api';
import { sampleCsv } from '../src/core/sample';

const sliceBytes = 4 * 2 ** 20;

/** The bytes of a source. The sample is written as CSV, so that it takes the same way as a file. */
export function bytesOf(source: Source): Blob {
  switch (source.kind) {
    case 'file':
      return source.blob;
    case 'sample':
      return new Blob([...sampleCsv(source.nRows, source.seed)], { type: 'text/csv' });
  }
}

/**
 * What the content is known by: the SHA-256 of the bytes, in hexadecimal. A library computes it, not `crypto.subtle`,
 * because that is absent on pages served without TLS and cannot take a file slice by slice.
 */
export async function fingerprint(source: Source, breathe: () => Promise<void>): Promise<string> {
  if (source.kind === 'sample') return `sample:${source.nRows}:${source.seed}`;
  const hash = sha256.create();
  for (let start = 0; start < source.blob.size; start += sliceBytes) {
    const slice = source.blob.slice(start, start + sliceBytes);
    hash.update(new Uint8Array(await slice.arrayBuffer()));
    await breathe();
  }
  return bytesToHex(hash.digest());
}
