import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inPieces } from '../scripts/plotly-plugin.mjs';

const published = readFileSync(
  'node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js',
  'utf8',
);

it('the published bundle of plotly comes apart', () => {
  const code = inPieces(published);
  expect(code).toMatch(/export const pieces=\$pieces,plotly=[\w$]+;$/);
  expect(code).not.toContain('typeof module === "object"');
  expect(code).toMatch(/syncOrAsync\(\$steps\([\w$]+\),/);
  // Nothing of the code itself is lost: only the wrappers around it, and the comments after it, are gone.
  const end = published.lastIndexOf('Bundled license information');
  const wrappers = published.indexOf('var Plotly=');
  expect(end - wrappers - code.length).toBeLessThan(300);
});

it('another bundle is refused, with the place to look', () => {
  expect(() => inPieces('export const plotly = 1;')).toThrow('docs/decisions/0015');
  expect(() => inPieces(published.replace('var Plotly=', 'var Other='))).toThrow('0015');
});
