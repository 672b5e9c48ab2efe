import { vi } from 'vitest';

/** A module whose only function is `unreachable`. */
const trapBytes = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 4, 1, 0x60, 0, 0],
  ...[3, 2, 1, 0],
  ...[7, 8, 1, 4, ...new TextEncoder().encode('trap'), 0, 0],
  ...[10, 5, 1, 3, 0, 0x00, 0x0b],
);

/**
 * WebAssembly some of whose functions trap, from one call on, until `vi.unstubAllGlobals()`.
 *
 * @param isDoomed asked for each function: by the number of its module, in the order in which they are compiled, and by
 *   its name. Every engine compiles a module of its own.
 * @returns `failAfter`, to be told how many more calls of those functions are sound
 */
export function stubTraps(isDoomed: (module: number, name: string) => boolean = () => true): {
  readonly failAfter: (calls: number) => void;
} {
  let soundCalls = Infinity;
  const real = WebAssembly;
  const { Instance, Module } = real;
  const { trap } = new Instance(new Module(trapBytes)).exports as { trap: () => void };
  const numbers = new Map<WebAssembly.Module, number>();
  let nCompiled = 0;

  async function compile(bytes: BufferSource): Promise<WebAssembly.Module> {
    const number = nCompiled++;
    const module = await real.compile(bytes);
    numbers.set(module, number);
    return module;
  }

  class Trapping {
    readonly exports: WebAssembly.Exports;

    constructor(module: WebAssembly.Module) {
      // What an earlier test left at work has compiled its own before, and is sound.
      const number = numbers.get(module);
      const entries = Object.entries(new Instance(module).exports).map(([name, value]) => {
        const mayTrap =
          typeof value === 'function' && number !== undefined && isDoomed(number, name);
        if (!mayTrap) return [name, value] as const;
        const guarded = (...all: unknown[]): unknown => {
          if (--soundCalls < 0) trap();
          return Reflect.apply(value, undefined, all);
        };
        return [name, guarded] as const;
      });
      this.exports = Object.fromEntries<WebAssembly.ExportValue>(entries);
    }
  }
  const altered: unknown = Object.create(real, {
    Instance: { value: Trapping },
    compile: { value: compile },
  });
  vi.stubGlobal('WebAssembly', altered);
  return { failAfter: (calls) => void (soundCalls = calls) };
}
