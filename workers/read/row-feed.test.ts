import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors';
import type { ParserDialect } from './papa-parser';
import { RowFeed } from './row-feed';

const plain: ParserDialect = { separator: ',', quote: '"', escape: '"', hasGaps: false };

/** The rows of a text that arrives in pieces, or the message of the refusal. */
function rowsOf(pieces: readonly string[], dialect = plain) {
  const feed = new RowFeed(dialect, 1);
  try {
    return pieces.flatMap((piece, i) => feed.push(piece, i === pieces.length - 1));
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}
const fieldsOf = (text: string) => {
  const rows = rowsOf([text]);
  if (typeof rows === 'string') throw new Error(rows);
  return rows.map(({ fields }) => fields);
};
const linesOf = (text: string) => {
  const rows = rowsOf([text]);
  return typeof rows === 'string' ? rows : rows.map(({ line }) => line);
};

describe('line ends', () => {
  it('of three kinds may be mixed', () => {
    expect(fieldsOf('a,b\r\n1,2\n3,4\r5,6\r\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]);
    expect(linesOf('a,b\r\n1,2\n3,4\r5,6\r\n')).toEqual([1, 2, 3, 4]);
  });

  it('inside quotes stay as they are', () => {
    expect(fieldsOf('a,"x\ny"\r\n"p\r\nq",b\r"r\rs",c')).toEqual([
      ['a', 'x\ny'],
      ['p\r\nq', 'b'],
      ['r\rs', 'c'],
    ]);
    expect(fieldsOf('"a\r"\n"b\r\r\n"\r"\r",c\r')).toEqual([['a\r'], ['b\r\r\n'], ['\r', 'c']]);
  });

  it('inside quotes count as lines', () => {
    expect(linesOf('a,b\n"x\ny\r\nz",1\n\n  \n2,3')).toEqual([1, 2, 7]);
  });

  it('are neither U+2028 nor U+0085', () => {
    expect(fieldsOf('a\u2028b,c\u0085d')).toEqual([['a\u2028b', 'c\u0085d']]);
  });
});

describe('a quote that is never closed', () => {
  it('is refused with the line and the field on which it was opened', () => {
    expect(rowsOf(['id,note\n1,"open\n2,b\n3,c\n'])).toContain('line 2 (field 2)');
    expect(rowsOf(['id,note\n"a\nb","open\n2,b\n'])).toContain('line 3 (field 2)');
  });

  it('is refused in linear time, however large the file', () => {
    const piece = '2,b,c,d\n'.repeat(16_384);
    const started = performance.now();
    expect(rowsOf(['id,note\n1,"open\n', ...Array<string>(200).fill(piece)])).toContain('line 2');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('is noticed even if a later quote closes it by accident', () => {
    const rows = '2,b\n'.repeat(30);
    expect(rowsOf([`id,note\n1,"open\n${rows}3,"x"\n4,c\n`])).toContain('opened at line 2');
  });

  it('is not seen in a badly quoted cell of one line', () => {
    expect(fieldsOf('1,"a "b" c"\n2,d\n')).toEqual([
      ['1', 'a "b" c'],
      ['2', 'd'],
    ]);
  });
});

describe('pieces', () => {
  const letter = fc.constantFrom(
    'a',
    '1',
    ',',
    ',',
    '"',
    '"',
    '\n',
    '\r',
    '\r\n',
    ' ',
    '\\',
    "'",
    '\u1680x',
  );
  const dialects: ParserDialect[] = [
    plain,
    { ...plain, escape: '\\' },
    { ...plain, quote: "'", escape: "'" },
    { ...plain, hasGaps: true },
  ];

  it('of any size give the same rows', () => {
    fc.assert(
      fc.property(
        fc.array(letter, { maxLength: 40 }),
        fc.array(fc.nat(40), { maxLength: 6 }),
        fc.constantFrom(...dialects),
        (letters, cuts, dialect) => {
          const text = letters.join('');
          const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].sort(
            (a, b) => a - b,
          );
          const pieces = at.slice(1).map((end, i) => text.slice(at[i], end));
          expect(rowsOf([...pieces, ''], dialect)).toEqual(rowsOf([text], dialect));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('written by RFC 4180 give back any cells', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r', 'é', '\u1680'),
    });
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(cell, { minLength: 2, maxLength: 4 }), lineEnd), {
          maxLength: 6,
        }),
        (rows) => {
          const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const text = rows.map(([fields, end]) => fields.map(quote).join(',') + end).join('');
          expect(fieldsOf(text)).toEqual(rows.map(([fields]) => fields));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
