import { formatCount } from '../words';

export interface WardFacts {
  /** Segments of K-Means. */
  readonly nClusters: number;
  /** Between the segments and as many groups of Ward's method. */
  readonly adjustedRandIndex: number;
  readonly nCustomers: number;
  /** Prototypes that Ward's method was given in place of the customers; 0 where it was given all of them. */
  readonly nPrototypes: number;
}

/** From which adjusted Rand index on to say what. Conventions, like all such words: there is no test behind them. */
const bands = [
  {
    from: 0.9,
    agrees: 'finds nearly the same split',
    so: 'the segments hardly depend on the method',
  },
  {
    from: 0.65,
    agrees: 'largely agrees with this split',
    so: 'the cores of the segments stand, while some of their borders depend on the method',
  },
  {
    from: 0.35,
    agrees: 'agrees with this split only partly',
    so: 'where many customers belong depends on the method',
  },
  {
    from: -Infinity,
    agrees: 'hardly agrees with this split',
    so: 'it is one of several ways to divide these customers',
  },
];

/** Whether another method, without random starts, confirms the segments. */
export function wardSentence(facts: WardFacts): string {
  if (facts.nClusters < 2) return 'With one segment there is nothing to confirm.';
  // The word is about the number as it is printed. + 0: −0.00 is 0 to everybody.
  const index = Math.round(facts.adjustedRandIndex * 100) / 100 + 0;
  const { agrees, so } = bands.find(({ from }) => index >= from) ?? bands[bands.length - 1];
  return (
    `Ward’s method, which needs no random start, ${agrees} ` +
    `(adjusted Rand index ${index.toFixed(2)} of 1): ${so}.${onPrototypes(facts)}`
  );
}

function onPrototypes({ nPrototypes, nCustomers }: WardFacts): string {
  if (nPrototypes === 0) return '';
  return ` It was given ${formatCount(nPrototypes)} small groups that stand for the ${formatCount(nCustomers)} customers.`;
}
