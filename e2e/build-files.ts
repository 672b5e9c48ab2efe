import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const dist = join(import.meta.dirname, '../dist');

interface ManifestEntry {
  readonly file: string;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
}

/** Every file that the build put into dist/, as paths below it: all that the page may ever ask for. */
export function buildFiles(): ReadonlySet<string> {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1));
  const listed = Object.values(manifest()).flatMap(({ file, css = [], assets = [] }) => [
    file,
    ...css,
    ...assets,
  ]);
  const lost = listed.filter((file) => !existsSync(join(dist, file)));
  if (lost.length > 0) throw new Error(`The build lists files that it lacks: ${lost.join(', ')}`);
  return new Set(files.map((file) => file.replaceAll('\\', '/')));
}

function manifest(): Record<string, ManifestEntry> {
  const text = readFileSync(join(dist, '.vite/manifest.json'), 'utf8');
  return JSON.parse(text) as Record<string, ManifestEntry>;
}
