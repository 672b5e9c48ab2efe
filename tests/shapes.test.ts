import { describe, expect, it } from 'vitest';
import type { Context } from '../src/core/context';
import { fitScaler, transform } from '../src/core/features/scale';
import { adjustedRandIndex, countTogether } from '../src/core/judge/agreement';
import { tellTrust } from '../src/core/judge/trust-told';
import { sweep, sweepDefaults } from '../src/core/learn/sweep';
import { createSimdEngine } from '../workers/engines/simd';
import { trustOf } from './calibration/calibrate';
import { shapes, type Shape } from './calibration/shapes';

const ctx: Context = {
  engine: await createSimdEngine(),
  progress: () => undefined,
  breathe: () => Promise.resolve(),
};

/** How far K-Means for as many segments as there are groups finds them. */
async function agreementWith({ columns, groups, nGroups }: Shape): Promise<number> {
  const X = await transform(await fitScaler(columns, 'standard', ctx), columns, ctx);
  const loaded = ctx.engine.load(X);
  try {
    const { fits } = await sweep(X, loaded, { ...sweepDefaults, kMax: nGroups }, ctx);
    const { labels } = fits[nGroups - 1];
    return adjustedRandIndex(countTogether(groups, nGroups, labels, nGroups));
  } finally {
    loaded.dispose();
  }
}

describe('groups that are round', () => {
  it.for(['hepta', 'tetra', 'two diamonds'] as const)(
    'are found to the last point, and called natural: %s',
    { timeout: 60_000 },
    async (name) => {
      const shape = shapes[name](1);
      const trust = await trustOf(shape.columns, ctx);
      expect([trust.verdict, trust.recommended]).toEqual(['natural', shape.nGroups]);
      expect(trust.connected).toBeNull();
      expect(await agreementWith(shape)).toBe(1);
    },
  );
});

describe('groups that are not round', () => {
  it.for(['chainlink', 'atom', 'target'] as const)(
    'are told, and that K-Means does not fit them: %s',
    { timeout: 60_000 },
    async (name) => {
      const shape = shapes[name](1);
      const trust = await trustOf(shape.columns, ctx);
      expect(trust.connected?.nGroups).toBe(2);
      expect(trust.connected?.adjustedRandIndex).toBeLessThan(0.6);
      expect(trust.candidates.filter(({ verdict }) => verdict === 'natural')).toEqual([]);
      const told = tellTrust(trust);
      expect(told.sentences[0]).toMatch(
        /^Two groups hang together here that are not round.*K-Means forms round segments and cuts through them/,
      );
      told.candidates.forEach(({ sentence }) =>
        expect(sentence).toContain('K-Means does not fit them'),
      );
    },
  );
});
