import { AppError } from '../core/errors';
import { maxModelBytes, parseModel } from '../deliver/model-file';
import { maxProjectLength, parseProject, unpackRows } from '../deliver/project-file';
import { parseRecipe } from '../deliver/recipe-file';
import type { Workbench } from '../state/workbench.svelte';

/** What a file of this page says it is stands at its beginning. */
const headLength = 1000;

/**
 * Opens a project, a recipe or a model that was saved here; it may be anything, so it is checked.
 *
 * @throws AppError saying why it cannot be used
 */
export async function openJson(workbench: Workbench, file: File): Promise<void> {
  const head = await file.slice(0, headLength).text();
  const [, kind = 'model'] = /"format"\s*:\s*"tessera-(project|recipe|model)"/.exec(head) ?? [];
  if (head.includes('"tessera-results"')) {
    throw new AppError(
      'model-invalid',
      `“${file.name}” holds results, for scripts to read: there is nothing in it to go on with. Open the project or the model that was saved beside it.`,
    );
  }
  if (file.size > (kind === 'project' ? maxProjectLength : maxModelBytes)) {
    const code = kind === 'project' ? 'project-invalid' : 'model-invalid';
    throw new AppError(code, `“${file.name}” is too large to be a ${kind} of this page.`);
  }
  const text = await file.text();
  if (kind === 'project') await openProjectFile(workbench, text);
  else if (kind === 'recipe') {
    const { madeFor, recipe } = parseRecipe(text);
    workbench.arrival = {
      from: 'file',
      name: '',
      fileName: madeFor,
      sourceKey: '',
      recipe,
      model: null,
      sizes: [],
      project: null,
    };
  } else workbench.useModel(parseModel(text));
}

async function openProjectFile(workbench: Workbench, text: string): Promise<void> {
  const { name, source, recipe, model, rows, keptRuns } = parseProject(text);
  const content = rows === null ? null : await unpackRows(rows);
  workbench.complaint = null;
  workbench.arrival = {
    from: 'file',
    name,
    fileName: source.name,
    sourceKey: source.key,
    recipe,
    model,
    sizes: model?.segments.map(({ size }) => size) ?? [],
    project: null,
    keptRuns,
  };
  if (content !== null) await workbench.open({ kind: 'file', name: source.name, blob: content });
}
