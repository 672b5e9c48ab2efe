import { AppError } from '../errors';
import { editDistance } from '../table/edit-distance';
import type { ColumnKind } from '../table/table';
import { quoted } from '../words';
import type { Formula } from './formula';

/** The columns that a formula uses, each once, in order of appearance. */
export function columnsOf(formula: Formula): string[] {
  const names = new Set<string>();
  collect(formula, names);
  return [...names];
}

function collect(formula: Formula, names: Set<string>): void {
  switch (formula.kind) {
    case 'number':
      return;
    case 'column':
      names.add(formula.name);
      return;
    case 'negate':
      return collect(formula.of, names);
    case 'binary':
      collect(formula.left, names);
      return collect(formula.right, names);
    case 'call':
      for (const arg of formula.args) collect(arg, names);
  }
}

/** The same formula with other names for its columns. */
export function renameColumns(formula: Formula, nameOf: (name: string) => string): Formula {
  switch (formula.kind) {
    case 'number':
      return formula;
    case 'column':
      return { kind: 'column', name: nameOf(formula.name) };
    case 'negate':
      return { kind: 'negate', of: renameColumns(formula.of, nameOf) };
    case 'binary': {
      const left = renameColumns(formula.left, nameOf);
      return { ...formula, left, right: renameColumns(formula.right, nameOf) };
    }
    case 'call':
      return { ...formula, args: formula.args.map((arg) => renameColumns(arg, nameOf)) };
  }
}

/**
 * The formula with the names as they stand in the table: exactly, else in another case where only one fits.
 *
 * @throws AppError `formula-invalid` for a column that is not there, with the nearest name, or that holds no numbers
 */
export function resolveColumns(
  formula: Formula,
  columns: readonly { readonly name: string; readonly kind: ColumnKind }[],
): Formula {
  const kinds = new Map(columns.map(({ name, kind }) => [name, kind]));
  const names = columns.map(({ name }) => name);
  return renameColumns(formula, (wanted) => {
    const name = kinds.has(wanted) ? wanted : inAnotherCase(wanted, names);
    const kind = kinds.get(name);
    if (kind === 'number') return name;
    throw new AppError(
      'formula-invalid',
      `Column “${name}” holds ${kind === 'date' ? 'dates' : kind === 'category' ? 'categories' : 'text'}, and formulas compute with numbers. If it should hold numbers, change its type in Data.`,
      { column: name },
    );
  });
}

function inAnotherCase(wanted: string, names: readonly string[]): string {
  const folded = wanted.toLowerCase();
  const same = names.filter((name) => name.toLowerCase() === folded);
  if (same.length === 1) return same[0];
  throw new AppError(
    'formula-invalid',
    same.length > 1
      ? `${quoted(wanted)} may be ${same.map((name) => `“${name}”`).join(' or ')}: write the column as it stands in the file.`
      : `There is no column ${quoted(wanted)}.${suggestion(folded, names)}`,
    { column: wanted },
  );
}

/** Up to a third of the letters may differ: farther ones would only puzzle. */
function suggestion(folded: string, names: readonly string[]): string {
  let nearest = '';
  let least = Infinity;
  for (const name of names) {
    const longest = Math.max(name.length, folded.length);
    if (longest > 100) continue;
    const distance = editDistance(folded, name.toLowerCase(), Math.floor(longest / 3));
    if (distance < least) [nearest, least] = [name, distance];
  }
  return least === Infinity ? '' : ` Did you mean “${nearest}”?`;
}
