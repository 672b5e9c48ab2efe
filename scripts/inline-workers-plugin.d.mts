import type { Plugin } from 'vite';

export function inlineWorkers(): Plugin;
