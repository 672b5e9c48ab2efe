/** A colour as every program that opens an SVG understands it. */
export interface PlainColor {
  /** Six hexadecimal digits after #. */
  readonly color: string;
  /** In [0, 1]; 0: nothing is to be seen. */
  readonly alpha: number;
}

const invisible: PlainColor = { color: '#000000', alpha: 0 };
const numbers = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?%?/gi;

/**
 * A computed colour of a browser, which says `rgb(…)`, or `color(srgb …)` where it mixed one; `none` and what nobody
 * knows are invisible.
 */
export function plainColor(computed: string): PlainColor {
  const text = computed.trim().toLowerCase();
  const isMixed = text.startsWith('color(srgb ');
  if (!isMixed && !text.startsWith('rgb(') && !text.startsWith('rgba(')) return invisible;
  const [r, g, b, alpha = 1] = (text.slice(text.indexOf('(')).match(numbers) ?? []).map(share);
  if (![r, g, b, alpha].every(Number.isFinite)) return invisible;
  const color = [r, g, b].map((part) => twoDigits(isMixed ? part * 255 : part)).join('');
  return { color: `#${color}`, alpha: Math.min(1, Math.max(0, alpha)) };
}

function share(text: string): number {
  return text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
}

function twoDigits(part: number): string {
  return Math.round(Math.min(255, Math.max(0, part)))
    .toString(16)
    .padStart(2, '0');
}
