import { describe, expect, it } from 'vitest';
import { findKnee, heightsBelowLine } from './knee';

describe('the knee', () => {
  it('is the point farthest below the line from end to end', () => {
    // 100 → 0 over four steps. Below the line 1 − i/4: k=2: 60 of 100 gone − .25 = .35; k=3: .8 − .5 = .3; k=4: .95 − .75.
    const knee = findKnee([100, 40, 20, 5, 0]);
    // Before it the curve falls by 60, after it by 20.
    expect(knee).toEqual({ nClusters: 2, bend: 'clear', sharpness: 3 });
  });

  it('is found by heights that are 0 at both ends', () => {
    expect(heightsBelowLine([100, 40, 20, 0])).toEqual([0, 0.6 - 1 / 3, 0.8 - 2 / 3, 0]);
    expect(heightsBelowLine([5, 1])).toBeUndefined();
  });

  it('is the first of those that are equally far', () => {
    // Below the line: k=2: .5 − .25; k=3: .75 − .5 (equal); k=4: .8 − .75.
    expect(findKnee([100, 50, 25, 20, 0])?.nClusters).toBe(2);
  });

  it('is mild or none where the curve hardly bends', () => {
    // 30 before, 20 after: 1.5. And 26 before, 25 after: 1.04.
    expect(findKnee([100, 70, 50, 30])).toMatchObject({ nClusters: 2, bend: 'mild' });
    expect(findKnee([100, 74, 49, 25])).toMatchObject({ bend: 'none' });
  });

  it('is as sharp as can be where nothing is gained after it', () => {
    expect(findKnee([100, 0, 0])).toEqual({ nClusters: 2, bend: 'clear', sharpness: Infinity });
  });

  it('is unknown with fewer than three values or where nothing falls', () => {
    expect(findKnee([])).toBeUndefined();
    expect(findKnee([5, 1])).toBeUndefined();
    expect(findKnee([5, 5, 5])).toBeUndefined();
    expect(findKnee([1, 2, 3])).toBeUndefined();
  });

  it('does not depend on the unit of the inertia', () => {
    const inertias = [910, 400, 260, 230, 210, 200];
    expect(findKnee(inertias.map((value) => value / 1024))).toEqual(findKnee(inertias));
  });
});
