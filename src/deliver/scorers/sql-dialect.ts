/** What differs between databases; the statement is the same. */
export interface SqlDialect {
  readonly quoteName: (name: string) => string;
  readonly quoteText: (text: string) => string;
  readonly number: (value: number) => string;
  /** A column read as a number. */
  readonly asNumber: (column: string) => string;
  readonly asText: (column: string) => string;
  readonly equalsText: (value: string, text: string) => string;
  /** Natural, of 1 + value, without loss near 0; value is above −1. */
  readonly log1p: (value: string) => string;
  /** Both keep the database from writing one part of the statement into the next, again and again. */
  readonly as: string;
  readonly fence: string;
  /** What a result beyond the range of doubles is. */
  readonly overflow: 'error' | 'infinity';
}

export const sqlDialects = ['ansi', 'postgresql', 'sqlite', 'spark'] as const;
export type SqlDialectName = (typeof sqlDialects)[number];

export function dialectOf(name: SqlDialectName): SqlDialect {
  switch (name) {
    case 'ansi':
      return ansi;
    case 'postgresql':
      return {
        ...ansi,
        asNumber: (column) =>
          `NULLIF(CAST(${column} AS DOUBLE PRECISION), CAST('NaN' AS DOUBLE PRECISION))`,
        asText: (column) => `CAST(${column} AS TEXT)`,
      };
    case 'sqlite':
      return {
        ...ansi,
        number: exactNumber,
        // A column of text, as an import of CSV makes it: what is no number there would be 0.
        asNumber: (column) =>
          `CASE WHEN typeof(${column}) IN ('integer', 'real') OR (TRIM(${column}) NOT GLOB '*[^0-9.eE+-]*' AND TRIM(${column}) GLOB '*[0-9]*') THEN CAST(${column} AS REAL) END`,
        asText: (column) => `CAST(${column} AS TEXT)`,
        equalsText: (value, text) => `${value} = ${text} COLLATE BINARY`,
        as: 'AS MATERIALIZED',
        fence: '',
        overflow: 'infinity',
      };
    case 'spark':
      return {
        ...ansi,
        quoteName: (name) => `\`${clean(name).replaceAll('`', '``')}\``,
        // It reads escapes in text, and two texts side by side as one.
        quoteText: (text) => `'${clean(text).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
        asNumber: (column) => `NULLIF(CAST(${column} AS DOUBLE), CAST('NaN' AS DOUBLE))`,
        asText: (column) => `CAST(${column} AS STRING)`,
        log1p: (value) => `LOG1P(${value})`,
        // From version 3.3 on it does not do so.
        fence: '',
        overflow: 'infinity',
      };
  }
}

const ansi: SqlDialect = {
  quoteName: (name) => `"${clean(name).replaceAll('"', '""')}"`,
  quoteText: (text) => `'${clean(text).replaceAll("'", "''")}'`,
  number: (value) => signed(value, decimal),
  asNumber: (column) => `CAST(${column} AS DOUBLE PRECISION)`,
  asText: (column) => `CAST(${column} AS VARCHAR(4000))`,
  equalsText: (value, text) => `${value} = ${text}`,
  // W. Kahan: what 1 + x rounds away is put right by x / ((1 + x) − 1).
  log1p: (x) =>
    `CASE WHEN 1e0 + ${x} = 1e0 THEN ${x} ELSE LN(1e0 + ${x}) * (${x} / ((1e0 + ${x}) - 1e0)) END`,
  as: 'AS',
  fence: ' OFFSET 0 ROWS',
  overflow: 'error',
};

/** No text in a database holds U+0000, which would end the statement in some, or half of a character. */
function clean(text: string): string {
  return text.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd');
}

function signed(value: number, write: (magnitude: number) => string): string {
  return value < 0 ? `(-${write(-value)})` : write(value);
}

/** With an exponent: without one it is no binary floating-point number in SQL. As many digits as it takes. */
function decimal(magnitude: number): string {
  return magnitude.toExponential().replace('e+', 'e');
}

/** SQLite reads decimals of more than 15 digits to the last bit but one, now and then; of whole numbers every bit. */
function exactNumber(value: number): string {
  return signed(value, (magnitude) => {
    const text = decimal(magnitude);
    if (text.replace(/e.*/, '').length <= 16) return text;
    let exponent = 0;
    let whole = magnitude;
    for (; !Number.isInteger(whole) && exponent < 62; exponent++) whole *= 2;
    if (!Number.isSafeInteger(whole)) return text;
    return exponent === 0 ? `${whole}.0` : `(${whole}.0 / ${2n ** BigInt(exponent)}.0)`;
  });
}
