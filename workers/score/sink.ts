/** Takes the rows of a scored file, in order. */
export interface Sink {
  add(part: Blob): Promise<void>;
  /** Forgets what it has: the file is written anew. */
  reset(): Promise<void>;
  /** @returns the whole; null where it went elsewhere */
  finish(): Promise<Blob | null>;
  /** What was written is of no use. */
  abort(): Promise<void>;
}

/** So many parts are joined to one: a blob of very many is slow to make. */
const joined = 256;

/** Keeps the parts as blobs, which the browser moves to the disk when they become many. */
export function createBlobSink(): Sink {
  let parts: Blob[] = [];
  return {
    add(part) {
      parts.push(part);
      if (parts.length === 2 * joined)
        parts = [new Blob(parts.slice(0, joined)), ...parts.slice(joined)];
      return Promise.resolve();
    },
    reset() {
      parts = [];
      return Promise.resolve();
    },
    finish: () => Promise.resolve(new Blob(parts, { type: 'text/csv' })),
    abort() {
      parts = [];
      return Promise.resolve();
    },
  };
}

/** Writes into a file that the user chose: nothing is kept. @param handle see the File System Access API */
export async function createFileSink(handle: FileSystemFileHandle): Promise<Sink> {
  const file = await handle.createWritable();
  return {
    add: (part) => file.write(part),
    async reset() {
      await file.truncate(0);
      await file.seek(0);
    },
    async finish() {
      await file.close();
      return null;
    },
    abort: () => file.abort(),
  };
}
