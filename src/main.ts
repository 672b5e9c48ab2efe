import '@fontsource-variable/inter/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/plotly.css';
import { mount } from 'svelte';
import { Bridge } from './bridge/bridge';
import { laterAddress, spawnWorker } from './bridge/spawn';
import { loadLibrary } from './charts/library';
import { whileAtWork } from './charts/turns';
import { Workbench } from './state/workbench.svelte';
import { ProjectStore } from './storage/project-store';
import App from './ui/App.svelte';
import { loadChartMenu, loadDrawer, loadSections, loadStoryPanels } from './ui/parts';
import { preload } from './ui/preload';

const bridge = new Bridge(spawnWorker, laterAddress);
whileAtWork(() => bridge.giveWay());
const workbench = new Workbench(bridge, new ProjectStore(new URL('.', document.baseURI).pathname));
const hasLink = () => location.hash.startsWith('#link=');
void workbench.restore(!hasLink());
readLink();
addEventListener('hashchange', readLink);
// The last moment of which a browser is sure to tell: a tab in the background may be gone without another word.
addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void workbench.projects.flush();
});
// In a task of its own: to evaluate the program was one.
setTimeout(() => {
  const target = document.getElementById('app');
  if (target !== null) mount(App, { target, props: { workbench } });
});
// plotly last: to evaluate it takes a while.
void preload([loadSections, loadStoryPanels, loadChartMenu, loadDrawer, loadLibrary]);

/** A link with settings or a model; the code for it is loaded only then. */
function readLink(): void {
  if (!hasLink()) return;
  import('./ui/share/arrive')
    .then(({ arrive }) => arrive(workbench))
    .catch((error: unknown) => workbench.report(error));
}
