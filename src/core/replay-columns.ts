import { matchColumns } from './table/match-columns';
import type { ColumnKind } from './table/table';

/** What is known of the file that a recipe is to be used on. */
export interface ColumnFacts {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** Where one column of the recipe is in this file, or why it cannot be used, as the beginning of a sentence. */
export type Place =
  | { readonly column: string; readonly name: string }
  | { readonly column: string; readonly misfit: string; readonly proposed: string };

/** The columns that a recipe speaks of. */
export interface SpokenColumns {
  /** By choices that name a column as it stood in the file. */
  readonly exact: readonly string[];
  /** By formulas, which may write it in another case. */
  readonly loose: readonly string[];
  /** That the recipe itself makes. */
  readonly computed: readonly string[];
}

/**
 * Where the columns that a recipe speaks of are in a file.
 *
 * @param present names of the file's columns
 * @param confirmed what a person said: columns of the file by column of the recipe
 * @returns `nameFor`: one of them; `kinds` are of the columns that there are so far, computed ones included
 */
export function findColumns(
  spoken: SpokenColumns,
  present: readonly string[],
  confirmed: ReadonlyMap<string, string>,
) {
  const { wanted, computed, nameOf } = inOneSpelling(spoken, new Set(present));
  const given = onePerColumn(wanted, new Set(present), confirmed);
  const isGiven = new Set(given.values());
  const { matches } = matchColumns(
    wanted.filter((name) => !given.has(name)),
    present.filter((name) => !isGiven.has(name)),
  );
  const byName = new Map(matches.map((match) => [match.wanted, match]));
  const nameFor = (name: string, kinds: ReadonlyMap<string, ColumnKind>): Place => {
    const column = nameOf(name);
    const lost = (why: string, proposed = ''): Place => ({
      column,
      misfit: `“${column}” ${why}`,
      proposed,
    });
    if (computed.has(column)) {
      return kinds.has(column) ? { column, name: column } : lost('could not be computed');
    }
    const confirmed = given.get(column);
    if (confirmed !== undefined) return { column, name: confirmed };
    const { found, how } = byName.get(column) ?? { found: null, how: null };
    if (found === null) return lost('is not in this file');
    return how === 'proposed'
      ? lost(`is not in this file (“${found}” may be meant)`, found)
      : { column, name: found };
  };
  return { matches, nameFor };
}

/** What a recipe wants of a file, and what it computes because the file does not have it. */
function inOneSpelling({ exact, loose, computed }: SpokenColumns, inFile: ReadonlySet<string>) {
  const made = new Set(computed.filter((name) => !inFile.has(name)));
  const certain = [...exact, ...made, ...loose.filter((name) => inFile.has(name))];
  const nameOf = oneSpelling(certain, loose);
  const wanted = [...new Set([...exact, ...loose].map(nameOf))].filter((name) => !made.has(name));
  return { wanted, computed: made, nameOf };
}

/** What was confirmed, as far as the columns are there, and the first claim to each. */
function onePerColumn(
  wanted: readonly string[],
  inFile: ReadonlySet<string>,
  confirmed: ReadonlyMap<string, string>,
): Map<string, string> {
  const given = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of wanted) {
    const column = confirmed.get(name);
    if (column === undefined || !inFile.has(column) || taken.has(column)) continue;
    given.set(name, column);
    taken.add(column);
  }
  return given;
}

/** Gives names that differ in case alone one spelling, unless both were written exactly. */
function oneSpelling(exact: readonly string[], loose: readonly string[]): (name: string) => string {
  const isExact = new Set(exact);
  const byLowerCase = new Map<string, string>();
  for (const name of [...exact, ...loose]) {
    if (!byLowerCase.has(name.toLowerCase())) byLowerCase.set(name.toLowerCase(), name);
  }
  return (name) => (isExact.has(name) ? name : (byLowerCase.get(name.toLowerCase()) ?? name));
}
