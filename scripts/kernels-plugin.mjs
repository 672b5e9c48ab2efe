import { readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileKernels } from './kernels.mjs';

/** The import that stands for the compiled module: `workers/kernels`, declared in `workers/kernels.d.ts`. */
const target = fileURLToPath(new URL('../workers/kernels', import.meta.url));
const id = '\0kernels';

/** One compilation for the page's build and that of every worker; forgotten when a source changes. */
let compiled;

/**
 * A Vite plugin that compiles the AssemblyScript kernels when a worker imports them, and puts the bytes into its bundle
 * as base64: the page's policy allows no request, so a worker could not fetch them.
 *
 * @returns {import('vite').Plugin}
 */
export function kernels() {
  return {
    name: 'kernels',
    // Before Vite looks for a file of that name.
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer === undefined || !source.startsWith('.') || !source.endsWith('/kernels')) return;
      return resolve(dirname(importer), source) === target ? id : undefined;
    },
    async load(wanted) {
      if (wanted !== id) return;
      for (const name of readdirSync(target)) this.addWatchFile(resolve(target, name));
      compiled ??= compileKernels();
      const base64 = Buffer.from(await compiled).toString('base64');
      return `export const wasmBase64 = '${base64}';`;
    },
    watchChange(path) {
      if (path.startsWith(target)) compiled = undefined;
    },
  };
}
