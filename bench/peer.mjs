import { execFileSync, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

/**
 * Somebody else who does the same stages, in a process of their own that stays up: one request a line, one answer a line
 * (bench/peers).
 */
class Peer {
  #process;
  #answers;

  /** @param packages the stages that it has, each with what does it */
  constructor(kind, command, args, packages) {
    this.kind = kind;
    this.packages = packages;
    this.version = '';
    this.#process = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** @throws Error with the peer's own words */
  async ask(stage, input, check = false) {
    this.#process.stdin.write(`${JSON.stringify({ stage, input, check }, encode)}\n`);
    const { value: line, done } = await this.#answers.next();
    if (done) throw new Error(`${this.kind} ended`);
    const { error, seconds, result } = JSON.parse(line);
    if (error !== undefined) throw new Error(error);
    return { milliseconds: 1000 * seconds, result };
  }

  async open(path, settings) {
    const { result } = await this.ask('open', { path, settings }, true);
    this.version = result.version ?? this.version;
  }

  close() {
    this.#process.stdin.end();
  }
}

/** Typed arrays as bytes: JSON has no other way that is short. */
function encode(_, value) {
  if (!ArrayBuffer.isView(value)) return value;
  const type = value.constructor.name.replace('Array', '').toLowerCase();
  const base64 = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  return { type, base64 };
}

export function startPeers(kinds) {
  const starts = { python: startPython, npm: startNpm, none: () => undefined };
  return kinds.map((kind) => starts[kind]()).filter((peer) => peer !== undefined);
}

function startPython() {
  const commands = [process.env.PYTHON, 'python3', '/usr/bin/python3', 'python'];
  for (const command of commands.filter((name) => name !== undefined)) {
    try {
      execFileSync(command, ['-c', 'import sklearn, pandas, scipy'], { stdio: 'ignore' });
      return new Peer('python', command, ['bench/peers/scikit_learn.py'], 'all');
    } catch {
      // Try the next one.
    }
  }
  console.error(
    [
      'No Python with scikit-learn and pandas was found, so there is nobody to compare with. Install them:',
      '  apt install python3-sklearn python3-pandas      (Debian, Ubuntu)',
      '  pip install scikit-learn pandas                 (elsewhere)',
      'or set PYTHON to one that has them.',
    ].join('\n'),
  );
  return undefined;
}

/** By stage. What is left out, and why, stands in docs/benchmark.md. */
const packages = { read: 'papaparse', pca: 'ml-pca', fit: 'ml-kmeans', tree: 'ml-cart' };

function startNpm() {
  const peer = new Peer('npm', process.execPath, ['bench/peers/npm.mjs'], packages);
  const require = createRequire(import.meta.url);
  peer.version = Object.values(packages)
    .map((name) => `${name} ${require(`../node_modules/${name}/package.json`).version}`)
    .join(', ');
  return peer;
}
