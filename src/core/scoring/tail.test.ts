import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createTail, type GrowingFile } from './tail';

/** A file with this content, that notes what is read of it. */
function fileOf(content: string, reads: [number, number][] = []): GrowingFile {
  const all = new TextEncoder().encode(content);
  return {
    size: all.length,
    bytes: (start, end) => {
      reads.push([start, end]);
      return Promise.resolve(all.slice(start, end));
    },
  };
}

describe('a growing file', () => {
  it('gives the lines that were appended, each once', async () => {
    const tail = createTail();
    const first = await tail.look(fileOf('a,b\n1,2\n'));
    expect(first).toEqual({ kind: 'grown', from: 0, to: 8, nPending: 0 });
    tail.accept(first);
    expect(await tail.look(fileOf('a,b\n1,2\n'))).toEqual({ kind: 'same', nPending: 0 });
    const more = await tail.look(fileOf('a,b\n1,2\n3,4\n5,6\n'));
    expect(more).toEqual({ kind: 'grown', from: 8, to: 16, nPending: 0 });
  });

  it('keeps back a line that is half written, until it is whole', async () => {
    const tail = createTail();
    tail.accept(await tail.look(fileOf('a,b\n')));
    expect(await tail.look(fileOf('a,b\n1,'))).toEqual({ kind: 'same', nPending: 2 });
    const two = await tail.look(fileOf('a,b\n1,2\n3'));
    expect(two).toEqual({ kind: 'grown', from: 4, to: 8, nPending: 1 });
    tail.accept(two);
    expect(await tail.look(fileOf('a,b\n1,2\n34,5\r\n'))).toMatchObject({ from: 8, to: 14 });
  });

  it('does not cut a cell that holds a line break', async () => {
    const tail = createTail();
    tail.accept(await tail.look(fileOf('a,b\n')));
    expect(await tail.look(fileOf('a,b\n"one\ntwo'))).toEqual({ kind: 'same', nPending: 8 });
    expect(await tail.look(fileOf('a,b\n"one\ntwo ""2""\nthree",2\n4,'))).toMatchObject({
      kind: 'grown',
      from: 4,
      nPending: 2,
    });
  });

  it('goes on behind a stray quote', async () => {
    const tail = createTail();
    const lines = '1,2\n'.repeat(300_000);
    expect(await tail.look(fileOf(`a"b\n${lines}3`))).toMatchObject({ kind: 'grown', nPending: 1 });
  });

  it('finds the same again until it is accepted', async () => {
    const tail = createTail();
    const grown = { kind: 'grown', from: 0, to: 4, nPending: 0 };
    expect(await tail.look(fileOf('1,2\n'))).toEqual(grown);
    expect(await tail.look(fileOf('1,2\n'))).toEqual(grown);
  });

  it('tells a file that was cut off or replaced, and begins with it anew', async () => {
    const tail = createTail();
    tail.accept(await tail.look(fileOf('a,b\n1,2\n3,4\n')));
    const shorter = await tail.look(fileOf('a,b\n'));
    expect(shorter).toEqual({ kind: 'anew', why: 'shorter' });
    tail.accept(shorter);
    tail.accept(await tail.look(fileOf('a,b\n')));
    const other = await tail.look(fileOf('x,y\n1,2\n3,4\n5,6\n'));
    expect(other).toEqual({ kind: 'anew', why: 'replaced' });
    tail.accept(other);
    expect(await tail.look(fileOf('x,y\n1,2\n'))).toMatchObject({ kind: 'grown', from: 0, to: 8 });
  });

  it('reads nothing but its first bytes and what is new', async () => {
    const tail = createTail();
    const long = `a,b\n${'1,2\n'.repeat(1000)}`;
    tail.accept(await tail.look(fileOf(long)));
    const reads: [number, number][] = [];
    await tail.look(fileOf(`${long}5,6\n`, reads));
    expect(reads).toEqual([
      [0, 512],
      [4004, 4008],
    ]);
  });

  it('gives every byte once, however the file is written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 20 }),
        async (steps) => {
          const content = `${Array.from({ length: 40 }, (_, i) => `${i},"x\n${i}",z`).join('\n')}\n`;
          const tail = createTail();
          let size = 0;
          let text = '';
          for (const step of [...steps, content.length]) {
            size = Math.min(content.length, size + step);
            const growth = await tail.look(fileOf(content.slice(0, size)));
            if (growth.kind === 'grown') text += content.slice(growth.from, growth.to);
            tail.accept(growth);
          }
          expect(text).toBe(content);
        },
      ),
      { numRuns: 50 },
    );
  });
});
