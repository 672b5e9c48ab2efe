import type { StepViews } from '../../contract/views';
import type { Workbench } from '../../state/workbench.svelte';

/** What came after the story, if it belongs to this very one; null: it is not there (yet). */
export function freshLater({ views, isStaleView }: Pick<Workbench, 'views' | 'isStaleView'>): {
  readonly personas: StepViews['personas'] | null;
  readonly trust: StepViews['trust'] | null;
} {
  return {
    personas: isStaleView.personas ? null : (views.personas ?? null),
    trust: isStaleView.trust ? null : (views.trust ?? null),
  };
}
