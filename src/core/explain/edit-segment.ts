import { formatShare } from '../words';
import type { SegmentProfile } from './profile';
import {
  fits,
  longestEdit,
  mostEdits,
  type SegmentEdit,
  type SegmentParams,
} from './segment-edits';

export type EditedPart = keyof typeof longestEdit;
export type Written = Readonly<Record<EditedPart, string | null>>;

/** What was typed as it is kept: one line (advice: several), no control characters, no room at the ends, not too long. */
export function tidyEdit(part: EditedPart, text: string): string {
  const lines = part === 'advice' ? text.replace(/\r\n?/g, '\n') : text.replace(/\s+/g, ' ');
  const plain = lines.replace(/[^\P{Cc}\n]/gu, '').trim();
  // Not by halves of a character that takes two.
  return plain
    .slice(0, longestEdit[part])
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
}

/** What stands on a segment now, by the hand of somebody; null: what the numbers say. */
export function writtenOf({ name, sentence, generated, advice }: SegmentProfile): Written {
  return {
    name: generated !== undefined && name !== generated.name ? name : null,
    sentence: generated !== undefined && sentence !== generated.sentence ? sentence : null,
    advice: advice ?? null,
  };
}

/**
 * The edits after one segment was edited. What is blank or the same as what the numbers say is no edit.
 *
 * @param typed null or blank: back to what the numbers say
 */
export function withEdit(
  { edits }: SegmentParams,
  segment: SegmentProfile,
  typed: Written,
): SegmentParams {
  const generated = segment.generated ?? segment;
  const part = (key: EditedPart, own: string | null) => {
    const text = tidyEdit(key, typed[key] ?? '');
    return text === '' || text === own ? null : text;
  };
  const edit: SegmentEdit = {
    generated: generated.name,
    share: segment.share,
    name: part('name', generated.name),
    sentence: part('sentence', generated.sentence),
    advice: part('advice', null),
  };
  const others = edits.filter((other) => !fits(other, segment));
  const isEdited = edit.name !== null || edit.sentence !== null || edit.advice !== null;
  return { edits: isEdited ? [...others, edit].slice(-mostEdits) : others };
}

/** Another segment takes over an edit that rests; what was written on it before goes. */
export function giveEdit(
  { edits }: SegmentParams,
  resting: SegmentEdit,
  segment: SegmentProfile,
): SegmentParams {
  return withEdit({ edits: edits.filter((edit) => edit !== resting) }, segment, resting);
}

export function withoutEdit({ edits }: SegmentParams, edit: SegmentEdit): SegmentParams {
  return { edits: edits.filter((other) => other !== edit) };
}

/** "“Big spenders” was written on a segment called “High purchases” with 4.6 % of the customers. …" */
export function restingSentence({ name, generated, share }: SegmentEdit): string {
  const what = name === null ? 'What was written' : `“${name}” was written`;
  return `${what} on a segment that its numbers call “${generated}”, with ${formatShare(share)} of the customers. None of these is that one: it comes back when the segment does.`;
}
