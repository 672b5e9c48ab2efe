import { describe, expect, it } from 'vitest';
import { AppError } from '../errors';
import { columnsOf, renameColumns, resolveColumns } from './columns';
import { parseFormula } from './parse';
import { presetsFor } from './presets';
import { formulaText } from './print';

const number = (...names: string[]) => names.map((name) => ({ name, kind: 'number' as const }));
const resolved = (text: string, ...names: string[]) =>
  formulaText(resolveColumns(parseFormula(text), number(...names)));

function refusal(action: () => unknown): AppError {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('not refused');
}

describe('the columns of a formula', () => {
  it('are listed once each, in order of appearance', () => {
    const formula = parseFormula('if(c > 0, a / [b x], -min(a, __proto__))');
    expect(columnsOf(formula)).toEqual(['c', 'a', 'b x', '__proto__']);
  });

  it('are renamed wherever they stand', () => {
    const formula = renameColumns(parseFormula('if(a > 0, -a, b)'), (name) => `${name} 2`);
    expect(formulaText(formula)).toBe('if([a 2] > 0, -[a 2], [b 2])');
  });

  it('are found exactly, else in another case where only one fits', () => {
    expect(resolved('balance / Limit', 'BALANCE', 'limit')).toBe('BALANCE / limit');
    expect(resolved('a / A', 'a', 'A')).toBe('a / A');
    const error = refusal(() => resolved('bal', 'Bal', 'BAL'));
    expect(error).toMatchObject({ code: 'formula-invalid', details: { column: 'bal' } });
    expect(error.message).toContain('“Bal” or “BAL”');
  });

  it('that are not there are refused with the nearest name', () => {
    const error = refusal(() => resolved('PURCHASE / TENURE', 'TENURE', 'PURCHASES', 'PAYMENTS'));
    expect(error).toMatchObject({ code: 'formula-invalid', details: { column: 'PURCHASE' } });
    expect(error.message).toContain('Did you mean “PURCHASES”?');
    const far = refusal(() => resolved('x', 'TENURE', '__proto__'));
    expect(far.message).not.toContain('Did you mean');
  });

  it('must hold numbers', () => {
    const columns = [{ name: 'Joined', kind: 'date' as const }];
    const error = refusal(() => resolveColumns(parseFormula('joined + 1'), columns));
    expect(error).toMatchObject({ code: 'formula-invalid', details: { column: 'Joined' } });
    expect(error.message).toContain('holds dates');
  });
});

const creditCard = number(
  'BALANCE',
  'PURCHASES',
  'ONEOFF_PURCHASES',
  'INSTALLMENTS_PURCHASES',
  'CASH_ADVANCE',
  'CREDIT_LIMIT',
  'PAYMENTS',
  'MINIMUM_PAYMENTS',
  'TENURE',
  'PURCHASES_TRX',
);

describe('ratios that are offered', () => {
  it('are six where the columns of the credit-card file are there', () => {
    expect(presetsFor(creditCard).map(({ name, formula }) => [name, formula])).toEqual([
      ['Monthly average purchase', 'PURCHASES / TENURE'],
      ['Monthly cash advance', 'CASH_ADVANCE / TENURE'],
      ['Limit usage', 'BALANCE / CREDIT_LIMIT'],
      ['Payment to minimum', 'PAYMENTS / MINIMUM_PAYMENTS'],
      ['Share of one-off purchases', 'ONEOFF_PURCHASES / PURCHASES'],
      ['Share of instalment purchases', 'INSTALLMENTS_PURCHASES / PURCHASES'],
    ]);
  });

  it('find columns by meaning and write them as they stand in the table', () => {
    const columns = number('Credit Limit', 'balance', 'min_payment', 'Payments');
    expect(presetsFor(columns).map(({ formula }) => formula)).toEqual([
      'balance / [Credit Limit]',
      'Payments / min_payment',
    ]);
  });

  it('do not use columns that are merely similar, or that hold no numbers', () => {
    expect(presetsFor(number('BALANCES_X', 'CREDIT_LIMITS_X'))).toEqual([]);
    const text = [...number('BALANCE'), { name: 'CREDIT_LIMIT', kind: 'text' as const }];
    expect(presetsFor(text)).toEqual([]);
  });

  it('are not offered again once the table has them', () => {
    const names = presetsFor([...creditCard, ...number('Limit usage')]).map(({ name }) => name);
    expect(names).toHaveLength(5);
    expect(names).not.toContain('Limit usage');
  });
});
