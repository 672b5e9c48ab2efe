import type { ToldTree } from '../core/explain/tree-words';
import { mixtureOf } from '../core/explain/tree-words';
import { rulesOf, type RulePart } from '../core/explain/tree-rules';
import type { FeatureOrigin } from '../core/features/encode-table';
import { counted, formatShare } from '../core/words';

/**
 * The leaves of a tree as text, one rule each: IF … THEN a segment, with columns by their names in the file and numbers in
 * full, so that whoever applies them gets what the tree says. The rules for most customers come first.
 */
export function treeRulesText(told: ToldTree): string {
  const { tree, features, names, all, tested } = told;
  const rules = rulesOf(tree)
    .map((rule) => ({ ...rule, found: mixtureOf(all[rule.node]).n }))
    .sort((a, b) => b.found - a.found || a.node - b.node);
  const total = mixtureOf(all[0]).n;
  const head = [
    `# Rules of a decision tree that recognises segments. Written by Tessera.`,
    `# Exactly one of these ${counted(rules.length, 'rule')} holds for each of ${counted(total, 'customer')}; gaps are filled before.`,
    `# They describe the segments; customers are placed by the nearest centre, which may say otherwise.`,
  ];
  const blocks = rules.map(({ node, parts, segment, found }) => {
    const conditions =
      parts.length === 0
        ? ['always']
        : parts.flatMap((part) => conditionsOf(part, features[part.feature].from));
    const right = all[node][segment];
    const nTested = mixtureOf(tested[node]).n;
    const unseen =
      nTested === 0
        ? 'not tested'
        : `${formatShare(tested[node][segment] / nTested)} right of ${nTested} not seen in training`;
    return [
      `IF ${conditions.join('\n   AND ')}`,
      `THEN ${quoted(names[segment])}`,
      `   # n = ${found}, ${formatShare(found === 0 ? 0 : right / found)} of them in this segment; ${unseen}`,
    ].join('\n');
  });
  return `${[head.join('\n'), ...blocks].join('\n\n')}\n`;
}

function conditionsOf({ over, upTo }: RulePart, from: FeatureOrigin): string[] {
  const column = quoted(from.column);
  if (from.kind === 'number') {
    return [
      ...(over === null ? [] : [`${column} > ${over}`]),
      ...(upTo === null ? [] : [`${column} <= ${upTo}`]),
    ];
  }
  const not = over === null ? 'NOT ' : '';
  switch (from.kind) {
    case 'level':
      return [`${column} IS ${not}${quoted(from.level)}`];
    case 'other':
      return [`${column} IS ${not}ANY OTHER LEVEL`];
    case 'missing':
      return [`${column} IS ${not}MISSING`];
  }
}

/** On one line whatever it holds. */
function quoted(text: string): string {
  return /^[\p{L}\p{N}_ .-]+$/u.test(text) ? text : JSON.stringify(text);
}
