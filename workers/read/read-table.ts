import { AppError } from '../../src/core/errors';
import { defaultMemoryBytes } from '../../src/core/memory';
import { missingRule } from '../../src/core/table/missing';
import type {
  Encoding,
  ReadOutput,
  ReadParams,
  ReadWarning,
} from '../../src/core/table/read-params';
import { kindsByFileName, renameColumns } from '../../src/core/table/rename-columns';
import { counted, formatCount, quoted } from '../../src/core/words';
import { assemble } from './assemble';
import {
  decodeSlices,
  NotUtf8,
  planForBadUtf8,
  planFromHead,
  readBytes,
  type DecodePlan,
} from './decode';
import { gunzip } from './gunzip';
import { refuseTooMuch } from './memory-need';
import type { ReadContext } from './read-context';
import { readPlain } from './read-plain';
import { isGzip, refuseOtherFiles } from './sniff';
import { headBytes, type TableStart } from './table-start';
import { TextReader, type RawTable } from './text-reader';
import { findTotal, setTotalAside } from './total-row';

const maxBytes = 4 * 1024 ** 3;
/** Enough to tell what a file is. */
const sniffedBytes = 65_536;
const defaultSliceBytes = 1024 ** 2;

/**
 * Reads a file into a typed table. Every guess (encoding, delimiter, header, decimal mark, types) is in the output and
 * can be overridden in `params`. The rows of the file are all accounted for: `table.nRows + nSetAside = nRowsInFile`.
 *
 * @param source the file as it was dropped; gzip is unpacked
 * @param chosen settings; its types speak of columns by the names that it gives them
 * @param sliceBytes how much is read at a time; the result does not depend on it
 * @param way `text` keeps from reading a plain file from its bytes; the result does not depend on it either
 * @throws AppError `file-empty`, `file-header-only`, `file-not-a-table`, `file-unreadable`, `file-too-large`,
 *   `quote-never-closed`, each with a message that names the place and the way out
 */
export async function readTable(
  source: Blob,
  chosen: ReadParams,
  ctx: ReadContext,
  sliceBytes = defaultSliceBytes,
  way: 'bytes' | 'text' = 'bytes',
): Promise<ReadOutput> {
  const params = kindsByFileName(chosen);
  refuseSize(source.size);
  const packedHead = await readBytes(source, 0, headBytes);
  const breathe = () => ctx.breathe();
  const file = isGzip(packedHead) ? await gunzip(source, breathe) : source;
  const head = file === source ? packedHead : await readBytes(file, 0, headBytes);
  refuseSize(file.size);
  refuseOtherFiles(head.subarray(0, sniffedBytes), params.encoding === 'auto');

  const plan = planFromHead(head.subarray(0, sniffedBytes), params.encoding);
  const textBytes = plan.encoding.startsWith('utf-16') ? file.size / 2 : file.size;
  const onStart = (start: TableStart) =>
    refuseTooMuch(start, textBytes, ctx.memoryBytes ?? defaultMemoryBytes);
  const read = async (how: DecodePlan) => {
    const mayBePlain = way === 'bytes' && how === plan && how.encoding === 'utf-8';
    const plain = mayBePlain ? await readPlain(file, head, params, ctx, sliceBytes, onStart) : null;
    const raw = plain ?? (await readText(file, how, params, ctx, sliceBytes, onStart));
    return { raw, usedPlan: how };
  };
  const { raw: found, usedPlan } = await read(plan).catch(async (error: unknown) => {
    if (!(error instanceof NotUtf8)) throw error;
    return read(await planForBadUtf8(file, sliceBytes, breathe));
  });
  const total = findTotal(found);
  const raw =
    total !== null && params.totalRow === 'set-aside'
      ? setTotalAside(found, total, missingRule(params.missing))
      : found;
  const assembled = await assemble(raw, params, breathe);
  const doubtfulTotal = params.totalRow === 'auto' ? (total?.label ?? '') : '';
  const output: ReadOutput = {
    ...assembled,
    delimiter: raw.dialect.delimiter,
    encoding: usedPlan.encoding,
    hasHeader: raw.layout.hasHeader,
    nRowsInFile: raw.lines.length + raw.nSetAside,
    nSetAside: raw.nSetAside,
    setAside: raw.setAside,
    skipLines: raw.tableLine - 1,
    warnings: [
      ...raw.layout.warnings,
      ...textWarnings(raw, usedPlan, doubtfulTotal),
      ...assembled.warnings,
    ],
    nBytes: source.size,
  };
  return renameColumns(output, params.names);
}

function refuseSize(nBytes: number): void {
  if (nBytes === 0) {
    throw new AppError('file-empty', 'The file is empty. It should hold a header and rows.');
  }
  if (nBytes > maxBytes) {
    const gigabytes = (nBytes / 1024 ** 3).toFixed(1);
    throw new AppError(
      'file-too-large',
      `The file has ${gigabytes} GB; up to 4 GB can be read in the browser. Drop a sample of its rows.`,
      { bytes: nBytes, maxBytes },
    );
  }
}

async function readText(
  file: Blob,
  plan: DecodePlan,
  params: ReadParams,
  ctx: ReadContext,
  sliceBytes: number,
  onStart: (start: TableStart) => void,
): Promise<RawTable> {
  const reader = new TextReader(params, onStart);
  for await (const { text, doneBytes, isLast } of decodeSlices(file, plan, sliceBytes)) {
    reader.push(text, isLast);
    ctx.progress(doneBytes, file.size);
    await ctx.breathe();
  }
  return reader.finish();
}

/**
 * What was odd about the text, before types come in.
 *
 * @param doubtfulTotal how the last row begins where it looks like a total and nobody has said what becomes of it
 */
function textWarnings(raw: RawTable, plan: DecodePlan, doubtfulTotal: string): ReadWarning[] {
  const { shortRows, oddQuotes, nulBytes } = raw;
  const warnings = encodingWarnings(raw, plan);
  if (nulBytes.count > 0) {
    warnings.push({
      code: 'nul-bytes',
      message: `${counted(nulBytes.count, 'cell holds', 'cells hold')} a NUL byte, which text should not; kept as it is (${nulBytes.where()}).`,
    });
  }
  if (oddQuotes.count > 0) {
    warnings.push({
      code: 'odd-quotes',
      message: `${counted(oddQuotes.count, 'row has', 'rows have')} a quote inside a quoted cell that is not doubled; read as well as it can be (${oddQuotes.where()}).`,
    });
  }
  if (shortRows.count > 0) {
    warnings.push({
      code: 'short-rows',
      message: `${counted(shortRows.count, 'row is', 'rows are')} shorter than the header; what is not there counts as missing (${shortRows.where()}).`,
    });
  }
  if (doubtfulTotal !== '') {
    warnings.push({
      code: 'total-row',
      setting: 'totalRow',
      proposal: { totalRow: 'set-aside' },
      message: `The last row looks like a total (${quoted(doubtfulTotal)}), not a customer. It is kept; if it is a total, set it aside.`,
    });
  }
  if (raw.nSetAside > raw.setAside.length) {
    warnings.push({
      code: 'set-aside-cut',
      message: `${counted(raw.nSetAside, 'row was', 'rows were')} set aside; the first ${formatCount(raw.setAside.length)} are listed, the others only counted.`,
    });
  }
  return warnings;
}

const encodingNames: Partial<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252 (Western European)',
};

function encodingWarnings({ badCharacters }: RawTable, plan: DecodePlan): ReadWarning[] {
  const name = encodingNames[plan.encoding] ?? plan.encoding;
  if (plan.remark === 'not-utf-8') {
    return [
      {
        code: 'bad-bytes',
        setting: 'encoding',
        message: `The file is not UTF-8 and was read as ${name}. If letters such as é look wrong, choose another encoding.`,
      },
    ];
  }
  // In strict UTF-8 a U+FFFD stands in the file itself.
  if (plan.strict || badCharacters.count === 0) return [];
  const end =
    plan.remark === 'cut-off' ? ' The file ends inside a character: it may be cut off.' : '';
  return [
    {
      code: 'bad-bytes',
      setting: 'encoding',
      message: `${counted(badCharacters.count, 'cell has', 'cells have')} bytes that are invalid in ${name}, shown as \uFFFD (${badCharacters.where()}).${end}`,
    },
  ];
}
