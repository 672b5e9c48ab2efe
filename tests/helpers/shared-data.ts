import { existsSync, readFileSync } from 'node:fs';

/** Reference data that lies beside the checkout, not in it: absent on most machines. */
const folder = new URL('../../../shared/data/', import.meta.url);

export const whyAbsent = 'shared/data is not beside this checkout';

export function hasShared(path: string): boolean {
  return existsSync(new URL(path, folder));
}

export function readShared(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(path, folder)));
}

export function readSharedJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as T;
}
