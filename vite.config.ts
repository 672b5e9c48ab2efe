import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { inlineWorkers } from './scripts/inline-workers-plugin.mjs';
import { kernels } from './scripts/kernels-plugin.mjs';
import { plotlyInPieces } from './scripts/plotly-plugin.mjs';
import { contentSecurityPolicy } from './scripts/policy.mjs';

/** The policy is part of the built page only: the development server needs inline styles and a socket. */
function policyTag(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'pre',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [svelte(), kernels(), inlineWorkers(), plotlyInPieces(), policyTag()],
  define: { __APP_VERSION__: JSON.stringify(process.env.npm_package_version ?? '0.0.0') },
  build: {
    target: 'es2022',
    manifest: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 6000,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'iife', plugins: () => [kernels()] },
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts', 'workers/**/*.test.ts', 'tests/**/*.test.ts'],
    // By default one processor is left free, which on two is half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
