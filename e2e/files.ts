import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { sampleCsv } from '../src/core/sample';

/** A file as the page gets it. */
export interface TestFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export function textFile(name: string, text: string): TestFile {
  return { name, bytes: Buffer.from(text) };
}

export const creditCardPath = join(import.meta.dirname, '../../shared/data/CC GENERAL.csv');

/** The published data set is not part of the project: a test that needs it is skipped where it is absent. */
export const lacksCreditCard = !existsSync(creditCardPath);
export const creditCardAbsent = 'shared/data/CC GENERAL.csv is not beside the project';

export function creditCardFile(): TestFile {
  return { name: 'CC GENERAL.csv', bytes: readFileSync(creditCardPath) };
}

export const nFewCustomers = 1800;

/** The page's own sample, but a fifth of it: all that is done with it takes so much less time. */
export function fewCustomers(nRows = nFewCustomers): TestFile {
  return textFile('Sample customers.csv', [...sampleCsv(nRows)].join(''));
}

/** Rows of a CSV by header. */
export function parseCsv(text: string): Record<string, string>[] {
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  return data;
}

/** Customers in blobs far apart, so that every test knows the answer: `n` rows in turn around each centre. */
export function blobsCsv(n: number, centers: readonly (readonly [number, number])[]): string {
  const rows = Array.from({ length: n }, (_, i) => {
    const [x, y] = centers[i % centers.length];
    // Irregular, but the same every time.
    const wobble = (factor: number) => ((i * factor) % 17) / 17;
    return `${x + wobble(7)},${y + wobble(11)}`;
  });
  return `spend,visits\n${rows.join('\n')}\n`;
}
