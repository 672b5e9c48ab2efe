import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Ort from 'onnxruntime-web';

/** Other languages, really run, where they are on the machine. */

export interface Cell {
  readonly name: string;
  readonly value: number | string | null;
}

function run(command: string, args: readonly string[], options: SpawnSyncOptions = {}): string {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    ...options,
  });
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) throw new Error(`${command}: ${String(result.stderr)}`);
  return String(result.stdout);
}

function canRun(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args).status === 0;
}

/** Calls `use` with a folder that is gone afterwards. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const hasPython = canRun('python3', [
  '-c',
  'import sqlite3, sys; assert sys.version_info >= (3, 8)',
]);

/** @param files by name, written to its folder @returns what it writes */
export function runPython(
  script: string,
  files: Readonly<Record<string, string>>,
  input = '',
  args: readonly string[] = [],
  python = 'python3',
): string {
  return inFolder((folder) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'script.py'), script);
    return run(python, [join(folder, 'script.py'), ...args], { cwd: folder, input });
  });
}

/** In a process of its own. @param script imports './scorer.mjs' */
export function runNode(
  script: string,
  scorer: string,
  files: Readonly<Record<string, string>>,
): string {
  return inFolder((folder) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'scorer.mjs'), scorer);
    writeFileSync(join(folder, 'script.mjs'), script);
    return run(process.execPath, [pathToFileURL(join(folder, 'script.mjs')).pathname], {
      cwd: folder,
    });
  });
}

/** The folder of PostgreSQL's programs, or null. */
function findPostgres(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort().reverse() : [];
  return (
    versions
      .map((version) => join(root, version, 'bin'))
      .find((bin) => existsSync(join(bin, 'initdb'))) ?? null
  );
}

/** It refuses to be run by root. */
function postgresUser(): { uid?: number; gid?: number } | null {
  if (process.getuid?.() !== 0) return {};
  const ids = ['-u', '-g'].map((flag) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  if (ids.some(({ status }) => status !== 0)) return null;
  const [uid, gid] = ids.map(({ stdout }) => Number(stdout));
  return { uid, gid };
}

const postgres = findPostgres();
const user = postgresUser();
export const hasPostgres = postgres !== null && user !== null;

/** A database of its own, for as long as it takes. @returns what psql writes, unaligned, without headings */
export function runPostgres(statements: string): string {
  if (postgres === null || user === null) throw new Error('There is no PostgreSQL.');
  return inFolder((folder) => {
    chmodSync(folder, 0o700);
    if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
    const options = { ...user, cwd: folder };
    const data = join(folder, 'data');
    const bin = (name: string) => join(postgres, name);
    run(
      bin('initdb'),
      ['-D', data, '-U', 'tessera', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      options,
    );
    const server = `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off`;
    run(bin('pg_ctl'), ['-D', data, '-l', join(folder, 'log'), '-w', '-o', server, 'start'], {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    });
    try {
      const args = [
        '-h',
        folder,
        '-U',
        'tessera',
        '-d',
        'postgres',
        '-X',
        '-q',
        '-A',
        '-t',
        '-v',
        'ON_ERROR_STOP=1',
      ];
      const file = join(folder, 'statements.sql');
      writeFileSync(file, statements, { mode: 0o644 });
      return run(bin('psql'), [...args, '-f', file], { ...user, cwd: folder });
    } finally {
      run(bin('pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], {
        ...user,
        cwd: folder,
        stdio: 'ignore',
      });
    }
  });
}

/** A Python that has some modules: that of PYTHON, else python3; null where there is none. */
export function pythonWith(modules: string): string | null {
  const commands = [process.env.PYTHON, 'python3'].filter((command) => command !== undefined);
  return commands.find((command) => canRun(command, ['-c', `import ${modules}`])) ?? null;
}

/** @returns what it writes on either stream, and the files it leaves */
export function runPythonFiles(
  python: string,
  script: string,
  files: Readonly<Record<string, Uint8Array>>,
  args: readonly string[],
  wanted: readonly string[],
): { said: string; files: string[] } {
  return inFolder((folder) => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    writeFileSync(join(folder, 'script.py'), script);
    const result = spawnSync(python, ['script.py', ...args], { cwd: folder, encoding: 'utf8' });
    const said = `${result.stdout}${result.stderr}`;
    if (result.status !== 0) throw new Error(`${python}: ${said}`);
    return { said, files: wanted.map((name) => readFileSync(join(folder, name), 'utf8')) };
  });
}

type OnnxRuntime = typeof Ort;

/** ONNX Runtime in WebAssembly, or null where it is not installed or does not start. */
export async function loadOnnxRuntime(): Promise<OnnxRuntime | null> {
  try {
    const runtime = await import('onnxruntime-web');
    // Without threads there is nothing to end afterwards.
    runtime.env.wasm.numThreads = 1;
    runtime.env.logLevel = 'error';
    return runtime;
  } catch {
    return null;
  }
}
