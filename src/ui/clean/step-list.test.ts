import { describe, expect, it } from 'vitest';
import { defaultCleanSteps } from '../../core/clean/clean-step';
import { isMain, isUsual, matchDone, neighbour, runOrder, swapped, withStep } from './step-list';

const [copies, outliers, missing] = defaultCleanSteps;
const byKey = { ...copies, key: ['id'] };
const missingA = { ...missing, columns: ['a'] };
const outliersA = { ...outliers, columns: ['a'] };

describe('steps', () => {
  it('about copies of rows are done first, wherever they stand', () => {
    expect(runOrder([outliers, copies, missing, byKey])).toEqual([1, 3, 0, 2]);
  });

  it('change places with those beside them, but not with copies of rows', () => {
    const steps = [outliers, copies, missing];
    expect(neighbour(steps, 0, 1)).toBe(2);
    expect(neighbour(steps, 2, -1)).toBe(0);
    expect(neighbour(steps, 0, -1)).toBeUndefined();
    expect(neighbour(steps, 2, 1)).toBeUndefined();
    expect(neighbour(steps, 1, 1)).toBeUndefined();
    expect(swapped(steps, 0, 2)).toEqual([missing, copies, outliers]);
  });

  it('are added where they take effect', () => {
    expect(withStep(defaultCleanSteps, byKey)).toEqual([copies, byKey, outliers, missing]);
    expect(withStep(defaultCleanSteps, outliersA)).toEqual([copies, outliers, outliersA, missing]);
    expect(withStep(defaultCleanSteps, missingA)).toEqual([copies, outliers, missingA, missing]);
    expect(withStep([missing], outliersA)).toEqual([outliersA, missing]);
    expect(withStep([outliers], missingA)).toEqual([outliers, missingA]);
    expect(withStep([], byKey)).toEqual([byKey]);
  });

  it('are the usual ones, or not any more', () => {
    expect(isUsual(defaultCleanSteps.map((step) => ({ ...step })))).toBe(true);
    expect(isUsual([copies, missing, outliers])).toBe(false);
    expect(isUsual([copies, outliers, { ...missing, rule: 'mean' }])).toBe(false);
  });

  it('of which one is the general one of its kind', () => {
    const steps = [missingA, missing, copies, outliersA, { ...outliersA, limit: 3 }];
    expect(steps.map((_, at) => isMain(steps, at))).toEqual([false, true, true, true, false]);
  });
});

describe('what steps did', () => {
  const report = { nRows: 3, nRowsFound: 0, nSetAside: 0, columns: [], unknown: [] };
  const done = [copies, outliers, missing].map((step) => ({ step, report }));

  it('stays with them when others are added or moved', () => {
    const matched = matchDone([copies, missing, outliersA, outliers], done);
    expect(matched).toEqual([done[0], done[2], undefined, done[1]]);
  });

  it('stays in its place while the step is changed', () => {
    expect(matchDone([copies, outliers, { ...missing, rule: 'mean' }], done)).toEqual(done);
    expect(matchDone([copies, outliers, missingA], done)[2]).toBeUndefined();
  });
});
