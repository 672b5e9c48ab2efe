import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import {
  hasShared,
  readShared,
  readSharedJson,
  whyAbsent,
} from '../../../tests/helpers/shared-data';
import { createRandom } from '../random';
import { describe as statisticsOf } from '../table/stats';
import {
  applyPower,
  fitPower,
  invertPower,
  powerKinds,
  yeoJohnsonLogLikelihood,
  type PowerKind,
} from './power';
import { skewOffer } from './skew-offer';

const fit = (values: Float64Array, kind: PowerKind) => fitPower(values, kind, ctx, 'spend');

interface Case {
  readonly name: string;
  readonly values: readonly number[];
  readonly lambda: number;
  readonly logLikelihood: number;
  readonly transformed: readonly number[];
  readonly skewness: number;
}

const fixture = JSON.parse(
  readFileSync(new URL('../../../tests/fixtures/power.json', import.meta.url), 'utf8'),
) as {
  readonly expected: { readonly cases: readonly Case[] };
  readonly tolerance: { readonly lambda: number; readonly value: number };
};

describe('a power', () => {
  it.for<[PowerKind, number, number, number]>([
    ['none', 1, -3, -3],
    ['log1p', 1, 0, 0],
    ['log1p', 1, Math.E - 1, 1],
    ['sqrt', 1, 9, 3],
    ['yeo-johnson', 1, 5, 5],
    ['yeo-johnson', 1, -5, -5],
    // ((3 + 1)^2 − 1) / 2 = 7.5; −((3 + 1)^(2 − 3) − 1) / (2 − 3) = −0.75.
    ['yeo-johnson', 2, 3, 7.5],
    ['yeo-johnson', 3, -3, -0.75],
    ['yeo-johnson', 0, Math.E - 1, 1],
    ['yeo-johnson', 2, 1 - Math.E, -1],
    // ((3 + 1)^0.5 − 1) / 0.5 = 2.
    ['yeo-johnson', 0.5, 3, 2],
  ])('%s (λ = %d) makes %d into %d', ([kind, lambda, x, y]) => {
    expect(applyPower(x, { kind, lambda })).toBeCloseTo(y, 14);
    expect(invertPower(y, { kind, lambda })).toBeCloseTo(x, 14);
  });

  it('keeps the order of values, what is missing, and 0', () => {
    const powers = fc.record({
      kind: fc.constantFrom(...powerKinds),
      lambda: fc.double({ min: -3, max: 5, noNaN: true }),
    });
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(powers, value, value, (power, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(applyPower(low, power)).toBeLessThanOrEqual(applyPower(high, power));
        expect(applyPower(0, power)).toBeCloseTo(0, 15);
        expect(applyPower(NaN, power)).toBeNaN();
      }),
    );
  });

  it('is undone by its inverse', () => {
    const value = fc.double({ min: 0, max: 1000, noNaN: true });
    const lambda = fc.double({ min: -0.5, max: 2.5, noNaN: true });
    const input = fc.tuple(fc.constantFrom(...powerKinds), lambda, value, fc.boolean());
    fc.assert(
      fc.property(input, ([kind, lambda, size, isNegative]) => {
        const x = isNegative && (kind === 'none' || kind === 'yeo-johnson') ? -size : size;
        const back = invertPower(applyPower(x, { kind, lambda }), { kind, lambda });
        expect(Math.abs(back - x)).toBeLessThanOrEqual(1e-8 * (1 + Math.abs(x)));
      }),
    );
  });

  it('has no inverse where no value is transformed into it', () => {
    // λ = −1: all transformed values are below 1.
    expect(invertPower(2, { kind: 'yeo-johnson', lambda: -1 })).toBeNaN();
  });

  it('takes a negative value that comes after training for 0, if it was learned without any', () => {
    for (const kind of ['log1p', 'sqrt'] as const) {
      expect(applyPower(-5, { kind, lambda: 1 })).toBe(0);
    }
  });

  it('log1p and sqrt are refused for negative values, Yeo–Johnson takes them', async () => {
    const values = Float64Array.of(-3, 0, 10, NaN);
    for (const kind of ['log1p', 'sqrt'] as const) {
      await expect(fit(values, kind)).rejects.toMatchObject({
        code: 'setting-invalid',
        details: { column: 'spend', min: -3 },
      });
    }
    expect((await fit(values, 'yeo-johnson')).kind).toBe('yeo-johnson');
  });

  it('is left at λ = 1 where there is nothing to learn from', async () => {
    for (const values of [[], [NaN], [4, 4, 4], [0, 0], [-1e150, 1e150]]) {
      expect(await fit(Float64Array.from(values), 'yeo-johnson')).toEqual({
        kind: 'yeo-johnson',
        lambda: 1,
      });
    }
  });

  it('of any values is finite, and so are the values it gives', async () => {
    const value = fc.double({ min: -1e150, max: 1e150, noNaN: true });
    const input = fc.oneof(
      fc.array(value, { minLength: 1, maxLength: 12 }),
      fc.array(fc.integer({ min: 1_000_000, max: 1_000_010 }), { minLength: 1, maxLength: 12 }),
      fc.array(fc.double({ min: 0, max: 1e-9, noNaN: true }), { minLength: 1, maxLength: 12 }),
    );
    await fc.assert(
      fc.asyncProperty(input, async (values) => {
        const power = await fit(Float64Array.from(values), 'yeo-johnson');
        expect(power.lambda).toSatisfy(Number.isFinite);
        expect(values.map((x) => applyPower(x, power)).every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('mirrors with the values: −x has λ of 2 − λ', async () => {
    const random = createRandom(5);
    const values = Float64Array.from({ length: 400 }, () => Math.exp(random.normal()) - 0.5);
    const { lambda } = await fit(values, 'yeo-johnson');
    const mirrored = await fit(
      values.map((x) => -x),
      'yeo-johnson',
    );
    expect(mirrored.lambda).toBeCloseTo(2 - lambda, 6);
  });

  it('lets others have their turn', async () => {
    let turns = 0;
    const breathe = () => Promise.resolve(void turns++);
    await fitPower(Float64Array.of(1, 2, 10), 'yeo-johnson', { breathe }, 'x');
    expect(turns).toBeGreaterThan(5);
  });
});

describe('against SciPy: Yeo–Johnson', () => {
  const { expected, tolerance } = fixture;

  it.for(expected.cases)(
    '$name',
    async ({ values, lambda, logLikelihood, transformed, skewness }) => {
      const x = Float64Array.from(values);
      const power = await fit(x, 'yeo-johnson');
      expect(Math.abs(power.lambda - lambda)).toBeLessThan(
        tolerance.lambda * Math.max(1, Math.abs(lambda)),
      );
      const found = yeoJohnsonLogLikelihood(x, power.lambda);
      expect(Math.abs(found / logLikelihood - 1)).toBeLessThan(tolerance.value);
      const own = x.map((value) => applyPower(value, { kind: 'yeo-johnson', lambda }));
      transformed.forEach((value, i) => {
        expect(Math.abs(own[i] - value)).toBeLessThanOrEqual(
          tolerance.value * (1 + Math.abs(value)),
        );
      });
      expect(Math.abs(statisticsOf(own).skewness - skewness)).toBeLessThan(1e-6);
    },
  );
});

const path = 'known-answer/cc-general-stats.json';

describe('known answers (SciPy 1.17.1): the credit-card file', () => {
  interface Known {
    readonly columns: readonly string[];
    readonly columnStats: Readonly<
      Record<
        string,
        { yeoJohnsonLambda: number; yeoJohnsonLogLikelihood: number; skewness: number }
      >
    >;
  }

  it('every λ to 1e-4, every likelihood to 1e-8', async ({ skip }) => {
    if (!hasShared(path)) skip(whyAbsent);
    const { columns, columnStats } = readSharedJson<Known>(path);
    const lines = new TextDecoder().decode(readShared('CC GENERAL.csv')).trim().split(/\r?\n/);
    const header = lines[0].split(',');
    const rows = lines.slice(1).map((line) => line.split(','));
    for (const name of columns) {
      const cells = rows.map((row) => row[header.indexOf(name)]);
      const values = Float64Array.from(cells, (cell) => (cell === '' ? NaN : Number(cell)));
      const known = columnStats[name];
      const { lambda } = await fit(values, 'yeo-johnson');
      const { yeoJohnsonLambda } = known;
      const near = 1e-4 * Math.max(1, Math.abs(yeoJohnsonLambda));
      expect([name, Math.abs(lambda - yeoJohnsonLambda) < near]).toEqual([name, true]);
      const present = values.filter((value) => !Number.isNaN(value));
      const likelihood = yeoJohnsonLogLikelihood(present, lambda);
      expect(Math.abs(likelihood / known.yeoJohnsonLogLikelihood - 1)).toBeLessThan(1e-8);
    }
  });
});

describe('what is offered against skew', () => {
  const offer = (values: Float64Array) => skewOffer(values, statisticsOf(values), ctx);
  const random = createRandom(7);
  const lognormal = Float64Array.from({ length: 2000 }, () => Math.exp(random.normal() + 3));

  it('is nothing up to a skew of 1', async () => {
    // 0 0 0 1: mean 1/4, skew (0.75³ − 3·0.25³) / 4 / (0.1875)^1.5 = 1.15; 0 0 1: 0.71.
    expect(await offer(Float64Array.of(0, 0, 1))).toBeNull();
    expect(await offer(Float64Array.of(3, 3, 3))).toBeNull();
    expect(await offer(Float64Array.of(NaN))).toBeNull();
  });

  it('is each power with the skew that it leaves, the simple one if it is as good', async () => {
    const found = await offer(lognormal);
    expect(found?.before).toBeGreaterThan(3);
    expect(found?.after.map(({ power }) => power.kind)).toEqual(['log1p', 'sqrt', 'yeo-johnson']);
    expect(found?.suggested.kind).toBe('log1p');
    for (const { power, skewness } of found?.after ?? []) {
      const values = lognormal.map((x) => applyPower(x, power));
      expect(skewness).toBeCloseTo(statisticsOf(values).skewness, 12);
    }
  });

  it('is Yeo–Johnson alone where values are negative, and leaves out what is missing', async () => {
    const values = lognormal.map((x, i) => (i % 5 === 0 ? NaN : x - 30));
    const found = await offer(values);
    expect(found?.after.map(({ power }) => power.kind)).toEqual(['yeo-johnson']);
    expect(Math.abs(found?.after[0].skewness ?? 9)).toBeLessThan(Math.abs(found?.before ?? 0));
  });

  it('is about the values as they are now, whatever they were before cleaning', async () => {
    const before = statisticsOf(lognormal);
    // Clipped to two values, they are no longer skewed; with a gap filled by −1 there is no logarithm.
    const clipped = lognormal.map((x) => Math.min(Math.max(x, 19), 21));
    expect(await skewOffer(clipped, before, ctx)).toBeNull();
    const filled = lognormal.map((x, i) => (i === 0 ? -1 : x));
    const found = await skewOffer(filled, before, ctx);
    expect(found?.after.map(({ power }) => power.kind)).toEqual(['yeo-johnson']);
  });

  it('is nothing where no power helps: two values stay as skewed as they are', async () => {
    expect(await offer(Float64Array.of(0, 0, 0, 1))).toBeNull();
  });
});
