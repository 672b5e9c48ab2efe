import { AppError } from '../../src/core/errors';
import type { SegmentModel } from '../../src/core/model';
import { matchColumns } from '../../src/core/table/match-columns';
import { missingRule } from '../../src/core/table/missing';
import type { ReadParams } from '../../src/core/table/read-params';
import { isYesOrNo } from '../../src/core/table/yes-no';
import { listInWords } from '../../src/core/words';
import type { InputColumn } from './job';

export interface MatchedInputs {
  /** By input of the model. */
  readonly inputs: readonly InputColumn[];
  /** Columns that have another name in the file than in the model. */
  readonly renamed: readonly { readonly wanted: string; readonly found: string }[];
}

/**
 * Finds the columns that a model asks for among those of a file, by meaning and in any order (`matchColumns`).
 *
 * @param names of the columns of the file, unique
 * @param rows the first rows below the header
 * @throws AppError `model-columns-missing` naming those that are not there
 */
export function matchInputs(
  { inputs }: SegmentModel,
  names: readonly string[],
  rows: readonly (readonly string[])[],
  missing: ReadParams['missing'],
): MatchedInputs {
  const rule = missingRule(missing);
  const { matches } = matchColumns(
    inputs.map(({ name }) => name),
    names,
  );
  const absent: string[] = [];
  const renamed: { wanted: string; found: string }[] = [];
  const columns = matches.map(({ wanted, found, how }, at): InputColumn => {
    const column = found === null ? -1 : names.indexOf(found);
    if (found === null || how === 'proposed') {
      const hint = found === null ? '' : ` (is it “${found}”?)`;
      absent.push(wantedInWords(inputs[at]) + hint);
      return { column: 0, how: 'number' };
    }
    if (how !== 'same') renamed.push({ wanted, found });
    if (inputs[at].kind === 'category') return { column, how: 'category' };
    const cells = rows.map((row) => row[column] ?? '').filter((cell) => !rule.isMissing(cell));
    return { column, how: cells.length > 0 && cells.every(isYesOrNo) ? 'yes' : 'number' };
  });
  if (absent.length > 0) throw columnsMissing(absent, inputs.length);
  return { inputs: columns, renamed };
}

export function wantedInWords({ name, kind }: SegmentModel['inputs'][number]): string {
  return `“${name}”${kind === 'number' ? ' as numbers' : ''}`;
}

/** So many columns are named. */
const mostNamed = 5;

/**
 * @param absent as `wantedInWords`
 * @param nWanted columns that the model asks for, where those that are absent are not there at all
 */
export function columnsMissing(absent: readonly string[], nWanted = Infinity): AppError {
  const named = listInWords(absent.slice(0, mostNamed), absent.length);
  return new AppError(
    'model-columns-missing',
    absent.length === nWanted && nWanted > 1
      ? `None of the ${nWanted} columns that the model needs is in this file: it asks for ${named}. Is it another file, or one without a header?`
      : `The model needs ${named}, and the file has no such ${absent.length === 1 ? 'column' : 'columns'} with values.`,
    { missing: absent.length },
  );
}
