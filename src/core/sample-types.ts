/** How customers of one type use the card for one purpose. */
export interface Use {
  /** Share of the customers who use it at all. */
  readonly chance: number;
  /** Typical probability of a use in a month, for those who do. */
  readonly monthly: number;
  /** Typical amount in a month of use, in the money of the file. */
  readonly amount: number;
}

/** A kind of customer. "Typical" is the median; the customers of a type scatter around it. */
export interface CustomerType {
  readonly name: string;
  /** Share of all customers. */
  readonly share: number;
  readonly oneOff: Use;
  readonly instalments: Use;
  readonly cash: Use;
  /** Typical number of purchases in a month with any. */
  readonly purchasesPerMonth: number;
  /** Typical credit limit, in the money of the file. */
  readonly creditLimit: number;
  /** Typical balance as a share of the credit limit, for those who neither pay in full nor draw cash. */
  readonly utilisation: number;
  /** How far that share scatters, on the logit scale. */
  readonly utilisationSpread: number;
  /** Share of the customers who pay in full in some months. */
  readonly fullPayers: number;
}

/** The types that the sample (sample.ts) mixes. Set by hand; no value is taken from a row of any file. */
// prettier-ignore
export const customerTypes: readonly CustomerType[] = [
  {
    name: 'quiet', share: 0.37,
    oneOff: { chance: 0.55, monthly: 0.15, amount: 120 },
    instalments: { chance: 0.32, monthly: 0.25, amount: 48 },
    cash: { chance: 0.52, monthly: 0.12, amount: 430 },
    purchasesPerMonth: 1.2, creditLimit: 2400, utilisation: 0.25, utilisationSpread: 2, fullPayers: 0.22,
  },
  {
    name: 'instalment shopper', share: 0.27,
    oneOff: { chance: 0.48, monthly: 0.2, amount: 120 },
    instalments: { chance: 1, monthly: 0.9, amount: 62 },
    cash: { chance: 0.24, monthly: 0.1, amount: 380 },
    purchasesPerMonth: 1.8, creditLimit: 2800, utilisation: 0.3, utilisationSpread: 1.9, fullPayers: 0.5,
  },
  {
    name: 'cash borrower', share: 0.16,
    oneOff: { chance: 0.4, monthly: 0.2, amount: 120 },
    instalments: { chance: 0.35, monthly: 0.4, amount: 55 },
    cash: { chance: 1, monthly: 0.42, amount: 520 },
    purchasesPerMonth: 1.3, creditLimit: 4500, utilisation: 0.4, utilisationSpread: 1.1, fullPayers: 0.1,
  },
  {
    name: 'big spender', share: 0.06,
    oneOff: { chance: 0.97, monthly: 0.8, amount: 340 },
    instalments: { chance: 0.9, monthly: 0.9, amount: 160 },
    cash: { chance: 0.3, monthly: 0.1, amount: 500 },
    purchasesPerMonth: 6.5, creditLimit: 6500, utilisation: 0.35, utilisationSpread: 1.4, fullPayers: 0.4,
  },
  {
    name: 'one-off buyer', share: 0.14,
    oneOff: { chance: 1, monthly: 0.55, amount: 150 },
    instalments: { chance: 0.55, monthly: 0.3, amount: 62 },
    cash: { chance: 0.28, monthly: 0.1, amount: 380 },
    purchasesPerMonth: 1.8, creditLimit: 4600, utilisation: 0.25, utilisationSpread: 1.9, fullPayers: 0.5,
  },
];
