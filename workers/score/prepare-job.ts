import type { ScoreSettings } from '../../src/contract/scoring';
import { AppError } from '../../src/core/errors';
import type { SegmentModel } from '../../src/core/model';
import { cellsOf } from '../../src/core/table/cells';
import {
  chooseDecimalMark,
  countDecimalVotes,
  givenDecimalMark,
} from '../../src/core/table/decimal-mark';
import { matchColumns } from '../../src/core/table/match-columns';
import { nameColumns } from '../../src/core/table/names';
import type { Delimiter, ReadParams } from '../../src/core/table/read-params';
import { escapeWord } from '../../src/core/table/write-csv';
import { rowsAbove, type TableStart } from '../read/table-start';
import { addedColumns } from './added-cells';
import type { OutputDialect, ScoreJob } from './job';
import { matchInputs, type MatchedInputs } from './match-inputs';

export interface Prepared extends Pick<MatchedInputs, 'renamed'> {
  readonly job: ScoreJob;
  /** The header, with the added columns and its line end. */
  readonly header: string;
  readonly delimiter: Delimiter;
  /** False where commas separate fields: see `chooseDecimalMark`. */
  readonly commaIsFree: boolean;
}

/**
 * What is to be done with the rows of a file, from its head.
 *
 * @throws AppError `model-columns-missing`
 */
export function prepareJob(
  { dialect, layout, rows }: TableStart,
  params: ReadParams,
  model: SegmentModel,
  settings: ScoreSettings,
  lineEnd: OutputDialect['lineEnd'],
): Prepared {
  const { names } = nameColumns(layout.headers);
  const chosen = new Map(settings.read?.names.map(({ column, name }) => [column, name.trim()]));
  const known = names.map((name) => chosen.get(name) ?? name);
  const body = rows.slice(rowsAbove(layout));
  const { inputs, renamed } = matchInputs(model, known, body, params.missing);
  const commaIsFree = dialect.delimiter !== ',';
  const decimal = decimalOf(body, layout.headers.length, params, commaIsFree);
  // Between words a space is no separator for others to guess.
  const separator = dialect.separator === ' ' ? ',' : dialect.separator;
  const output: OutputDialect = {
    separator,
    quote: dialect.escape === dialect.quote ? dialect.quote : '"',
    lineEnd,
    decimal: decimal === separator ? '.' : decimal,
  };
  const placeOf = (name: string) => {
    const [{ found, how }] = matchColumns([name], known).matches;
    const at = found === null || how === 'proposed' ? -1 : known.indexOf(found);
    if (at < 0) {
      throw new AppError('model-columns-missing', `The file has no column “${name}”.`, {
        missing: 1,
      });
    }
    return at;
  };
  const { collect } = settings;
  return {
    renamed,
    commaIsFree,
    delimiter: dialect.delimiter,
    header: headerLine(layout.hasHeader ? layout.headers : names, output),
    job: {
      model,
      inputs,
      width: layout.headers.length,
      decimal,
      missing: params.missing,
      output,
      bins: settings.bins ?? model.inputs.map(() => null),
      collect:
        collect === null
          ? null
          : {
              key: placeOf(collect.key),
              value: collect.value === null ? null : placeOf(collect.value),
            },
    },
  };
}

function decimalOf(
  rows: readonly (readonly string[])[],
  width: number,
  params: ReadParams,
  commaIsFree: boolean,
) {
  const given = givenDecimalMark(params);
  if (given !== 'auto') return given;
  const votes = Array.from({ length: width }, (_, j) =>
    countDecimalVotes(cellsOf(rows.map((row) => row[j] ?? ''))),
  );
  return chooseDecimalMark(votes, commaIsFree);
}

/** The added columns keep clear of the file's own names: "segment", else "segment_2", … */
function headerLine(
  headers: readonly string[],
  { separator, quote, lineEnd }: OutputDialect,
): string {
  const taken = new Set(headers.map((header) => header.trim()));
  const added = addedColumns.map((wanted) => {
    let name: string = wanted;
    for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
    taken.add(name);
    return name;
  });
  const cells = [...headers, ...added].map((name) => escapeWord(name, separator, quote));
  return cells.join(separator) + lineEnd;
}
