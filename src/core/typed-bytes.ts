/** Bytes of a value: of its large parts one by one, because values share them, and of all the others together. */
export interface Size {
  readonly large: ReadonlyMap<object, number>;
  readonly small: number;
}

/** From so many bytes on a part is large. */
const largeBytes = 4096;

/** Bytes of the typed arrays and strings in a value, each object once: what makes tables and results big. */
export function typedBytes(value: unknown): number {
  const { large, small } = sizeOf(value);
  return [...large.values()].reduce((sum, bytes) => sum + bytes, small);
}

export function sizeOf(value: unknown): Size {
  const large = new Map<object, number>();
  /** @returns bytes of what is not counted yet */
  const visit = (part: unknown): number => {
    if (typeof part === 'string') return 2 * part.length;
    if (part === null || typeof part !== 'object') return 8;
    if (large.has(part)) return 0;
    const own = ArrayBuffer.isView(part) ? part.byteLength : sumOver(part, visit);
    if (own < largeBytes) return own;
    large.set(part, own);
    return 0;
  };
  const small = visit(value);
  return { large, small };
}

function sumOver(whole: object, bytesOf: (part: unknown) => number): number {
  const parts: readonly unknown[] = Array.isArray(whole) ? whole : Object.values(whole);
  return parts.reduce<number>((sum, part) => sum + bytesOf(part), 0);
}
