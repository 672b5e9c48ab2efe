/** The WebAssembly module of `workers/kernels/*.ts`, compiled by `scripts/kernels-plugin.mjs`. */
export function kernelBytes(): Uint8Array<ArrayBuffer>;
