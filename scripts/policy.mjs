/**
 * The content security policy of the page, and, because its workers are started from blob: URLs, of the workers too.
 * `connect-src 'none'` is the promise of the product: nothing that runs here can send the data anywhere.
 * `'wasm-unsafe-eval'` allows WebAssembly (not JavaScript eval); `style-src-attr` is needed by plotly's heat-maps.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'none'",
  'img-src data: blob:',
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join('; ');
