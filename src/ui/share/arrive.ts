import { linkPrefix, readLink } from '../../deliver/share-link';
import type { Workbench } from '../../state/workbench.svelte';

/** Reads the link that the page was opened with. A hostile one is refused with a sentence, and the page is as ever. */
export async function arrive(workbench: Workbench): Promise<void> {
  try {
    const { content, text } = await readLink(location.hash.slice(1));
    const { recipe = null, model = null, fingerprint = '', fileName = '' } = content;
    workbench.arrival = {
      from: 'link',
      name: '',
      fileName,
      sourceKey: fingerprint,
      recipe,
      model,
      sizes: model?.segments.map(({ size }) => size) ?? [],
      project: null,
      text,
    };
  } catch (error) {
    forgetLink();
    workbench.report(error);
  }
}

/** So that a reload does not do it again. */
export function forgetLink(): void {
  if (!location.hash.startsWith(`#${linkPrefix}`)) return;
  history.replaceState(null, '', location.pathname + location.search);
}
