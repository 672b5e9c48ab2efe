/** Below these a customer sits on the border to the second segment, or is close to it. */
const onBorder = 0.1;
const close = 0.25;

/**
 * How clear an answer is: 1 − own distance / distance to the second segment's centre. 0 on the border between the two, 1 at
 * the own centre, and where there is no second segment.
 *
 * @param own distance to the own segment's centre
 * @param second to the next one's; Infinity where there is none
 */
export function marginOf(own: number, second: number): number {
  return second > 0 ? 1 - own / second : 0;
}

/** @param second name of the second segment; null where there is none */
export function marginInWords(margin: number, second: string | null): string {
  if (second === null) return 'The only segment there is.';
  if (margin < onBorder) return `On the border to ${second}.`;
  if (margin < close) return `Likely, but close to ${second}.`;
  return `Clearly; the next is ${second}.`;
}
