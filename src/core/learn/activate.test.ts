import { describe, expect, it } from 'vitest';
import { activate as activateAll } from '../../../workers/engines/plain-activations';
import { activate } from './activate';

const values = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 100);

describe('an activation in float64', () => {
  it('of rectified linear units is the value or 0', () => {
    expect([-2, -0, 0, 3.5].map((x) => activate('relu', x))).toEqual([0, 0, 0, 3.5]);
    expect(activate('linear', -2.5)).toBe(-2.5);
  });

  it('of the tangent is within the last digits of what the browser computes', () => {
    for (const x of values)
      expect(Math.abs(activate('tanh', x) - Math.tanh(x))).toBeLessThan(4e-16);
    expect(activate('tanh', 1e40)).toBe(1);
    expect(activate('tanh', -1e40)).toBe(-1);
  });

  it('of normal shares is that of the table, and nothing far below', () => {
    // Φ(1) = 0.8413447461, Φ(−2) = 0.0227501319.
    expect(activate('gelu', 1)).toBeCloseTo(0.8413447461, 6);
    expect(activate('gelu', -2)).toBeCloseTo(-2 * 0.0227501319, 6);
    expect(activate('gelu', 1e40)).toBe(1e40);
    expect(Math.abs(activate('gelu', -1e9))).toBeLessThan(1e-20);
    expect(activate('gelu', 0)).toBe(0);
  });

  it.each(['gelu', 'tanh', 'relu'] as const)(
    'is within 1e-6 of what networks are trained with: %s',
    (curve) => {
      const trained = Float32Array.from(values);
      activateAll(curve, trained, new Float32Array(values.length), values.length);
      values.forEach((x, i) => {
        const size = Math.max(1, Math.abs(x));
        expect(Math.abs(activate(curve, Math.fround(x)) - trained[i])).toBeLessThan(1e-6 * size);
      });
    },
  );
});
