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
 * A Vite plugin that compiles the AssemblyScript kernels when a worker imports them, and puts the bytes into its bundle:
 * the page's policy allows no request, so a worker could not fetch them. As hexadecimal digits, which take more room than
 * base64, but a fifth less of it where the page is sent compressed: what repeats in the bytes repeats in the digits.
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
      const digits = Buffer.from(await compiled).toString('hex');
      return `const digits = '${digits}';
export const kernelBytes = () =>
  Uint8Array.from({ length: digits.length / 2 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));`;
    },
    watchChange(path) {
      if (path.startsWith(target)) compiled = undefined;
    },
  };
}
