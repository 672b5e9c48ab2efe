import type { ReadParams } from '../../src/core/table/read-params';

/** A plain table: commas, points, LF, no quotes. */
export interface PlainTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The same table in another dress. */
export interface Variant {
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer>;
  /** For each column of the plain table its place and name in the variant. */
  readonly columns: readonly { readonly at: number; readonly name: string }[];
  /** The setting that the page proposes to change before the numbers are right; none where they are at once. */
  readonly correction?: keyof ReadParams;
}

export function parsePlain(text: string): PlainTable {
  const [header, ...rows] = text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  return { header, rows };
}

type Cell = (text: string, column: number, row: number) => string;

interface Dress {
  readonly separator?: string;
  readonly lineEnd?: (row: number) => string;
  readonly cell?: Cell;
  readonly header?: readonly string[];
  readonly above?: string;
  readonly below?: string;
}

const isNumber = (text: string) => /^-?\d/.test(text) && !Number.isNaN(Number(text));
const withComma = (text: string) => (isNumber(text) ? text.replace('.', ',') : text);
const quoted = (text: string) => `"${text}"`;

function textOf(table: PlainTable, dress: Dress): string {
  const { separator = ',', lineEnd = () => '\n', cell = (text) => text } = dress;
  const { header = table.header, above = '', below = '' } = dress;
  const lines = [
    header.join(separator),
    ...table.rows.map((row, i) => row.map((text, j) => cell(text, j, i)).join(separator)),
  ];
  return above + lines.map((line, i) => line + lineEnd(i)).join('') + below;
}

function utf16(text: string, isLittle: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), isLittle);
  return bytes;
}

/** Groups of three digits before the point. */
function grouped(text: string, mark: string): string {
  if (!isNumber(text)) return text;
  const [whole, ...fraction] = text.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, mark), ...fraction].join('.');
}

/** The same with a decimal comma: 1.234,5. */
function groupedWithComma(text: string, mark: string): string {
  return isNumber(text) ? grouped(text, '#').replace('.', ',').replaceAll('#', mark) : text;
}

/** @param money the column that gets a currency sign, and a per cent sign in another variant */
export function variantsOf(table: PlainTable, money: number): Variant[] {
  const width = table.header.length;
  const own = table.header.map((name, at) => ({ at, name }));
  const encode = (text: string) => new TextEncoder().encode(text);
  const make = (name: string, dress: Dress, more: Partial<Variant> = {}): Variant => ({
    name,
    content: encode(textOf(table, dress)),
    columns: own,
    ...more,
  });
  const renamed = (header: readonly string[], names: readonly string[]) => ({
    dress: { header },
    columns: own.map(({ at }) => ({ at, name: names[at] })),
  });
  const atMoney = (write: (text: string) => string, others: (text: string) => string): Cell => {
    return (text, j) => (text === '' ? '' : j === money ? write(text) : others(text));
  };
  const same = (text: string) => text;
  const plain = textOf(table, {});
  const semicolons = textOf(table, { separator: ';', cell: withComma });

  const latinHeader = table.header.with(money, `é ${table.header[money]}`);
  const latin = Uint8Array.from(textOf(table, { header: latinHeader }), (letter) =>
    letter.charCodeAt(0),
  );
  const breaks = table.header.with(money, '"two\nlines"');
  const twice = table.header.with(2, table.header[1]).with(3, '');
  const twiceNames = table.header.with(2, `${table.header[1]} (2)`).with(3, 'Column 4');
  const shuffled = own.map((_, j) => (j * 5 + 3) % width);
  const total = ['Total', ...Array<string>(width - 1).fill('123456.5')].join(',');

  return [
    make('semicolons and decimal commas', { separator: ';', cell: withComma }),
    make('semicolons and decimal points', { separator: ';' }),
    make('tabs', { separator: '\t' }),
    make('tabs and decimal commas', { separator: '\t', cell: withComma }),
    make('bars', { separator: '|' }),
    make('decimal commas in quotes', { cell: (text) => quoted(withComma(text)) }),
    make('a first line sep=;', { separator: ';', cell: withComma, above: 'sep=;\r\n' }),
    make('every field in quotes', { cell: quoted }),
    { name: 'UTF-8 with a mark', content: encode(`\uFEFF${plain}`), columns: own },
    { name: 'UTF-16 LE', content: utf16(plain, true), columns: own },
    { name: 'UTF-16 BE', content: utf16(plain, false), columns: own },
    { name: 'UTF-16 LE with a mark', content: utf16(`\uFEFF${semicolons}`, true), columns: own },
    { name: 'UTF-16 BE with a mark', content: utf16(`\uFEFF${semicolons}`, false), columns: own },
    {
      name: 'a header in Windows-1252',
      content: latin,
      columns: own.map(({ at }) => ({ at, name: latinHeader[at] })),
    },
    make('CR LF', { lineEnd: () => '\r\n' }),
    make('CR', { lineEnd: () => '\r' }),
    make('three kinds of line ends', { lineEnd: (row) => ['\r\n', '\n', '\r'][row % 3] }),
    make('blank lines in between', { lineEnd: (row) => (row % 7 === 0 ? '\n\n \n' : '\n') }),
    make('title lines', { above: 'Card customers\nAll branches, all products\n\n' }),
    make('title lines of a spreadsheet', {
      above: `Card customers${','.repeat(width - 1)}\n${','.repeat(width - 1)}\n`,
    }),
    make('a date above the header', { above: '2026-11-21\n' }),
    make('a total row', { below: `${total}\n` }, { correction: 'totalRow' }),
    make(
      'a header of two lines',
      { header: breaks },
      {
        columns: own.map(({ at, name }) => ({ at, name: at === money ? 'two lines' : name })),
      },
    ),
    make('cells of two lines', {
      cell: (text, j, i) => (j === 0 ? quoted(`${text}\nline ${i}`) : text),
    }),
    make('thousands with commas', { cell: (text) => quoted(grouped(text, ',')) }),
    make('thousands with points', {
      separator: ';',
      cell: (text) => groupedWithComma(text, '.'),
    }),
    make('thousands with spaces', { cell: (text) => grouped(text, ' ') }),
    make('thousands with narrow spaces', {
      separator: ';',
      cell: (text) => groupedWithComma(text, '\u202f'),
    }),
    make('thousands with apostrophes', { cell: (text) => grouped(text, "'") }),
    make('dollars', { cell: atMoney((text) => quoted(`$${grouped(text, ',')}`), same) }),
    make('euros', {
      separator: ';',
      cell: atMoney((text) => `${groupedWithComma(text, '.')} €`, withComma),
    }),
    make('francs', {
      separator: ';',
      cell: atMoney((text) => `CHF ${groupedWithComma(text, "'")}`, withComma),
    }),
    make('per cent', { cell: atMoney((text) => `${text}%`, same) }),
    make('names twice and none', renamed(twice, twiceNames).dress, renamed(twice, twiceNames)),
    make(
      'columns in another order',
      {},
      {
        content: encode(
          textOf(
            {
              header: shuffled.map((j) => table.header[j]),
              rows: table.rows.map((row) => shuffled.map((j) => row[j])),
            },
            {},
          ),
        ),
        columns: own.map(({ at, name }) => ({ at: shuffled.indexOf(at), name })),
      },
    ),
    make('words for missing', { cell: (text) => (text === '' ? 'n/a' : text) }),
    make('separators at the end of lines', { lineEnd: () => ',\n' }),
  ];
}
