/** A condition on one column of a segment, against all customers. All bounds that are given must hold. */
export interface Condition {
  /** By its meaning: the header of the published credit-card file. */
  readonly column: CreditCardColumn;
  /** Difference of the means in standard deviations of all customers. */
  readonly effectFrom?: number;
  readonly effectTo?: number;
  /** Mean of the segment / mean of all. */
  readonly ratioTo?: number;
}

/** What to do about a segment, and when. */
export interface AdviceRule {
  readonly id: string;
  readonly title: string;
  /** One or two sentences; what it is based on is told beside it. */
  readonly text: string;
  readonly when: readonly Condition[];
}

/** The columns that rules speak of. */
export const creditCardColumns = [
  'BALANCE',
  'PURCHASES',
  'PURCHASES_TRX',
  'CASH_ADVANCE',
  'PURCHASES_FREQUENCY',
  'PURCHASES_INSTALLMENTS_FREQUENCY',
  'CREDIT_LIMIT',
  'PRC_FULL_PAYMENT',
] as const;
export type CreditCardColumn = (typeof creditCardColumns)[number];

/**
 * Strategies for credit cards. An effect of 0.5 is a medium difference and 0.8 a large one (Cohen 1988); the rules
 * begin at about there, so that a segment near the average gets no advice. Change them together with `docs/advice.md`.
 */
export const creditCardRules: readonly AdviceRule[] = [
  {
    id: 'loyalty',
    title: 'Keep them: reward what they spend',
    text: 'Each of them spends far more than the others. A loyalty programme, early access and personal service cost less than losing one of them.',
    when: [
      { column: 'PURCHASES', effectFrom: 1 },
      { column: 'PURCHASES_TRX', effectFrom: 0.5 },
    ],
  },
  {
    id: 'premium',
    title: 'Offer a premium card or more room',
    text: 'High limits, and bills paid in full more often than on average: a premium card, or a higher limit where the rest of the picture allows it, fits how they use it.',
    when: [
      { column: 'CREDIT_LIMIT', effectFrom: 0.75 },
      { column: 'PRC_FULL_PAYMENT', effectFrom: 0.25 },
    ],
  },
  {
    id: 'instalments',
    title: 'Offer instalments where they buy',
    text: 'They are used to paying in parts: plans at the checkout, and clear terms, meet what they do already.',
    when: [{ column: 'PURCHASES_INSTALLMENTS_FREQUENCY', effectFrom: 0.5 }],
  },
  {
    id: 'everyday',
    title: 'Small rewards for everyday use',
    text: 'They buy often without being big spenders: points or cashback on daily categories can raise the basket.',
    when: [
      { column: 'PURCHASES_FREQUENCY', effectFrom: 0.5 },
      { column: 'PURCHASES', effectTo: 1 },
    ],
  },
  {
    id: 'cash-advances',
    title: 'Offer a cheaper loan than cash advances',
    text: 'They use the card as a loan. A personal loan or a repayment plan costs them less, and lowers the risk.',
    when: [{ column: 'CASH_ADVANCE', effectFrom: 0.75 }],
  },
  {
    id: 'debt',
    title: 'Watch the balance, offer a plan',
    text: 'High balances that are seldom paid in full: reminders, a repayment plan, and care with higher limits.',
    when: [
      { column: 'BALANCE', effectFrom: 0.75 },
      { column: 'PRC_FULL_PAYMENT', effectTo: -0.2 },
    ],
  },
  {
    id: 'dormant',
    title: 'Win them back, or let them rest',
    text: 'The card is seldom used. A first-purchase offer shows who comes back; campaigns for spenders are lost on them.',
    when: [
      { column: 'PURCHASES_FREQUENCY', effectTo: -0.5 },
      { column: 'PURCHASES', ratioTo: 0.5 },
      { column: 'CASH_ADVANCE', effectTo: 0.5 },
    ],
  },
  {
    id: 'full-payers',
    title: 'Earn by use, not by interest',
    text: 'Many of them pay in full. Benefits for using the card suit them; offers of credit do not.',
    when: [{ column: 'PRC_FULL_PAYMENT', effectFrom: 0.5 }],
  },
  {
    id: 'unused-room',
    title: 'There is room: invite them to use it',
    text: 'Their limits are above average and mostly unused: an invitation for larger purchases carries little risk.',
    when: [
      { column: 'CREDIT_LIMIT', effectFrom: 0.25 },
      { column: 'BALANCE', ratioTo: 0.6 },
      { column: 'PURCHASES', ratioTo: 0.8 },
    ],
  },
];
