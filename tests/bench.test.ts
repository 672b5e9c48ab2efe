import { describe, expect, it } from 'vitest';
import * as compare from '../bench/compare.mjs';

describe('the benchmark', () => {
  const alike = [
    ['means', { nKept: 9, means: [2, 0] }, { nKept: 9, means: [2 + 1e-9, 0] }],
    // Absolute up to 1, relative above.
    ['matrix', { head: [0.01, -300] }, { head: [0.01 + 9e-7, -300 - 2e-4] }],
    ['ratios', { ratios: Float64Array.of(0.7, 0.3) }, { ratios: [0.7 + 5e-7, 0.3 - 5e-7] }],
    ['inertias', { inertias: [10.009, 5] }, { inertias: [10, 5.1] }],
    ['silhouettes', { means: [0.5, 0.4] }, { means: [0.500009, 0.4] }],
    [
      'indices',
      { calinskiHarabasz: [1600], daviesBouldin: [1.5] },
      { calinskiHarabasz: [1600.01], daviesBouldin: [1.50001] },
    ],
    ['oneStart', { inertia: 12 }, { inertia: 10, inertiaOfYours: 12, confirmed: 1 }],
    ['bestOfStarts', { inertia: 9 }, { inertia: 10, inertiaOfYours: 9, confirmed: 0.99995 }],
    ['sameDescent', { inertia: 100.009 }, { inertia: 100, variant: 'lloyd' }],
    ['heights', { isExact: true, heights: [1, 2] }, { heights: [1.000009, 2] }],
    ['accuracy', { accuracy: 0.946 }, { accuracy: 0.95 }],
    [
      'profiles',
      {
        means: [
          [2, 0],
          [3, 4],
        ],
      },
      {
        means: [
          [2, 0],
          [3, 4 - 2e-9],
        ],
      },
    ],
  ] as const;

  it.for(alike)(
    'takes the results of %s for the same within their tolerance',
    ([id, ours, theirs]) => {
      expect(compare[id](ours, theirs).ok).toBe(true);
    },
  );

  const different = [
    ['means', { nKept: 9, means: [2, 0] }, { nKept: 9, means: [2 + 3e-9, 0] }],
    ['means', { nKept: 9, means: [2, 0] }, { nKept: 9, means: [2, 1e-12] }],
    ['means', { nKept: 9, means: [2] }, { nKept: 8, means: [2] }],
    ['means', { nKept: 9, means: [2] }, { nKept: 9, means: [2, 0] }],
    ['matrix', { head: [0.01, -300] }, { head: [0.01 + 2e-6, -300] }],
    ['matrix', { head: [0.01, -300] }, { head: [0.01, -300 - 4e-4] }],
    ['matrix', { head: [0.01] }, { head: [] }],
    ['ratios', { ratios: [0.7, 0.3] }, { ratios: [0.700002, 0.299998] }],
    ['ratios', { ratios: [1] }, { ratios: [1, 0] }],
    ['ratios', { ratios: [NaN] }, { ratios: [1] }],
    ['inertias', { inertias: [10.011, 5] }, { inertias: [10, 5] }],
    ['inertias', { inertias: [10] }, { inertias: [10, 5] }],
    ['silhouettes', { means: [0.5] }, { means: [0.50002] }],
    // Either of the two, and one that is not there.
    [
      'indices',
      { calinskiHarabasz: [1600], daviesBouldin: [1.5] },
      { calinskiHarabasz: [1600.03], daviesBouldin: [1.5] },
    ],
    [
      'indices',
      { calinskiHarabasz: [1600], daviesBouldin: [1.5] },
      { calinskiHarabasz: [1600], daviesBouldin: [1.50003] },
    ],
    [
      'indices',
      { calinskiHarabasz: [1600], daviesBouldin: [] },
      { calinskiHarabasz: [1600], daviesBouldin: [1.5] },
    ],
    // Labels that do not belong to the centres, and an inertia that is not theirs.
    ['oneStart', { inertia: 12 }, { inertia: 10, inertiaOfYours: 12, confirmed: 0.9 }],
    ['oneStart', { inertia: 9 }, { inertia: 10, inertiaOfYours: 12, confirmed: 1 }],
    ['bestOfStarts', { inertia: 12 }, { inertia: 10, inertiaOfYours: 12, confirmed: 1 }],
    // A lower one is wrong as well: it is the same descent.
    ['sameDescent', { inertia: 100.011 }, { inertia: 100, variant: 'lloyd' }],
    ['sameDescent', { inertia: 99.989 }, { inertia: 100, variant: 'lloyd' }],
    ['sameDescent', { inertia: NaN }, { inertia: 100, variant: 'lloyd' }],
    ['heights', { isExact: true, heights: [1, 2] }, { heights: [1, 2.1] }],
    ['heights', { isExact: false, heights: [1] }, { heights: [1] }],
    ['accuracy', { accuracy: 0.944 }, { accuracy: 0.95 }],
    ['profiles', { means: [[2], [3]] }, { means: [[2], [3 + 6e-9]] }],
    ['profiles', { means: [[2], [3]] }, { means: [[2]] }],
  ] as const;

  it.for(different)('sees that the results of %s are wrong: %o, %o', ([id, ours, theirs]) => {
    expect(compare[id](ours, theirs).ok).toBe(false);
  });

  it('compares nothing in a way that is not tested here, with what is right and with what is wrong', () => {
    const ids = Object.keys(compare).filter((id) => id !== 'cells');
    expect(new Set<string>(alike.map(([id]) => id))).toEqual(new Set(ids));
    expect(new Set<string>(different.map(([id]) => id))).toEqual(new Set(ids));
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
