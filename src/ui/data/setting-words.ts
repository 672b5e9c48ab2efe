import type { ReadParams, ThousandsMark } from '../../core/table/read-params';

/** How the settings of reading and their values are called on the page. */
export const settingNames: Record<keyof ReadParams, string> = {
  delimiter: 'Separator',
  encoding: 'Encoding',
  header: 'First row',
  decimal: 'Decimal mark',
  thousands: 'Thousands mark',
  skipLines: 'Lines to skip',
  missing: 'What counts as missing',
  totalRow: 'Total row',
  dateOrder: 'Date order',
  names: 'Name',
  kinds: 'Type',
};

export const delimiterNames: ReadonlyMap<string, string> = new Map([
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'bar |'],
  [':', 'colon'],
  ['~', 'tilde ~'],
  [' ', 'space'],
]);

export const encodingNames: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'UTF-8'],
  ['windows-1252', 'Windows-1252, Western European'],
  ['utf-16le', 'UTF-16 LE'],
  ['utf-16be', 'UTF-16 BE'],
  ['windows-1250', 'Windows-1250, Central European'],
  ['windows-1251', 'Windows-1251, Cyrillic'],
  ['iso-8859-15', 'ISO 8859-15, Western European'],
  ['shift_jis', 'Shift JIS, Japanese'],
  ['gb18030', 'GB 18030, Chinese'],
]);

export const decimalNames = { '.': 'point, 1.5', ',': 'comma, 1,5' } as const;

export const thousandsNames: Record<'none' | ThousandsMark, string> = {
  none: 'none, 1234',
  ',': 'comma, 1,234',
  '.': 'point, 1.234',
  ' ': 'space, 1 234',
  "'": 'apostrophe, 1’234',
};

/** A date that has two meanings tells which one it is given. */
export const dateOrderNames = {
  'day-first': '3/4 is 3 April',
  'month-first': '3/4 is 4 March',
} as const;
