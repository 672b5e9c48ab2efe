/** Bytes that become text in one call: more of them would be too many arguments. A multiple of 3, so that pieces join. */
const pieceLength = 3 * 8192;

/** Bytes as base64, in pieces that are to be joined. Between them the page may do something else. */
export async function toBase64(bytes: Uint8Array): Promise<string[]> {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += pieceLength) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(from, from + pieceLength))));
    if (pieces.length % 40 === 0) await nextTask();
  }
  return pieces;
}

/** @returns the bytes, null where the text is no base64 */
export async function fromBase64(text: string): Promise<Uint8Array<ArrayBuffer> | null> {
  if (text.length % 4 !== 0 || !/^[A-Za-z\d+/]*={0,2}$/.test(text)) return null;
  const bytes = new Uint8Array((text.length / 4) * 3);
  const step = (pieceLength / 3) * 4;
  let length = 0;
  for (let from = 0; from < text.length; from += step) {
    const piece = atob(text.slice(from, from + step));
    for (let i = 0; i < piece.length; i++) bytes[length++] = piece.charCodeAt(i);
    if ((from / step) % 40 === 39) await nextTask();
  }
  return bytes.slice(0, length);
}

/** For addresses: no character that means something there, no padding. */
export async function toBase64Url(bytes: Uint8Array): Promise<string> {
  const text = (await toBase64(bytes)).join('');
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @returns the bytes, null where the text is no base64url */
export function fromBase64Url(text: string): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!/^[\w-]*$/.test(text)) return Promise.resolve(null);
  const padded = text.replaceAll('-', '+').replaceAll('_', '/');
  return fromBase64(padded + '='.repeat((4 - (padded.length % 4)) % 4));
}

export async function pack(content: Blob, format: 'gzip' | 'deflate-raw'): Promise<Uint8Array> {
  const packed = content.stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/**
 * Unpacks what may be anything, and stops as soon as it is larger than it may be: a few bytes can say gigabytes.
 *
 * @param most bytes that it may hold
 * @returns null where it is no packed content, or more than that
 */
export async function unpack(
  bytes: Uint8Array<ArrayBuffer>,
  format: 'gzip' | 'deflate-raw',
  most: number,
): Promise<Blob | null> {
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream(format))
    .getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Blob(parts);
      length += value.length;
      if (length > most) {
        await reader.cancel();
        return null;
      }
      parts.push(value);
    }
  } catch {
    return null;
  }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
