import type { Random } from '../../src/core/random';

/* What may happen to a file on its way, or be done to it: for tests of whatever reads files from outside. */

const values: unknown[] = [
  null,
  -1,
  0,
  1,
  0.5,
  1e308,
  -1e308,
  4294967296,
  '',
  'x',
  '__proto__',
  true,
  [],
  {},
  [[]],
  [1, 2],
  { __proto__: 1 },
];
/** Names that are special to JavaScript, and one that is not. */
const names = ['__proto__', 'constructor', 'prototype', 'toString', 'surprise'];

/** Some inner object or list, and one of its keys. */
function somewhere(root: unknown, random: Random): [Record<string, unknown>, string] {
  let inner = root as Record<string, unknown>;
  for (;;) {
    const keys = Object.keys(inner);
    const key = keys[random.integer(keys.length)];
    const value = inner[key];
    const goesOn = value !== null && typeof value === 'object' && Object.keys(value).length > 0;
    if (!goesOn || random.uniform() < 0.25) return [inner, key];
    inner = value as Record<string, unknown>;
  }
}

/** JSON with one to three places changed: left out, replaced, turned round, doubled, or a name added. */
export function spoilJson(text: string, random: Random): string {
  const copy = JSON.parse(text) as unknown;
  for (let times = 1 + random.integer(3); times > 0; times--) {
    const [inner, key] = somewhere(copy, random);
    const what = random.integer(5);
    if (what === 0) Reflect.deleteProperty(inner, key);
    else if (what === 1) inner[key] = values[random.integer(values.length)];
    else if (what === 2 && typeof inner[key] === 'number') inner[key] = -inner[key] * 3;
    else if (what === 3) addName(inner, names[random.integer(names.length)]);
    else inner[key] = [inner[key], inner[key]];
  }
  return JSON.stringify(copy);
}

/** As `JSON.parse` does it: an own property, also where its name is `__proto__`. */
function addName(inner: object, name: string): void {
  const value = { polluted: true };
  Object.defineProperty(inner, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** Text with a character changed, an end cut off, or a part doubled. */
export function scratch(text: string, random: Random): string {
  const at = random.integer(text.length);
  switch (random.integer(3)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + '{}[],:"0-e.n'[random.integer(12)] + text.slice(at + 1);
    default:
      return text.slice(0, at) + text.slice(at - random.integer(40));
  }
}
