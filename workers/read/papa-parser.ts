import Papa from 'papaparse';

/** How fields and rows are told apart. Rows end with \n: see line-ends.ts. */
export interface ParserDialect {
  readonly separator: string;
  readonly quote: string;
  /** The quote itself when quotes are doubled, a backslash when they are escaped. */
  readonly escape: string;
  /** True when spaces stand between the separator and the quote: see quote-gaps.ts. */
  readonly hasGaps: boolean;
}

export interface ParsedRows {
  readonly rows: string[][];
  /** Characters of the text that belong to whole rows. */
  readonly cursor: number;
  /** Rows with a quote where none belongs; the field was read as well as it can be. */
  readonly oddQuoteRows: readonly number[];
  /** True when a quote was open at the end of the text (never while the last row is left out). */
  readonly endsInQuote: boolean;
}

/** The part of papaparse that is used: its parser, fed with text, giving arrays. Its types do not name it. */
interface PapaParser {
  parse(
    text: string,
    baseIndex: number,
    ignoreLastRow: boolean,
  ): {
    data: string[][];
    errors: { code: string; row?: number }[];
    meta: { cursor: number };
  };
}
type PapaParserClass = new (config: {
  delimiter: string;
  newline: string;
  quoteChar: string;
  escapeChar: string;
  preview: number;
}) => PapaParser;

/** True for a line with nothing on it, or nothing but spaces. */
export function isBlankRow(fields: readonly string[], { separator }: ParserDialect): boolean {
  if (fields.length === 1) return fields[0].trim() === '';
  return separator === ' ' && fields.every((field) => field === '');
}

/**
 * Splits text into rows of fields.
 *
 * @param wholeText false leaves out the last row, which may go on in text that is still to come
 * @param maxRows stop after so many; 0 for all
 */
export function parseRows(
  text: string,
  dialect: ParserDialect,
  wholeText: boolean,
  maxRows = 0,
): ParsedRows {
  const Parser = (Papa as unknown as { Parser: PapaParserClass }).Parser;
  const parser = new Parser({
    delimiter: dialect.separator,
    newline: '\n',
    quoteChar: dialect.quote,
    escapeChar: dialect.escape,
    preview: maxRows,
  });
  const { data, errors, meta } = parser.parse(text, 0, !wholeText);
  return {
    rows: data,
    cursor: meta.cursor,
    oddQuoteRows: errors.flatMap(({ code, row }) =>
      code === 'InvalidQuotes' && row !== undefined ? [row] : [],
    ),
    endsInQuote: errors.some(({ code }) => code === 'MissingQuotes'),
  };
}
