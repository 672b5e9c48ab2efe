import type { ReadWarning } from './read-params';
import { counted, listInWords, quoted } from '../words';

export interface NamedColumns {
  /** Unique, none empty, in the order of the file. */
  readonly names: readonly string[];
  /** The header as it stands in the file where it had to be changed, otherwise ''. */
  readonly originals: readonly string[];
  readonly warnings: readonly ReadWarning[];
}

/**
 * Makes column names out of headers: spaces around them go, line breaks become spaces, an empty header is named by
 * its position ("Column 3"), and of equal ones the first keeps its name: a, a, a (2) -> a, a (3), a (2).
 */
export function nameColumns(headers: readonly string[]): NamedColumns {
  const wanted = headers.map(
    (header, j) => header.replace(/\s+/g, ' ').trim() || `Column ${j + 1}`,
  );
  const taken = new Set(wanted);
  const seen = new Set<string>();
  const names = wanted.map((name) => {
    const unique = seen.has(name) ? nextFree(name, taken) : name;
    seen.add(unique);
    return unique;
  });
  const originals = names.map((name, j) => (name === headers[j] ? '' : headers[j]));
  return {
    names,
    originals,
    warnings: [...changeWarning(names, wanted, headers), ...lookAlikes(names)],
  };
}

/** Names for a file without a header. */
export function numberedNames(nColumns: number): string[] {
  return Array.from({ length: nColumns }, (_, j) => `Column ${j + 1}`);
}

function nextFree(name: string, taken: Set<string>): string {
  let n = 2;
  while (taken.has(`${name} (${n})`)) n++;
  const free = `${name} (${n})`;
  taken.add(free);
  return free;
}

/** Spaces around a name are not worth a word; a new name is. */
function changeWarning(
  names: readonly string[],
  wanted: readonly string[],
  headers: readonly string[],
): ReadWarning[] {
  const changes: string[] = [];
  names.forEach((name, j) => {
    if (headers[j].trim() === '') changes.push(`column ${j + 1} has no name → ${quoted(name)}`);
    else if (name !== wanted[j]) changes.push(`${quoted(wanted[j])} → ${quoted(name)}`);
  });
  if (changes.length === 0) return [];
  return [
    {
      code: 'names-changed',
      message: `${counted(changes.length, 'column name was', 'column names were')} empty or used twice and changed: ${listInWords(changes.slice(0, 5), changes.length)}.`,
    },
  ];
}

/** Names that differ for a computer and not for the eye: é in one or two characters, wide letters, invisible ones. */
function lookAlikes(names: readonly string[]): ReadWarning[] {
  const byLook = new Map<string, string>();
  const warnings: ReadWarning[] = [];
  for (const name of names) {
    const look = name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
    const other = byLook.get(look);
    if (other === undefined) byLook.set(look, name);
    else {
      warnings.push({
        code: 'names-look-alike',
        column: name,
        message: `Two column names look the same but are written differently: ${quoted(other)} and ${quoted(name)}. Both are kept.`,
      });
    }
  }
  return warnings;
}
