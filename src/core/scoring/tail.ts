/** A file as it is at the moment. */
export interface GrowingFile {
  readonly size: number;
  bytes(start: number, end: number): Promise<Uint8Array>;
}

/** What has become of a file since it was last looked at. Bytes from `from` to before `to` are whole lines that are new. */
export type Growth =
  | {
      readonly kind: 'grown';
      readonly from: number;
      readonly to: number;
      /** Bytes behind them of a line that has no end yet. */
      readonly nPending: number;
    }
  | { readonly kind: 'same'; readonly nPending: number }
  /** It is another file now: shorter than what was read of it, or with another beginning. It is read from its start. */
  | { readonly kind: 'anew'; readonly why: 'shorter' | 'replaced' };

export interface Tail {
  look(file: GrowingFile): Promise<Growth>;
  /** What was found has been dealt with; without it, it is found again. */
  accept(growth: Growth): void;
}

/** So much of the beginning tells one file from another. */
const headBytes = 512;
const chunkBytes = 2 ** 20;
/** A quote that is open for longer than this is a stray one. */
const longestCell = 2 ** 20;

const LF = 10;
const quote = 34;

/**
 * Finds what was appended to a file, line by line. Only bytes that are new are read, but for the first few, which tell
 * whether it is the same file. A line counts when its end has been written, and no quoted cell is open there.
 */
export function createTail(): Tail {
  let offset = 0;
  let head = new Uint8Array();
  let seen: Uint8Array = head;
  return {
    async look(file) {
      if (file.size < offset) return { kind: 'anew', why: 'shorter' };
      const now = await file.bytes(0, Math.min(headBytes, file.size));
      if (head.some((byte, i) => byte !== now[i])) return { kind: 'anew', why: 'replaced' };
      seen = now;
      const to = await lastLineEnd(file, offset);
      const nPending = file.size - to;
      return to > offset
        ? { kind: 'grown', from: offset, to, nPending }
        : { kind: 'same', nPending };
    },
    accept(growth) {
      if (growth.kind === 'same') return;
      offset = growth.kind === 'grown' ? growth.to : 0;
      head = seen.slice(0, offset);
    },
  };
}

/** Where the last whole line from `start` on ends; `start` where there is none. */
async function lastLineEnd(file: GrowingFile, start: number): Promise<number> {
  let whole = start;
  let last = start;
  let isOpen = false;
  for (let at = start; at < file.size; at += chunkBytes) {
    const bytes = await file.bytes(at, Math.min(file.size, at + chunkBytes));
    for (let i = 0; i < bytes.length; i++) {
      if (bytes[i] === quote) isOpen = !isOpen;
      else if (bytes[i] === LF) {
        last = at + i + 1;
        if (!isOpen) whole = last;
      }
    }
  }
  return isOpen && last - whole > longestCell ? last : whole;
}
