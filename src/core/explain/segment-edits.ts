import type { SegmentProfile } from './profile';

/** What somebody wrote about a segment in place of what its numbers say; null: nothing. Plain text. */
export interface SegmentEdit {
  /** The name that the numbers gave the segment when it was edited: by it the segment is known again. */
  readonly generated: string;
  /** Share of the customers that it had then. */
  readonly share: number;
  readonly name: string | null;
  readonly sentence: string | null;
  readonly advice: string | null;
}

/** Characters that each part may have. */
export const longestEdit = { name: 60, sentence: 500, advice: 2000 } as const;
/** Edits that a recipe may hold, resting ones included. */
export const mostEdits = 200;

export interface SegmentParams {
  readonly edits: readonly SegmentEdit[];
}

export const segmentDefaults: SegmentParams = { edits: [] };

/** A segment that has grown or shrunk by more is another one, though the same column sets it apart. */
const sameSize = 1.5;

/**
 * Gives segments the names and sentences that people wrote. An edit holds for the segment that the numbers call the same,
 * if it is about as large as it was; numbers of segments mean nothing once there are others. An edit that fits no segment
 * rests: it is kept and told, and holds again when its segment is back (docs/decisions/0026).
 *
 * @param segments with the names that their numbers give, no two alike
 */
export function applyEdits(
  segments: readonly SegmentProfile[],
  { edits }: SegmentParams,
): { readonly segments: readonly SegmentProfile[]; readonly resting: readonly SegmentEdit[] } {
  const editOf = segments.map((segment) => edits.find((edit) => fits(edit, segment)));
  const names = new Set(segments.map(({ name }) => name));
  const edited = segments.map((segment, c): SegmentProfile => {
    const edit = editOf[c];
    if (edit === undefined) return segment;
    const { name, sentence } = segment;
    names.delete(name);
    const own = freeName(edit.name ?? name, names);
    names.add(own);
    return {
      ...segment,
      name: own,
      sentence: edit.sentence ?? sentence,
      generated: { name, sentence },
      ...(edit.advice !== null && { advice: edit.advice }),
    };
  });
  return { segments: edited, resting: edits.filter((edit) => !editOf.includes(edit)) };
}

/** Whether an edit is about this segment, edited or not. */
export function fits(edit: SegmentEdit, { name, share, generated }: SegmentProfile): boolean {
  const ratio = share / edit.share;
  return edit.generated === (generated?.name ?? name) && ratio <= sameSize && ratio >= 1 / sameSize;
}

/** No two segments are called the same. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let n = 2, candidate = name; ; n++) {
    if (!taken.has(candidate)) return candidate;
    candidate = `${name} ${n}`;
  }
}
