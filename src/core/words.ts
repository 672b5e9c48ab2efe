/** The one place where numbers and names become words. English, the same on every machine. */

const whole = formatter({ maximumFractionDigits: 0 });
const threeDigits = formatter({ maximumSignificantDigits: 3 });
const twoDigits = formatter({ maximumSignificantDigits: 2 });

/** Made when it is first used: the first of a program takes 20 to 50 ms, for which the page must not wait. */
function formatter(options: Intl.NumberFormatOptions): Pick<Intl.NumberFormat, 'format'> {
  let made: Intl.NumberFormat | undefined;
  return {
    format: (value: number) => (made ??= new Intl.NumberFormat('en-US', options)).format(value),
  };
}

/** A measured value: whole from 100 on, three significant digits below. "4,522", "14.3", "0.206" */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return '–';
  // + 0: a mean of −0 is 0 to everybody.
  return Math.abs(value) >= 100 ? whole.format(value) : threeDigits.format(value + 0);
}

/** A whole number: 1234567 is "1,234,567". */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** Keeps a number and its unit on one line. */
const space = '\u00a0';

/** A share in [0, 1] as per cent: "44 %", "0.6 %", "under 0.1 %". Only nothing is "0 %", only all is "100 %". */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return `under 0.1${space}%`;
  if (percent > 99.9 && percent < 100) return `over 99.9${space}%`;
  if (percent >= 99.5 && percent < 100) return `${threeDigits.format(percent)}${space}%`;
  if (percent < 10 && percent !== Math.round(percent))
    return `${twoDigits.format(percent)}${space}%`;
  return `${whole.format(percent)}${space}%`;
}

/** How a mean relates to the average of all: "4.6×", "0.27×". */
export function formatRatio(ratio: number): string {
  return ratio >= 100 ? `${whole.format(ratio)}×` : `${twoDigits.format(ratio)}×`;
}

/** "812 bytes", "3.4 MB": thousands of bytes, as file managers count. */
export function formatBytes(nBytes: number): string {
  if (nBytes < 1000) return `${formatCount(nBytes)} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(nBytes) / 3), units.length);
  const value = nBytes / 1000 ** power;
  const digits = value < 9.95 ? 1 : 0;
  // 999,960 bytes are 1.0 MB, not 1000 kB.
  if (value >= 999.5 && power < units.length) return `1.0 ${units[power]}`;
  return `${value.toFixed(digits)} ${units[power - 1]}`;
}

const numberWords = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Small counts in words: "four", "12". */
export function countInWords(count: number): string {
  return numberWords[count] ?? formatCount(count);
}

/** "1 row", "2 rows", "4,212 rows". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c"; of 42 in total "a, b, c and 39 more". */
export function listInWords(items: readonly string[], total = items.length): string {
  const rest = total - items.length;
  const parts = rest > 0 ? [...items, `${formatCount(rest)} more`] : items;
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

/** A cell quoted for a sentence, cut when it is long, its line breaks made spaces. */
export function quoted(text: string, maxLength = 40): string {
  const flat = text.replace(/\s+/g, ' ');
  return `"${flat.length > maxLength ? `${flat.slice(0, maxLength)}…` : flat}"`;
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Headers of the published credit-card file, in words. */
const knownLabels = new Map([
  ['BALANCE', 'balance'],
  ['BALANCE_FREQUENCY', 'balance updates'],
  ['PURCHASES', 'purchases'],
  ['ONEOFF_PURCHASES', 'one-off purchases'],
  ['INSTALLMENTS_PURCHASES', 'instalment purchases'],
  ['CASH_ADVANCE', 'cash advances'],
  ['PURCHASES_FREQUENCY', 'purchase frequency'],
  ['ONEOFF_PURCHASES_FREQUENCY', 'one-off frequency'],
  ['PURCHASES_INSTALLMENTS_FREQUENCY', 'instalment frequency'],
  ['CASH_ADVANCE_FREQUENCY', 'cash advance frequency'],
  ['CASH_ADVANCE_TRX', 'cash advance count'],
  ['PURCHASES_TRX', 'purchase count'],
  ['CREDIT_LIMIT', 'credit limit'],
  ['PAYMENTS', 'payments'],
  ['MINIMUM_PAYMENTS', 'minimum payments'],
  ['PRC_FULL_PAYMENT', 'full payments, share'],
  ['TENURE', 'tenure, months'],
]);

/**
 * A column's name as it reads in a sentence: known headers by meaning, others with their separators opened
 * ("avg_order_value" → "avg order value"). Names that are already words are left as they are.
 */
export function columnLabel(name: string): string {
  const known = knownLabels.get(name.toUpperCase());
  if (known !== undefined) return known;
  const opened = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_\s]+/g, ' ')
    .trim();
  return /^[A-Z\d ]+$/.test(opened) && opened.length > 4 ? opened.toLowerCase() : opened;
}
