import type { Component } from 'svelte';
import type { Workbench } from '../../state/workbench.svelte';

type Drawer = Component<{ workbench: Workbench }>;

let drawer: Promise<Drawer> | undefined;

/** The list of the selected customers: a chunk of its own, which nobody waits for before something is selected. */
export function loadDrawer(): Promise<Drawer> {
  drawer ??= import('./Drawer.svelte').then(
    (module) => module.default,
    (error: unknown) => {
      drawer = undefined;
      throw error;
    },
  );
  return drawer;
}

/** Fetches it when the page is idle: from then on it needs no network. */
export function preloadDrawer(): void {
  const fetchIt = () => void loadDrawer().catch(() => undefined);
  if ('requestIdleCallback' in window) requestIdleCallback(fetchIt, { timeout: 4000 });
  else setTimeout(fetchIt, 2000);
}
