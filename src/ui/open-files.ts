import { AppError } from '../core/errors';
import { maxModelBytes, parseModel } from '../deliver/model-file';
import type { Workbench } from '../state/workbench.svelte';

/** Why something that was dropped cannot be opened; null when it is one file. */
export function refuseDrop({ files, items }: DataTransfer): AppError | null {
  if (files.length === 0) {
    return new AppError(
      'file-unreadable',
      'That was text or a link, not a file. Save it as a CSV file and drop that.',
    );
  }
  if (files.length > 1) {
    return new AppError(
      'file-unreadable',
      `${files.length} files were dropped. One file at a time, please: all customers in one table.`,
      { files: files.length },
    );
  }
  if (items[0]?.webkitGetAsEntry()?.isDirectory === true) {
    return new AppError('file-unreadable', 'That is a folder. Drop the CSV file inside it.');
  }
  return null;
}

/** Opens the first of the files as the customer table. */
export async function openFiles(workbench: Workbench, files: FileList | null): Promise<void> {
  const file = files?.item(0);
  if (!file) return;
  await workbench.open({ kind: 'file', name: file.name, blob: file });
}

/** Opens the browser's file dialog. The inputs are part of FileDrop, on the page in every state. */
export function chooseFile(): void {
  document.getElementById('file-input')?.click();
}

export function chooseModel(): void {
  document.getElementById('model-input')?.click();
}

/** Opens a model that was saved here; it may be anything, so it is checked. */
export async function openModel(workbench: Workbench, files: FileList | null): Promise<void> {
  const file = files?.item(0);
  if (!file) return;
  try {
    if (file.size > maxModelBytes) {
      throw new AppError(
        'model-invalid',
        `“${file.name}” is too large to be a model of this page.`,
      );
    }
    workbench.useModel(parseModel(await file.text()));
  } catch (error) {
    workbench.report(error);
  }
}

/** A made-up table with the shape of the published credit-card file. */
export async function openSample(workbench: Workbench): Promise<void> {
  await workbench.open({ kind: 'sample', name: 'Sample customers', nRows: 8950, seed: 1 });
}
