import { fileURLToPath } from 'node:url';
import * as asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('../workers/kernels/', import.meta.url));

const options = [
  'index.ts',
  '--baseDir',
  folder,
  '--outFile',
  'kernels.wasm',
  '-O3',
  '--converge',
  '--noAssert',
  '--enable',
  'simd',
  // No allocator and no garbage collector: memory is laid out by the caller.
  '--runtime',
  'stub',
  '--use',
  'abort=',
];

/**
 * Compiles the WebAssembly kernels.
 *
 * @returns {Promise<Uint8Array>} the bytes of the module
 * @throws Error with the messages of the compiler
 */
export async function compileKernels() {
  let wasm;
  const { error, stderr } = await asc.main(options, {
    writeFile(name, contents) {
      if (name === 'kernels.wasm') wasm = contents;
    },
  });
  if (error !== null || wasm === undefined) {
    throw new Error(`The kernels do not compile.\n${stderr.toString()}`, { cause: error });
  }
  return wasm;
}
