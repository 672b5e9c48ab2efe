import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerImport } from 'vite';

const generator = ['src/core/sample.ts', 'src/core/sample-types.ts', 'src/core/random.ts'];
const seed = 1;

/**
 * The project's own sample at any size, in a file. It is kept among the system's temporary files for the next time, under
 * a name that changes with the code that makes it.
 */
export async function sampleFile(nRows) {
  const folder = join(tmpdir(), 'tessera-bench');
  const path = join(folder, `sample-${nRows}-${seed}-${generatorHash()}.csv`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  console.error(`Making a file of ${nRows.toLocaleString('en-US')} rows: ${path}`);
  const { module } = await runnerImport('./src/core/sample.ts');
  const part = `${path}.${process.pid}.part`;
  const out = createWriteStream(part);
  for (const chunk of module.sampleCsv(nRows, seed)) {
    if (!out.write(chunk)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  renameSync(part, path);
  return path;
}

function generatorHash() {
  const hash = createHash('sha256');
  for (const path of generator) hash.update(readFileSync(path));
  return hash.digest('hex').slice(0, 8);
}

/** Lines after the header. */
export async function countRows(path) {
  let nLines = 0;
  let last = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 22 })) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) nLines++;
    last = chunk.at(-1);
  }
  return nLines - (last === 10 ? 1 : 0);
}
