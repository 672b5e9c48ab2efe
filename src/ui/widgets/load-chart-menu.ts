import type ChartMenu from './ChartMenu.svelte';

let menu: Promise<typeof ChartMenu> | undefined;

/** What saves charts: a chunk of its own, which no chart waits for. */
export function loadChartMenu(): Promise<typeof ChartMenu> {
  menu ??= import('./ChartMenu.svelte').then(
    (module) => module.default,
    (error: unknown) => {
      menu = undefined;
      throw error;
    },
  );
  return menu;
}
