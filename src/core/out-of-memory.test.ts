import { describe, expect, it } from 'vitest';
import { failureOf } from '../../tests/helpers/failure';
import { asOutOfMemory } from './out-of-memory';

/** As the JavaScript engine of Chromium, which is that of Node, says it. */
const refused: [string, () => unknown][] = [
  ['an array', () => new ArrayBuffer(Number.MAX_SAFE_INTEGER)],
  ['an array of numbers', () => new Float64Array(2 ** 40)],
  ['memory for kernels', () => new WebAssembly.Memory({ initial: 1, maximum: 1 }).grow(1)],
];

const mistakes: [string, () => unknown][] = [
  ['a length below zero', () => new Float64Array(-1)],
  ['a view beyond its array', () => new Float64Array(new ArrayBuffer(8), 0, 10)],
  ['an array that was given away', () => structuredClone(givenAway())],
  ['a list of no length', () => new Array<number>(-1)],
  ['a text that is too long', () => 'x'.repeat(2 ** 30)],
  ['digits that there are not', () => (1).toFixed(101)],
  ['no number of pages', () => new WebAssembly.Memory({ initial: 1 }).grow(NaN)],
];

function givenAway(): ArrayBuffer {
  const array = new ArrayBuffer(8);
  structuredClone(array, { transfer: [array] });
  return array;
}

describe('an error', () => {
  it.each(refused)('of the browser that refuses %s is out-of-memory', (_, allocate) => {
    expect(asOutOfMemory(failureOf(allocate))).toMatchObject({ code: 'out-of-memory' });
  });

  it.each([
    ['RangeError', 'WebAssembly.Memory.grow(): Unable to grow instance memory'],
    ['RangeError', 'WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory'],
    ['RangeError', 'WebAssembly.Memory(): could not allocate memory'],
    ['RangeError', 'failed to grow memory'],
    ['RangeError', 'Out of memory'],
    ['Error', 'Out of memory'],
    ['InternalError', 'allocation size overflow'],
    ['DataCloneError', '#<ArrayBuffer> could not be cloned.'],
    ['DataCloneError', "Failed to execute 'postMessage': Data cannot be cloned, out of memory."],
  ])('%s “%s” of a browser is out-of-memory', (name, message) => {
    const error = Object.assign(new Error(message), { name });
    expect(asOutOfMemory(error)).toMatchObject({ code: 'out-of-memory' });
  });

  it('may be a word, in Firefox', () => {
    expect(asOutOfMemory('out of memory')).not.toBeNull();
  });

  it.each(mistakes)('of ours, such as %s, is none', (_, work) => {
    expect(asOutOfMemory(failureOf(work))).toBeNull();
  });
});
