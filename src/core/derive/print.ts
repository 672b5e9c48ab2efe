import { negateLevel, operatorLevels, type Formula } from './formula';
import { isWord } from './tokenize';

const primaryLevel = 6;

/** The formula as text, with the parentheses that it needs: `parseFormula` makes the same formula of it. */
export function formulaText(formula: Formula): string {
  switch (formula.kind) {
    case 'number':
      return String(formula.value);
    case 'column':
      return columnText(formula.name);
    case 'negate':
      return `-${within(formula.of, negateLevel)}`;
    case 'binary': {
      const { operator, left, right } = formula;
      const own = operatorLevels[operator];
      // A power takes a power or a minus on its right: a^b^c is a^(b^c). Comparisons take none on either side.
      const [least, leastRight] =
        operator === '^'
          ? [primaryLevel, negateLevel]
          : [own === operatorLevels['='] ? own + 1 : own, own + 1];
      return `${within(left, least)} ${operator} ${within(right, leastRight)}`;
    }
    case 'call':
      return `${formula.name}(${formula.args.map(formulaText).join(', ')})`;
  }
}

/** A column name as it stands in a formula. */
export function columnText(name: string): string {
  return isWord(name) ? name : `[${name.replaceAll(']', ']]')}]`;
}

/** In parentheses if it binds less tightly than `level`. */
function within(formula: Formula, level: number): string {
  const text = formulaText(formula);
  return levelOf(formula) < level ? `(${text})` : text;
}

function levelOf(formula: Formula): number {
  if (formula.kind === 'binary') return operatorLevels[formula.operator];
  return formula.kind === 'negate' ? negateLevel : primaryLevel;
}
