import '@fontsource-variable/inter/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/plotly.css';
import { mount } from 'svelte';
import { Bridge } from './bridge/bridge';
import { spawnWorker } from './bridge/spawn';
import { preloadLibrary } from './charts/library';
import { Workbench } from './state/workbench.svelte';
import { SessionStore } from './storage/session';
import App from './ui/App.svelte';

const workbench = new Workbench(
  new Bridge(spawnWorker),
  new SessionStore(new URL('.', document.baseURI).pathname),
);
void workbench.restore();
// In a task of its own: to evaluate the program was one.
setTimeout(() => {
  const target = document.getElementById('app');
  if (target !== null) mount(App, { target, props: { workbench } });
});
preloadLibrary();
