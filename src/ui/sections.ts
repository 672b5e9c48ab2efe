import type { Component } from 'svelte';
import type { StoryViews } from '../contract/views';
import type { Workbench } from '../state/workbench.svelte';
import { loadChartMenu } from './widgets/load-chart-menu';

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

/** Fetches them when the page is first idle: from then on it needs no network. */
export function preloadSections(): void {
  const fetchThem = () => {
    loadSections().catch(() => undefined);
    loadStoryPanels().catch(() => undefined);
    loadChartMenu().catch(() => undefined);
  };
  if ('requestIdleCallback' in window) requestIdleCallback(fetchThem, { timeout: 2000 });
  else setTimeout(fetchThem, 1000);
}
