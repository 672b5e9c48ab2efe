/** The WebAssembly module of `workers/kernels/*.ts`, compiled by `scripts/kernels-plugin.mjs`, as base64. */
export const wasmBase64: string;
