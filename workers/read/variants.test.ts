import { beforeAll, describe, expect, it } from 'vitest';
import { hasShared, readShared, whyAbsent } from '../../tests/helpers/shared-data';
import { readDefaults, type ReadOutput, type ReadParams } from '../../src/core/table/read-params';
import { cellText, type Column } from '../../src/core/table/table';
import { read, sampleText } from './read-for-test';
import { parsePlain, variantsOf, type Variant } from './variants-for-test';

/** The settings that a warning about one of them proposes. */
function proposalFor(output: ReadOutput, setting: keyof ReadParams): Partial<ReadParams> {
  const warning = output.warnings.find((found) => found.setting === setting);
  if (warning?.proposal === undefined) throw new Error(`Nothing proposes another ${setting}.`);
  return warning.proposal;
}

async function readVariant({ content, correction }: Variant): Promise<ReadOutput> {
  const first = await read(content);
  return correction === undefined ? first : read(content, proposalFor(first, correction));
}

/** Every number, to the last bit; of other cells the text, of several lines the first. */
function expectSameCells(found: Column, wanted: Column, nRows: number): void {
  expect(found.kind === 'number').toBe(wanted.kind === 'number');
  const cellOf = (column: Column, row: number) =>
    column.kind === 'number' ? column.values[row] : cellText(column, row).split('\n')[0];
  for (let i = 0; i < nRows; i++) {
    const [cell, expected] = [cellOf(found, i), cellOf(wanted, i)];
    if (!Object.is(cell, expected))
      expect([wanted.name, i, cell]).toEqual([wanted.name, i, expected]);
  }
}

const sample = sampleText(400);
const card = hasShared('CC GENERAL.csv')
  ? new TextDecoder().decode(readShared('CC GENERAL.csv'))
  : '';
// PURCHASES: thousands, cents and zeros.
const money = 3;

describe.each([
  { file: 'the sample', text: sample },
  { file: `CC GENERAL.csv (else ${whyAbsent})`, text: card },
])('$file', ({ text }) => {
  describe.skipIf(text === '')('has the same numbers', () => {
    const variants = variantsOf(parsePlain(text), money);
    let plain: ReadOutput;
    beforeAll(async () => {
      plain = await read(text);
    });

    it.each(variants)('with $name', async (variant) => {
      const output = await readVariant(variant);
      expect(output.table.nRows).toBe(plain.table.nRows);
      expect(output.table.columns).toHaveLength(plain.table.columns.length);
      variant.columns.forEach(({ at, name }, j) => {
        const found = output.table.columns[at];
        expect(found.name).toBe(name);
        expectSameCells(found, plain.table.columns[j], plain.table.nRows);
      });
    });
  });
});

describe('what was found in a variant', () => {
  const found = async (name: string) => {
    const variant = variantsOf(parsePlain(sample), money).find((made) => made.name === name);
    if (variant === undefined) throw new Error(`There is no variant ${name}.`);
    return readVariant(variant);
  };

  it('is told: marks, units, titles', async () => {
    expect(await found('euros')).toMatchObject({ decimal: ',', thousands: '.', delimiter: ';' });
    expect((await found('euros')).columnNotes[money].unit).toBe('€');
    expect(await found('thousands with spaces')).toMatchObject({ decimal: '.', thousands: ' ' });
    expect(await found('francs')).toMatchObject({ decimal: ',', thousands: "'" });
    expect(await found('bars')).toMatchObject({ thousands: 'none', skipLines: 0 });
    expect((await found('title lines')).skipLines).toBe(3);
    expect((await found('title lines of a spreadsheet')).skipLines).toBe(2);
    expect((await found('a first line sep=;')).skipLines).toBe(1);
  });

  it('gives the same table when it is set by hand', async () => {
    for (const variant of variantsOf(parsePlain(sample), money)) {
      const guessed = await read(variant.content);
      const { delimiter, encoding, decimal, thousands, skipLines, dateOrder } = guessed;
      const set = await read(variant.content, {
        ...readDefaults,
        delimiter,
        encoding,
        decimal,
        thousands,
        skipLines,
        dateOrder,
        header: guessed.hasHeader ? 'yes' : 'no',
      });
      expect(set.table, variant.name).toEqual(guessed.table);
    }
  });
});
