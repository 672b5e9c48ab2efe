/** Symbols in headers that say something; other punctuation only separates. */
const symbols = new Map([
  ['%', 'percent'],
  ['‰', 'permille'],
  ['#', 'number'],
]);

/**
 * The words of a header, in small letters without accents: "ØAvg. OrderValue (€)" → øavg, order, value, €.
 * CamelCase is split, punctuation separates; signs for per cent, number and currencies are words.
 */
export function plainTokens(name: string): string[] {
  return (
    name
      .normalize('NFKD')
      .replace(/[\u0300-\u036f\p{Default_Ignorable_Code_Point}]/gu, '')
      .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
      .replace(/[%‰#]/g, (symbol) => ` ${symbols.get(symbol) ?? ''} `)
      .replace(/\p{Sc}/gu, ' $& ')
      // There and back: ß and ss are one.
      .toUpperCase()
      .toLowerCase()
      .split(/[^\p{L}\p{N}\p{M}\p{Sc}]+/u)
      .filter((token) => token !== '')
  );
}

/** What is short for what. Written in the singular. */
const abbreviations = new Map(
  Object.entries({
    account: 'acc acct',
    address: 'addr',
    advance: 'adv',
    amount: 'amt amnt',
    average: 'avg mean',
    balance: 'bal',
    category: 'cat categ',
    count: 'cnt',
    credit: 'cred',
    customer: 'cust client',
    description: 'desc descr',
    discount: 'disc',
    frequency: 'freq frq',
    installment: 'instalment instal inst',
    limit: 'lim',
    maximum: 'max',
    minimum: 'min',
    month: 'mo mth mnth',
    number: 'num no nr nbr',
    order: 'ord',
    payment: 'pmt pymt paymt',
    percent: 'pct perc prc percentage',
    previous: 'prev',
    product: 'prod',
    purchase: 'purch purchs',
    quantity: 'qty',
    revenue: 'rev',
    total: 'tot',
    transaction: 'trx txn trans tx trxn',
    value: 'val',
    year: 'yr',
  }).flatMap(([word, short]) => short.split(' ').map((text): [string, string] => [text, word])),
);

/** Words that say nothing by themselves. */
const fillers = new Set(['of', 'the']);

/** The words of a header with abbreviations written out, in the singular, without "of" and "the". */
export function foldedTokens(name: string): string[] {
  return plainTokens(name)
    .filter((token) => !fillers.has(token))
    .map((token) => {
      const singular = abbreviations.get(token) ?? singularOf(token);
      return abbreviations.get(singular) ?? singular;
    });
}

function singularOf(token: string): string {
  return token.length > 3 && token.endsWith('s') && !token.endsWith('ss')
    ? token.slice(0, -1)
    : token;
}

/** Words between which the order says what is meant: "payments to minimum" is not "minimum to payments". */
const directed = new Set(
  'to per over by from vs versus minus less div divided ratio before after until since'.split(' '),
);

/** The words in an order of their own, unless their order means something. */
export function unordered(tokens: readonly string[]): readonly string[] {
  return tokens.some((token) => directed.has(token)) ? tokens : tokens.slice().sort();
}

/** The numbers in a name: "q1 sales 2024" → "1 2024". Names that differ in one are different things. */
export function numbersIn(name: string): string {
  return (name.match(/\p{N}+/gu) ?? []).join(' ');
}
