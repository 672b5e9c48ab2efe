import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../scripts/policy.mjs';

/** A header can do what the page's <meta> element cannot: forbid to be framed. */
const policy = `${contentSecurityPolicy}; frame-ancestors 'none'`;

describe('headers for hosts that can send them', () => {
  it('are the policy of the page in the file that goes with every build', () => {
    const headers = readFileSync('public/_headers', 'utf8');
    expect(headers).toContain(`  Content-Security-Policy: ${policy}\n`);
  });

  it('are the policy of the page in every example of the documentation', () => {
    const examples = readFileSync('docs/hosting.md', 'utf8').match(/default-src 'none'[^"\n]*/g);
    expect(examples).toEqual([policy, policy]);
  });
});
