import type { Component } from 'svelte';
import type { StoryViews } from '../contract/views';
import type { Workbench } from '../state/workbench.svelte';
import type ChartMenu from './widgets/ChartMenu.svelte';

/** Fetched once; where that fails, it is tried again the next time. */
function once<T>(load: () => Promise<{ default: T }>): () => Promise<T> {
  let part: Promise<T> | undefined;
  return () => {
    part ??= load().then(
      (module) => module.default,
      (error: unknown) => {
        part = undefined;
        throw error;
      },
    );
    return part;
  };
}

/** The numbered sections below the story: a chunk of its own, which the story does not wait for. */
export const loadSections = once<Component<{ workbench: Workbench }>>(
  () => import('./Sections.svelte'),
);

/** What follows the map in the story. */
export const loadStoryPanels = once<Component<{ workbench: Workbench; story: StoryViews }>>(
  () => import('./story/StoryPanels.svelte'),
);

/** The list of the selected customers, which nobody waits for before something is selected. */
export const loadDrawer = once<Component<{ workbench: Workbench }>>(
  () => import('./drawer/Drawer.svelte'),
);

/** What saves charts, which no chart waits for. */
export const loadChartMenu = once<typeof ChartMenu>(() => import('./widgets/ChartMenu.svelte'));
