import { AppError } from '../../src/core/errors';
import { asOutOfMemory } from '../../src/core/out-of-memory';
import type { Encoding } from '../../src/core/table/read-params';
import { utf16FromNuls } from './sniff';

/** How to turn the bytes into text. */
export interface DecodePlan {
  readonly encoding: Encoding;
  /** Stop with {@link NotUtf8} at the first byte that does not fit, instead of writing U+FFFD. */
  readonly strict: boolean;
  /** Why this encoding, where that is worth telling: it is not UTF-8, or UTF-8 that ends inside a character. */
  readonly remark: 'none' | 'not-utf-8' | 'cut-off';
}

/** Thrown by a strict decoding: the bytes are not UTF-8 after all. */
export class NotUtf8 extends Error {}

/** One piece of the text. */
export interface TextSlice {
  readonly text: string;
  /** Bytes read so far. */
  readonly doneBytes: number;
  readonly isLast: boolean;
}

/** The encoding that the first bytes tell: a byte order mark, the NULs of UTF-16, else UTF-8 on trial. */
export function planFromHead(head: Uint8Array, wanted: 'auto' | Encoding): DecodePlan {
  if (wanted !== 'auto') return { encoding: wanted, strict: false, remark: 'none' };
  if (head[0] === 0xff && head[1] === 0xfe)
    return { encoding: 'utf-16le', strict: false, remark: 'none' };
  if (head[0] === 0xfe && head[1] === 0xff)
    return { encoding: 'utf-16be', strict: false, remark: 'none' };
  const utf16 = utf16FromNuls(head);
  if (utf16 !== null) return { encoding: utf16, strict: false, remark: 'none' };
  return { encoding: 'utf-8', strict: true, remark: 'none' };
}

/**
 * The encoding for bytes that are not quite UTF-8: UTF-8 with a few bad bytes when most of what is not ASCII is good
 * UTF-8, or when the file merely ends inside a character or holds lone surrogates; else Windows-1252.
 */
export async function planForBadUtf8(
  source: Blob,
  sliceBytes: number,
  breathe: () => Promise<void>,
): Promise<DecodePlan> {
  const tally = new Utf8Tally();
  for (let start = 0; start < source.size; start += sliceBytes) {
    tally.add(await readBytes(source, start, start + sliceBytes));
    await breathe();
  }
  const isCut = tally.endsInsideCharacter;
  if (tally.good + tally.almost + (isCut ? 1 : 0) < tally.bad) {
    return { encoding: 'windows-1252', strict: false, remark: 'not-utf-8' };
  }
  return { encoding: 'utf-8', strict: false, remark: isCut ? 'cut-off' : 'none' };
}

/** Decodes the file slice by slice; a character that straddles two slices comes out whole. */
export async function* decodeSlices(
  source: Blob,
  plan: DecodePlan,
  sliceBytes: number,
): AsyncGenerator<TextSlice> {
  const decoder = new TextDecoder(plan.encoding, { fatal: plan.strict });
  for (let start = 0; start < source.size; start += sliceBytes) {
    const end = Math.min(start + sliceBytes, source.size);
    const bytes = await readBytes(source, start, end);
    yield {
      text: decodeOrThrow(decoder, bytes, end === source.size),
      doneBytes: end,
      isLast: end === source.size,
    };
  }
}

/** @throws AppError `file-unreadable` when the file was moved, deleted or changed since it was dropped */
export async function readBytes(source: Blob, start: number, end: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await source.slice(start, end).arrayBuffer());
  } catch (error) {
    const outOfMemory = asOutOfMemory(error);
    if (outOfMemory !== null) throw outOfMemory;
    throw new AppError(
      'file-unreadable',
      'The file can no longer be read: it was moved, deleted or changed after you dropped it. Drop it again.',
    );
  }
}

function decodeOrThrow(decoder: TextDecoder, bytes: Uint8Array, isLast: boolean): string {
  try {
    const text = decoder.decode(bytes, { stream: true });
    // Flushed apart: without `stream`, Node 20 takes Windows-1252 for Latin-1.
    return isLast ? text + decoder.decode() : text;
  } catch {
    throw new NotUtf8();
  }
}

/** Counts good multi-byte characters, bad bytes, and the mistakes that only a writer of UTF-8 makes. */
class Utf8Tally {
  good = 0;
  bad = 0;
  /** Lone surrogates, ED A0..BF: wrong, and yet nothing but UTF-8. */
  almost = 0;
  /** Bytes of the character under way that are still to come. */
  #toCome = 0;
  #previous = 0;
  #isSurrogate = false;

  get endsInsideCharacter(): boolean {
    return this.#toCome > 0;
  }

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#toCome > 0 || byte >= 0x80) this.#take(byte);
      this.#previous = byte;
    }
  }

  #take(byte: number): void {
    if (this.#toCome > 0 && (byte & 0xc0) === 0x80) {
      if (this.#previous === 0xed) this.#isSurrogate = byte >= 0xa0;
      if (--this.#toCome > 0) return;
      if (this.#isSurrogate) this.almost++;
      else this.good++;
      return;
    }
    if (this.#toCome > 0) this.bad++;
    this.#toCome = bytesToCome(byte);
    this.#isSurrogate = false;
    if (byte >= 0x80 && this.#toCome === 0) this.bad++;
  }
}

/** How many bytes follow the first one of a character; 0 for what cannot be a first byte of several. */
function bytesToCome(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
}
