import { formatShare } from '../words';
import type { ClassifierId, ClassifierResult } from './compare-classifiers';

export const classifierNames: Readonly<Record<ClassifierId, string>> = {
  tree: 'Decision tree',
  forest: 'Random forest, 100 trees',
  'logistic-regression': 'Logistic regression',
  neighbours: 'Five nearest neighbours',
  'naive-bayes': 'Naive Bayes',
  network: 'Small neural network',
  'nearest-centroid': 'Nearest centre',
  majority: 'Always the largest segment',
};

/** A tree that is so little behind is worth its readable rules. */
const closeEnough = 0.03;

/** Which recognises the segments best, what that means, and whether the tree is good enough. */
export function comparisonFinding(results: readonly ClassifierResult[]): string {
  const learned = results.filter(({ id }) => id !== 'majority' && id !== 'nearest-centroid');
  const best = learned.reduce((a, b) => (b.report.accuracy > a.report.accuracy ? b : a));
  const tree = results.find(({ id }) => id === 'tree');
  const name = classifierNames[best.id].toLowerCase();
  const first =
    best.id === 'tree'
      ? `The tree does best (${formatShare(best.report.accuracy)}).`
      : `Best: ${name} (${formatShare(best.report.accuracy)}).`;
  const centre =
    'Segments are what lies nearest to a centre, so the nearest centre is hard to beat: this page places customers by it.';
  if (tree === undefined || best.id === 'tree') return `${first} ${centre}`;
  const behind = best.report.accuracy - tree.report.accuracy;
  const verdict =
    behind <= closeEnough
      ? 'The tree is hardly behind, and its rules can be read.'
      : `The tree is ${(100 * behind).toFixed(1)} points behind: its rules are the price of being readable.`;
  return `${first} ${verdict} ${centre}`;
}
