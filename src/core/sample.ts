import { AppError } from './errors';
import type { Random } from './random';
import { createRandom } from './random';
import type { CustomerType, Use } from './sample-types';
import { customerTypes } from './sample-types';

/**
 * A made-up customer file with the columns of the well-known credit-card data set ("CC GENERAL"), so that the page can
 * be tried without a file of one's own. Every value is drawn: first the customer's type (sample-types.ts), then in how
 * many months the card was used for what, then amounts. The numbers were set by hand so that means, quartiles, shares of
 * zeros and skewness come near the published ones. No row comes from any real file.
 */
export const sampleColumns = [
  'BALANCE',
  'BALANCE_FREQUENCY',
  'PURCHASES',
  'ONEOFF_PURCHASES',
  'INSTALLMENTS_PURCHASES',
  'CASH_ADVANCE',
  'PURCHASES_FREQUENCY',
  'ONEOFF_PURCHASES_FREQUENCY',
  'PURCHASES_INSTALLMENTS_FREQUENCY',
  'CASH_ADVANCE_FREQUENCY',
  'CASH_ADVANCE_TRX',
  'PURCHASES_TRX',
  'CREDIT_LIMIT',
  'PAYMENTS',
  'MINIMUM_PAYMENTS',
  'PRC_FULL_PAYMENT',
  'TENURE',
] as const;

const rowsPerChunk = 1000;

/**
 * The sample as CSV text: the header first, then pieces of up to 1000 lines, each line ended by "\n".
 * Streams, so that files of millions of rows can be written.
 *
 * @param nRows number of customers, from 0; 8950 is the size of the published file
 * @param seed 32-bit integer; the same seed and number give the same text
 * @throws AppError `setting-invalid` when nRows is not a whole number from 0
 */
export function* sampleCsv(nRows = 8950, seed = 1): Generator<string, void, undefined> {
  if (!Number.isSafeInteger(nRows) || nRows < 0) {
    const message = `The number of rows must be a whole number from 0, got ${nRows}.`;
    throw new AppError('setting-invalid', message, { name: 'nRows', value: nRows });
  }
  const random = createRandom(seed);
  // The published file lacks one credit limit; so does the sample.
  const withoutLimit = random.integer(nRows);
  const limitColumn = sampleColumns.indexOf('CREDIT_LIMIT');
  yield `CUST_ID,${sampleColumns.join(',')}\n`;
  for (let first = 0; first < nRows; first += rowsPerChunk) {
    let text = '';
    for (let row = first; row < Math.min(first + rowsPerChunk, nRows); row++) {
      const customer = drawCustomer(random, drawType(random));
      if (row === withoutLimit) customer[limitColumn] = NaN;
      text += `S${String(row + 1).padStart(5, '0')}`;
      for (const value of customer) text += `,${cell(value)}`;
      text += '\n';
    }
    yield text;
  }
}

/**
 * Frequencies have six decimals, as in the published file; money has two, so that the last bit of a browser's own
 * Math.exp does not show. Blank when missing.
 */
function cell(value: number): string {
  return Number.isNaN(value) ? '' : String(Math.round(value * 1e6) / 1e6);
}

/** A type by its share. */
function drawType(random: Random): CustomerType {
  let left = random.uniform();
  for (const type of customerTypes) {
    left -= type.share;
    if (left < 0) return type;
  }
  return customerTypes[0];
}

/** One customer of a type, in the order of `sampleColumns`; NaN where the file is blank. */
export function drawCustomer(random: Random, type: CustomerType): number[] {
  const tenure = drawTenure(random);
  const months = drawMonths(random, type, tenure);
  // Above or below the type's typical means, on the log scale: limit and amounts rise and fall together.
  const wealth = 0.73 * bell(random);
  const limit = roundLimit(type.creditLimit * Math.exp(wealth));
  const level = () => Math.exp(0.35 * wealth) * scatter(random, 0.83);
  const oneOff = cents(months.oneOff * type.oneOff.amount * level());
  const instalments = cents(months.instalments * type.instalments.amount * level());
  const cash = cents(months.cash * type.cash.amount * level());
  const purchases = cents(oneOff + instalments + drawMismatch(random, oneOff));
  const monthsInFull = drawMonthsInFull(random, type, tenure);
  const shift = (monthsInFull > 0 ? -2.2 : 0) + (months.cash > 0 ? 1.4 : 0) - 0.55 * wealth;
  const balance = drawBalance(random, type, limit, shift);
  const payments = drawPayments(random, purchases + cash, balance, monthsInFull / tenure);
  return [
    balance,
    drawBalanceFrequency(random, balance / limit, months.purchases / tenure, tenure),
    purchases,
    oneOff,
    instalments,
    cash,
    months.purchases / tenure,
    months.oneOff / tenure,
    months.instalments / tenure,
    drawCashFrequency(random, months.cash, tenure),
    drawTransactions(random, months.cash, 1.8),
    drawTransactions(random, months.purchases, type.purchasesPerMonth),
    limit,
    payments,
    drawMinimumPayment(random, balance, payments),
    monthsInFull / tenure,
    tenure,
  ];
}

/** Twelve months for most; the others left or joined within the year. */
function drawTenure(random: Random): number {
  return random.uniform() < 0.153 ? 6 + Math.floor(6 * random.uniform() ** 0.8) : 12;
}

interface Months {
  oneOff: number;
  instalments: number;
  cash: number;
  /** With a purchase of either kind. */
  purchases: number;
}

/** In how many of the months the card was used for what. Everybody in the file used it at least once. */
function drawMonths(random: Random, type: CustomerType, tenure: number): Months {
  const drawRate = ({ chance, monthly }: Use) =>
    random.uniform() < chance ? logistic(logit(monthly) + 1.3 * bell(random)) : 0;
  const oneOff = drawRate(type.oneOff);
  const instalments = drawRate(type.instalments);
  const cash = drawRate(type.cash);
  const months = { oneOff: 0, instalments: 0, cash: 0, purchases: 0 };
  for (let month = 0; month < tenure; month++) {
    const isOneOff = random.uniform() < oneOff;
    const isInstalment = random.uniform() < instalments;
    if (isOneOff) months.oneOff++;
    if (isInstalment) months.instalments++;
    if (isOneOff || isInstalment) months.purchases++;
    if (random.uniform() < cash) months.cash++;
  }
  if (months.purchases + months.cash === 0) months.cash = 1;
  return months;
}

/** Limits are granted in round steps, up to 30,000. */
function roundLimit(limit: number): number {
  const step = limit < 3000 ? 100 : 500;
  return Math.max(step, Math.round(Math.min(limit, 30_000) / step) * step);
}

/** In a few rows of the published file the two kinds of purchases do not add up to their sum. */
function drawMismatch(random: Random, oneOff: number): number {
  return oneOff > 0 && random.uniform() < 0.004 ? 50 * random.uniform() : 0;
}

/** At least one transaction in every month of use. */
function drawTransactions(random: Random, monthsOfUse: number, perMonth: number): number {
  return Math.max(monthsOfUse, Math.round(monthsOfUse * perMonth * scatter(random, 0.55)));
}

/** Months in which the whole balance was paid back. */
function drawMonthsInFull(random: Random, type: CustomerType, tenure: number): number {
  if (random.uniform() >= type.fullPayers) return 0;
  return Math.ceil(tenure * logistic(-0.5 + 2.2 * bell(random)));
}

/** A share of the limit, moved by `shift` on the logit scale; some of those near the limit are above it. */
function drawBalance(random: Random, type: CustomerType, limit: number, shift: number): number {
  if (random.uniform() < 0.009) return 0;
  const used = logistic(logit(type.utilisation) + shift + type.utilisationSpread * bell(random));
  const isOver = used > 0.9 && random.uniform() < 0.35;
  return cents(used * limit * (isOver ? 1.1 + 0.1 * Math.abs(bell(random)) : 1));
}

/** Share of the months with a balance: mostly all of them, less often where the card is little used. */
function drawBalanceFrequency(
  random: Random,
  utilisation: number,
  activity: number,
  tenure: number,
): number {
  if (utilisation === 0) return 0;
  const chanceOfAll = Math.min(0.86, 0.05 + 0.4 * activity + 4 * utilisation);
  if (random.uniform() < chanceOfAll) return 1;
  return Math.ceil(tenure * (1 - random.uniform()) ** 0.8) / tenure;
}

/** The published frequencies sometimes count one month more than the tenure has. */
function drawCashFrequency(random: Random, months: number, tenure: number): number {
  const isOver = tenure < 12 && months > tenure / 2 && random.uniform() < 0.06;
  return isOver ? (tenure + 1) / tenure : months / tenure;
}

/** Nothing, or a part of what was spent (all of it by those who pay in full) and of the balance. */
function drawPayments(random: Random, spent: number, balance: number, inFull: number): number {
  if (inFull === 0 && random.uniform() < 0.04) return 0;
  const onSpent = spent * Math.min(1, 0.45 + inFull) * scatter(random, 0.5);
  return cents(onSpent + 0.12 * balance * scatter(random, 1) + 50 * scatter(random, 1));
}

/** What the bank asks for: a base, a share of the balance, now and then arrears. Blank where nothing was paid. */
function drawMinimumPayment(random: Random, balance: number, payments: number): number {
  if (payments === 0 || random.uniform() < 0.0085) return NaN;
  const arrears = random.uniform() < 0.08 ? 6 * scatter(random, 0.9) : 1;
  return cents(arrears * (125 * scatter(random, 0.2) + 0.22 * balance * scatter(random, 0.4)));
}

const logit = (share: number) => Math.log(share / (1 - share));
const logistic = (x: number) => 1 / (1 + Math.exp(-x));
/** Like a normal draw (mean 0, variance 1), but within ±3: nobody spends without limit. */
const bell = (random: Random) => 2 * (random.uniform() + random.uniform() + random.uniform()) - 3;
/** A factor with median 1; `spread` is its standard deviation on the log scale. */
const scatter = (random: Random, spread: number) => Math.exp(spread * bell(random));
const cents = (amount: number) => Math.round(amount * 100) / 100;
