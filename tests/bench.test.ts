import { describe, expect, it } from 'vitest';
import * as compare from '../bench/compare.mjs';

describe('the benchmark', () => {
  it.for([
    ['ratios', { ratios: Float64Array.of(0.7, 0.3) }, { ratios: [0.7 + 5e-7, 0.3 - 5e-7] }],
    ['inertias', { inertias: [10.009, 5] }, { inertias: [10, 5.1] }],
    ['silhouettes', { means: [0.5, 0.4] }, { means: [0.500009, 0.4] }],
    ['oneStart', { inertia: 12 }, { inertia: 10, inertiaOfYours: 12, confirmed: 1 }],
    ['bestOfStarts', { inertia: 9 }, { inertia: 10, inertiaOfYours: 9, confirmed: 0.99995 }],
    ['heights', { isExact: true, heights: [1, 2] }, { heights: [1.000009, 2] }],
    ['accuracy', { accuracy: 0.946 }, { accuracy: 0.95 }],
  ] as const)(
    'takes the results of %s for the same within their tolerance',
    ([id, ours, theirs]) => {
      expect(compare[id](ours, theirs).ok).toBe(true);
    },
  );

  it.for([
    ['ratios', { ratios: [0.7, 0.3] }, { ratios: [0.700002, 0.299998] }],
    ['ratios', { ratios: [1] }, { ratios: [1, 0] }],
    ['ratios', { ratios: [NaN] }, { ratios: [1] }],
    ['inertias', { inertias: [10.011, 5] }, { inertias: [10, 5] }],
    ['inertias', { inertias: [10] }, { inertias: [10, 5] }],
    ['silhouettes', { means: [0.5] }, { means: [0.50002] }],
    // Labels that do not belong to the centres, and an inertia that is not theirs.
    ['oneStart', { inertia: 12 }, { inertia: 10, inertiaOfYours: 12, confirmed: 0.9 }],
    ['oneStart', { inertia: 9 }, { inertia: 10, inertiaOfYours: 12, confirmed: 1 }],
    ['bestOfStarts', { inertia: 12 }, { inertia: 10, inertiaOfYours: 12, confirmed: 1 }],
    ['heights', { isExact: true, heights: [1, 2] }, { heights: [1, 2.1] }],
    ['heights', { isExact: false, heights: [1] }, { heights: [1] }],
    ['accuracy', { accuracy: 0.944 }, { accuracy: 0.95 }],
  ] as const)('sees that the results of %s are wrong: %o, %o', ([id, ours, theirs]) => {
    expect(compare[id](ours, theirs).ok).toBe(false);
  });

  it('sees one cell that was read differently', () => {
    const ours = {
      nRows: 2,
      columns: [
        { name: 'a', checksum: 1 },
        { name: 'b', checksum: 2 },
      ],
    };
    expect(compare.cells(ours, ours).ok).toBe(true);
    const [a, b] = ours.columns;
    expect(compare.cells(ours, { nRows: 2, columns: [a, { ...b, checksum: 3 }] }).ok).toBe(false);
    expect(compare.cells(ours, { nRows: 3, columns: [a, b] }).ok).toBe(false);
  });
});
