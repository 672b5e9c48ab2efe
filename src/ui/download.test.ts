import { describe, expect, it } from 'vitest';
import { fileNamePart } from './download';

describe('a name of a file', () => {
  it.for([
    ['High purchases', 'high-purchases'],
    ['  Größe & Preis: 100 % ', 'größe-preis-100'],
    ['../../etc/passwd', 'etc-passwd'],
    ['con<>:"/\\|?*', 'con'],
    ['=1+1', '1-1'],
    ['顧客', '顧客'],
    ['***', 'unnamed'],
    ['x'.repeat(100), 'x'.repeat(60)],
  ] as const)('made of %s is %s', ([text, name]) => {
    expect(fileNamePart(text)).toBe(name);
  });
});
