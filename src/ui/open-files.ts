import type { Source } from '../contract/api';
import { AppError } from '../core/errors';
import type { Workbench } from '../state/workbench.svelte';

/** What of a drop or a paste is looked at. */
export type Dropped = Pick<DataTransfer, 'files' | 'items' | 'getData'>;

/** The table in something that was dropped: one file, or text of several lines; otherwise why it cannot be opened. */
export function sourceOfDrop(dropped: Dropped): Source | AppError {
  const { files, items } = dropped;
  if (files.length > 1) {
    return new AppError(
      'file-unreadable',
      `${files.length} files were dropped. One file at a time, please: all customers in one table.`,
      { files: files.length },
    );
  }
  if (files.length === 0) return sourceOfText(dropped, 'Dropped text.csv');
  if (items[0]?.webkitGetAsEntry()?.isDirectory === true) {
    return new AppError('file-unreadable', 'That is a folder. Drop the CSV file inside it.');
  }
  return { kind: 'file', name: files[0].name, blob: files[0] };
}

/**
 * The table in something that was pasted. Cells copied in a spreadsheet are text with a picture of them beside it: the
 * text counts first.
 */
export function sourceOfPaste(pasted: Dropped): Source | AppError {
  const source = sourceOfText(pasted, 'Pasted table.csv');
  return source instanceof AppError && pasted.files.length > 0 ? sourceOfDrop(pasted) : source;
}

function sourceOfText(dropped: Dropped, name: string): Source | AppError {
  const text = dropped.getData('text/plain');
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const link =
    firstLink(dropped.getData('text/uri-list')) ?? (lines.length === 1 ? firstLink(text) : null);
  if (link !== null && lines.length < 2) {
    return new AppError(
      'file-unreadable',
      `That was a link (${shorten(link)}), not a file. This page opens no connections: download the file and drop that.`,
    );
  }
  if (lines.length === 0) {
    return new AppError(
      'file-unreadable',
      'That held neither a file nor text. Drop a CSV file, or paste the rows of a table.',
    );
  }
  if (lines.length === 1) {
    return new AppError(
      'file-unreadable',
      'That was a single line of text, not a file. Drop a CSV file, or paste a header and its rows.',
    );
  }
  return { kind: 'file', name, blob: new Blob([text], { type: 'text/csv' }) };
}

/** In a list of links lines with # are remarks. */
function firstLink(text: string): string | null {
  return /^(?!#)[a-z][a-z\d+.-]*:\/\/\S+/im.exec(text.trim())?.[0] ?? null;
}

function shorten(link: string): string {
  return link.length > 60 ? `${link.slice(0, 60)}…` : link;
}

/** Opens what was dropped as the customer table, or tells why not. */
export async function openDrop(workbench: Workbench, dropped: Dropped): Promise<void> {
  await openOrTell(workbench, sourceOfDrop(dropped));
}

/** The same for what was pasted. */
export async function openPaste(workbench: Workbench, pasted: Dropped): Promise<void> {
  await openOrTell(workbench, sourceOfPaste(pasted));
}

async function openOrTell(workbench: Workbench, source: Source | AppError): Promise<void> {
  if (source instanceof AppError) workbench.report(source);
  else if (source.kind === 'file' && source.blob instanceof File && isSaved(source.blob)) {
    await openSaved(workbench, source.blob);
  } else await workbench.open(source);
}

/** By its name: tables are never called that. */
function isSaved(file: File): boolean {
  return /\.json$/i.test(file.name);
}

/** Opens the first of the files as the customer table. */
export async function openFiles(workbench: Workbench, files: FileList | null): Promise<void> {
  const file = files?.item(0);
  if (!file) return;
  if (isSaved(file)) await openSaved(workbench, file);
  else await workbench.open({ kind: 'file', name: file.name, blob: file });
}

/** Opens a project, a recipe or a model that was saved here. */
export async function openSaved(workbench: Workbench, file: File | null): Promise<void> {
  if (!file) return;
  try {
    // The first page does without.
    const { openJson } = await import('./open-json');
    await openJson(workbench, file);
  } catch (error) {
    workbench.report(error);
  }
}

/** A made-up table with the shape of the published credit-card file. */
export async function openSample(workbench: Workbench): Promise<void> {
  await workbench.open({ kind: 'sample', name: 'Sample customers', nRows: 8950, seed: 1 });
}
