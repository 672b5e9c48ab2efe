import { AppError } from '../errors';
import { quoted } from '../words';
import type { ColumnName, ReadOutput, ReadParams } from './read-params';

/** The longest name that a column can be given: it has to fit into a sentence. */
export const longestName = 200;

/** The same settings with types by the names in the file: columns are renamed when they have been read. */
export function kindsByFileName(params: ReadParams): ReadParams {
  if (params.names.length === 0) return params;
  const inFile = new Map(params.names.map(({ column, name }) => [name, column]));
  const kinds = params.kinds.map(({ column, kind }) => {
    return { column: inFile.get(column) ?? column, kind };
  });
  return { ...params, kinds };
}

/**
 * Gives columns the names that the user chose. A name for a column that is not there does nothing.
 *
 * @throws AppError `setting-invalid` for an empty name, and for two columns of one name
 */
export function renameColumns(output: ReadOutput, names: readonly ColumnName[]): ReadOutput {
  if (names.length === 0) return output;
  const chosen = new Map(names.map(({ column, name }) => [column, name.trim()]));
  const nameOf = (name: string) => chosen.get(name) ?? name;
  const taken = new Set<string>();
  const columns = output.table.columns.map((column) => {
    const name = nameOf(column.name);
    assertName(name, taken);
    taken.add(name);
    return name === column.name ? column : { ...column, name };
  });
  return {
    ...output,
    table: { ...output.table, columns },
    columnNotes: output.columnNotes.map((note, j) =>
      columns[j].name === output.table.columns[j].name
        ? note
        : { ...note, original: note.original || output.table.columns[j].name },
    ),
    setAside: output.setAside.map((row) => ({ ...row, column: nameOf(row.column) })),
    warnings: output.warnings.map((warning) =>
      warning.column === undefined ? warning : { ...warning, column: nameOf(warning.column) },
    ),
  };
}

function assertName(name: string, taken: ReadonlySet<string>): void {
  if (name === '') throw new AppError('setting-invalid', 'A column needs a name.');
  if (!taken.has(name)) return;
  throw new AppError(
    'setting-invalid',
    `Two columns cannot both be called ${quoted(name)}: give one of them another name.`,
    { column: name },
  );
}

/**
 * The names of a recipe after one more column was renamed.
 *
 * @param from as it is called now
 * @param to as it is called from now on; what it is called in the file: the choice is taken back
 */
export function withName(names: readonly ColumnName[], from: string, to: string): ColumnName[] {
  const column = names.find(({ name }) => name === from)?.column ?? from;
  const others = names.filter((choice) => choice.column !== column);
  return to === column ? others : [...others, { column, name: to }];
}

/** What a column is called in the file. */
export function nameInFile(names: readonly ColumnName[], shown: string): string {
  return names.find(({ name }) => name === shown)?.column ?? shown;
}
