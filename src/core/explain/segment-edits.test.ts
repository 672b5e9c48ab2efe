import { describe, expect, it } from 'vitest';
import { applyEdits, type SegmentEdit } from './segment-edits';
import {
  giveEdit,
  restingSentence,
  tidyEdit,
  withEdit,
  withoutEdit,
  writtenOf,
} from './edit-segment';
import type { SegmentProfile } from './profile';
import { restingNote } from './resting-note';

function segment(name: string, share: number): SegmentProfile {
  const size = Math.round(1000 * share);
  return { name, sentence: `${name}, in a sentence.`, size, share, columns: [], differences: [] };
}

const three = [segment('High spend', 0.5), segment('Low spend', 0.3), segment('High visits', 0.2)];
const spenders: SegmentEdit = {
  generated: 'High visits',
  share: 0.2,
  name: 'Regulars',
  sentence: null,
  advice: null,
};

describe('an edit', () => {
  it('renames the segment that its numbers call the same, and keeps what they say', () => {
    const { segments, resting } = applyEdits(three, { edits: [spenders] });
    expect(segments.map(({ name }) => name)).toEqual(['High spend', 'Low spend', 'Regulars']);
    expect(segments[2]).toMatchObject({
      sentence: 'High visits, in a sentence.',
      generated: { name: 'High visits', sentence: 'High visits, in a sentence.' },
    });
    expect(segments[0]).toBe(three[0]);
    expect(resting).toEqual([]);
  });

  it('goes with its segment, whatever number that has', () => {
    const { segments } = applyEdits([three[2], three[0]], { edits: [spenders] });
    expect(segments.map(({ name }) => name)).toEqual(['Regulars', 'High spend']);
  });

  it('rests where no segment is called so, or where that one is much larger or smaller', () => {
    for (const other of [
      three.slice(0, 2),
      [segment('High visits', 0.31)],
      [segment('High visits', 0.13)],
    ]) {
      const { segments, resting } = applyEdits(other, { edits: [spenders] });
      expect(segments).toEqual(other);
      expect(resting).toEqual([spenders]);
    }
    const { resting } = applyEdits([segment('High visits', 0.29)], { edits: [spenders] });
    expect(resting).toEqual([]);
  });

  it('never gives two segments one name', () => {
    const edits = ['High spend', 'Low spend'].map((generated, c) => {
      return { ...spenders, generated, share: three[c].share, name: 'Same' };
    });
    const taken = { ...spenders, name: 'Same' };
    const names = applyEdits(three, { edits: [...edits, taken] }).segments.map(({ name }) => name);
    expect(names).toEqual(['Same', 'Same 2', 'Same 3']);
    const [, , third] = applyEdits(three, { edits: [{ ...spenders, name: 'Low spend' }] }).segments;
    expect(third.name).toBe('Low spend 2');
  });

  it('may be of the sentence or the advice alone', () => {
    const edits = [{ ...spenders, name: null, advice: 'Call them.' }];
    expect(applyEdits(three, { edits }).segments[2]).toMatchObject({
      name: 'High visits',
      advice: 'Call them.',
    });
  });
});

describe('editing', () => {
  const none = { edits: [] };
  const typed = { name: 'Regulars', sentence: 'High visits, in a sentence.', advice: '' };

  it('writes down what differs from what the numbers say', () => {
    expect(withEdit(none, three[2], typed)).toEqual({ edits: [spenders] });
  });

  it('replaces what was written before, on the edited segment too', () => {
    const [, , edited] = applyEdits(three, { edits: [spenders] }).segments;
    const again = withEdit({ edits: [spenders] }, edited, { ...typed, name: 'Loyal' });
    expect(again).toEqual({ edits: [{ ...spenders, name: 'Loyal' }] });
    expect(writtenOf(edited)).toEqual({ name: 'Regulars', sentence: null, advice: null });
  });

  it('takes the edit away where everything is as the numbers say', () => {
    const [, , edited] = applyEdits(three, { edits: [spenders] }).segments;
    const back = { name: '  ', sentence: null, advice: '\n' };
    expect(withEdit({ edits: [spenders] }, edited, back)).toEqual(none);
  });

  it('gives a resting edit to another segment, or forgets it', () => {
    const other = { ...spenders, generated: 'High balance' };
    expect(giveEdit({ edits: [other] }, other, three[0])).toEqual({
      edits: [{ ...spenders, generated: 'High spend', share: 0.5 }],
    });
    expect(withoutEdit({ edits: [other, spenders] }, other)).toEqual({ edits: [spenders] });
  });

  it('keeps plain text of a length that fits', () => {
    expect(tidyEdit('name', ' Big \n\t spenders\u0000 ')).toBe('Big spenders');
    expect(tidyEdit('advice', 'One\r\nTwo\u0007')).toBe('One\nTwo');
    expect(tidyEdit('name', `${'a'.repeat(59)}😀`)).toBe('a'.repeat(59));
    expect(tidyEdit('name', '<b>&')).toBe('<b>&');
  });

  it('tells what rests and why', () => {
    expect(restingSentence(spenders)).toBe(
      '“Regulars” was written on a segment that its numbers call “High visits”, with 20\u00a0% of the customers. None of these is that one: it comes back when the segment does.',
    );
    expect(restingNote(0)).toBe('');
    expect(restingNote(1)).toBe(
      '1 name or text that you wrote fits none of these segments and rests: see Personas.',
    );
  });
});
