import type { Component } from 'svelte';
import type { Workbench } from '../state/workbench.svelte';
import { loadChartMenu } from './widgets/load-chart-menu';

type Sections = Component<{ workbench: Workbench }>;

let sections: Promise<Sections> | undefined;

/** The numbered sections below the story: a chunk of its own, which the story does not wait for. */
export function loadSections(): Promise<Sections> {
  sections ??= import('./Sections.svelte').then(
    (module) => module.default,
    (error: unknown) => {
      sections = undefined;
      throw error;
    },
  );
  return sections;
}

/** Fetches them when the page is first idle: from then on it needs no network. */
export function preloadSections(): void {
  const fetchThem = () => {
    loadSections().catch(() => undefined);
    loadChartMenu().catch(() => undefined);
  };
  if ('requestIdleCallback' in window) requestIdleCallback(fetchThem, { timeout: 2000 });
  else setTimeout(fetchThem, 1000);
}
